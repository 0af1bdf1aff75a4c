"""The peer of LyapunovSpectra.cs: Benettin's method as one writes it with numpy. Reads the problem, prints versions, then its answer."""
import sys
import time

import numpy as np
import scipy


def main():
    n, step, steps, every = sys.stdin.readline().split()
    n, step, steps, every = int(n), float(step), int(steps), int(every)
    W = np.array([[float(v) for v in sys.stdin.readline().split()] for _ in range(n)])
    x = np.array([float(v) for v in sys.stdin.readline().split()])
    identity = np.eye(n)

    def motion(x):
        return -x + W @ np.tanh(x)

    def jacobian(x):
        return -identity + W * (1.0 - np.tanh(x) ** 2)

    V, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((n, n)))
    logs = np.zeros(n)
    began = time.perf_counter()
    for k in range(steps):
        k1, K1 = motion(x), jacobian(x) @ V
        s2 = x + 0.5 * step * k1
        k2, K2 = motion(s2), jacobian(s2) @ (V + 0.5 * step * K1)
        s3 = x + 0.5 * step * k2
        k3, K3 = motion(s3), jacobian(s3) @ (V + 0.5 * step * K2)
        s4 = x + step * k3
        k4, K4 = motion(s4), jacobian(s4) @ (V + step * K3)
        x = x + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        V = V + step / 6 * (K1 + 2 * K2 + 2 * K3 + K4)
        if (k + 1) % every == 0 or k + 1 == steps:
            V, R = np.linalg.qr(V)
            logs += np.log(np.abs(np.diag(R)))
    seconds = time.perf_counter() - began
    exponents = np.sort(logs / (steps * step))[::-1]
    print(f"peer: Python {sys.version.split()[0]}, numpy {np.__version__}, scipy {scipy.__version__}")
    print(f"{seconds / steps!r} {exponents[0]!r} {exponents.sum()!r}")


main()
