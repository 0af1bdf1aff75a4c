"""One training step of three recurrent networks in PyTorch, on weights and inputs that the benchmark saved: losses, seconds, peak memory.

usage: training_torch.py FOLDER KIND THREADS STEPS ... with KIND fs or combo; sizes and settings stand in FOLDER/sizes.
"""
import os
import resource
import sys
import time

import numpy
import torch

folder, kind, threads, steps = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)
sizes = [float(line) for line in open(os.path.join(folder, "sizes"))]


def load(name, *shape):
    return torch.from_numpy(numpy.fromfile(os.path.join(folder, name), dtype=numpy.float32).reshape(shape).copy())


def rate_network():
    n, moments, batch, inputs, alpha = int(sizes[0]), int(sizes[1]), int(sizes[2]), int(sizes[3]), sizes[4]
    w, u, b, v, c = [load(name, *shape).requires_grad_() for name, shape in
                     [("W", (n, n)), ("U", (n, inputs)), ("b", (n,)), ("V", (inputs, n)), ("c", (inputs,))]]
    signal, target = load("signal", moments, batch, inputs), load("target", moments, batch, inputs)
    window = moments // 10
    parameters = [w, u, b, v, c]

    def loss():
        x = torch.zeros(batch, n)
        outputs = []
        drive = torch.nn.functional.linear(signal, u, b).unbind(0)  # indexing would make a gradient as large as all of it at every step
        for t in range(moments):
            x = x + alpha * (-x + torch.tanh(torch.nn.functional.linear(x, w) + drive[t]))
            if t >= moments - window:
                outputs.append(x)
        y = torch.nn.functional.linear(torch.stack(outputs), v, c)
        return ((y - target[moments - window:]) ** 2).mean()

    return parameters, loss


def combo_network():
    n, moments, batch, classes, alpha = int(sizes[0]), int(sizes[1]), int(sizes[2]), int(sizes[3]), sizes[4]
    forward, u, b, v, c = [load(name, *shape).requires_grad_() for name, shape in
                           [("B", (n, n)), ("U", (n, 1)), ("b", (n,)), ("V", (classes, n)), ("c", (classes,))]]
    mask, modules = load("mask", n, n), load("modules", n, n)
    signal = load("signal", moments, batch, 1)
    labels = torch.from_numpy(numpy.fromfile(os.path.join(folder, "labels"), dtype=numpy.int32).astype(numpy.int64))
    parameters = [forward, u, b, v, c]

    def loss():
        masked = forward * mask
        coupling = masked - masked.T
        x = torch.zeros(batch, n)
        for t in range(moments):
            drive = torch.nn.functional.linear(signal[t], u, b)
            x = x + alpha * (-x + torch.relu(x) @ modules.T + x @ coupling.T + drive)
        return torch.nn.functional.cross_entropy(torch.nn.functional.linear(x, v, c), labels)

    return parameters, loss


parameters, loss = rate_network() if kind == "fs" else combo_network()
optimiser = torch.optim.Adam(parameters, lr=1e-3)
losses, seconds = [], []
for step in range(steps):
    start = time.perf_counter()
    optimiser.zero_grad()
    value = loss()
    value.backward()
    optimiser.step()
    seconds.append(time.perf_counter() - start)
    losses.append(value.item())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"PyTorch {torch.__version__}, numpy {numpy.__version__}")
print(min(seconds[1:]), peak, *losses)
