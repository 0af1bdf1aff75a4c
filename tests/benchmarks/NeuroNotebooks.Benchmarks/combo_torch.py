"""Training steps of a Sparse Combo Net in PyTorch, on weights and inputs that the benchmark saved: losses, seconds, peak memory.

usage: combo_torch.py FOLDER THREADS STEPS; sizes and settings stand in FOLDER/sizes.
"""
import os
import resource
import sys
import time

import numpy
import torch

folder, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
sizes = [float(line) for line in open(os.path.join(folder, "sizes"))]


def load(name, *shape):
    return torch.from_numpy(numpy.fromfile(os.path.join(folder, name), dtype=numpy.float32).reshape(shape).copy())


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


parameters, loss = combo_network()
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
