"""The peer of TrialTraining.cs: the same networks, trials and loss as one writes them with PyTorch. Prints loss, seconds a step, peak memory (KiB)."""
import resource
import sys
import time

import numpy as np
import torch

resource.setrlimit(resource.RLIMIT_AS, (15 << 30, 15 << 30))  # an error here rather than the whole machine out of memory
folder, kind, units, trials, steps, threads = sys.argv[1:7]
n, batch, steps, channels, alpha = int(units), int(trials), int(steps), 11, 0.15
torch.set_num_threads(int(threads))
read = lambda name: torch.from_numpy(np.fromfile(f"{folder}/{name}", dtype=np.float32).copy())
inputs = read("inputs").reshape(batch, steps, channels).transpose(0, 1).contiguous()
sizes = [(channels, n), (n, n), (n,), (n, channels), (channels,)]
Wi, W, b, Wo, bo = (torch.nn.Parameter(part.reshape(size).clone())
                    for part, size in zip(torch.split(read("parameters"), [int(np.prod(size)) for size in sizes]), sizes))
label, first, end = read("trials").reshape(batch, 3).long().T
inside = torch.stack([(t >= first) & (t < end) for t in range(steps)]).float()
weight = inside * 5.0 / (batch * (end - first) * channels)
target = torch.nn.functional.one_hot(label, channels).float()
adam = torch.optim.Adam([Wi, W, b, Wo, bo], lr=1e-9)


def states():
    x = torch.zeros(batch, n)
    drive = (inputs @ Wi + b).unbind(0)  # indexing instead would make a gradient as large as all of it at every step
    kept = []
    if kind == "PS-hebb":
        squared = W * W
        K = squared.T @ squared + 0.01 + 0.005 * torch.eye(n)
        plastic = torch.zeros(batch, n, n)
        for t in range(steps):
            y = torch.bmm(plastic, x.unsqueeze(2)).squeeze(2)
            plastic = plastic + alpha * (-K * (x.unsqueeze(2) * x.unsqueeze(1)) - plastic / 200.0)
            x = x + alpha * (-x + y + drive[t])
            kept.append(x)
    else:
        for t in range(steps):
            x = x + alpha * (-x + torch.tanh(torch.addmm(drive[t], x, W)))
            kept.append(x)
    return torch.stack(kept)


def step():
    adam.zero_grad()
    error = states() @ Wo + bo - target
    loss = ((error * error).sum(2) * weight).sum()
    loss.backward()
    adam.step()
    return loss.item()


loss, best = step(), float("inf")
for _ in range(2 if kind == "PS-hebb" else 5):
    began = time.perf_counter()
    step()
    best = min(best, time.perf_counter() - began)
print(loss, best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
