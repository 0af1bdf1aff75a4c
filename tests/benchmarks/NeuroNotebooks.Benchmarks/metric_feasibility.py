"""The metric inequalities of the benchmark "metric", solved with CVXOPT's conic solver; called by the benchmark, prints seconds a problem.

Reads one JSON object {"problems": [{"n": n, "rate": c, "jacobians": [row-major lists]}]} on standard input. Each problem: the least t such
that M J_k + J_k' M + 2 c M <= t 1, M >= 1e-3 1, tr M = n; a t below zero is a metric of rate c.
"""
import json, sys, time
import cvxopt
import numpy
from cvxopt import matrix, solvers, sparse, spmatrix

solvers.options["show_progress"] = False


def solve(n, c, jacobians):
    pairs = [(i, j) for i in range(n) for j in range(i + 1)]
    count = len(pairs)
    blocks, rights = [], []
    for a in jacobians:
        shifted = a + c * numpy.eye(n)
        g = numpy.zeros((n * n, count + 1))
        for p, (i, j) in enumerate(pairs):
            e = numpy.zeros((n, n))
            e[j, :] += shifted[i, :]
            if i != j:
                e[i, :] += shifted[j, :]
            g[:, p] = (e + e.T).ravel(order="F")
        g[:, count] = -numpy.eye(n).ravel()
        blocks.append(matrix(g))
        rights.append(matrix(0.0, (n, n)))
    g = numpy.zeros((n * n, count + 1))
    for p, (i, j) in enumerate(pairs):
        g[i + n * j, p] = g[j + n * i, p] = -1.0
    blocks.append(matrix(g))
    rights.append(matrix(-1e-3 * numpy.eye(n)))
    trace = matrix([1.0 if i == j else 0.0 for i, j in pairs] + [0.0], (1, count + 1))
    objective = matrix([0.0] * count + [1.0])
    return solvers.sdp(objective, Gs=blocks, hs=rights, A=trace, b=matrix([float(n)]))


given = json.load(sys.stdin)
print(f"cvxopt {cvxopt.__version__}, numpy {numpy.__version__}, python {sys.version.split()[0]}")
for problem in given["problems"]:
    n = problem["n"]
    family = [numpy.array(rows).reshape(n, n) for rows in problem["jacobians"]]
    start = time.perf_counter()
    answer = solve(n, problem["rate"], family)
    print(f"{n} {time.perf_counter() - start:.6f} {answer['x'][len(answer['x']) - 1]:.6g}")
