"""scikit-learn's BernoulliRBM on words that the benchmark saved: prints versions and the seconds of the fastest of some fits, saves what was learned.

usage: rbm_sklearn.py FOLDER WORDS NEURONS HIDDEN BATCH EPOCHS REPEATS RATE
"""
import sys
import time

import numpy
import sklearn
from sklearn.neural_network import BernoulliRBM

folder = sys.argv[1]
words, neurons, hidden, batch, epochs, repeats = map(int, sys.argv[2:8])
rate = float(sys.argv[8])
data = numpy.fromfile(f"{folder}/words", dtype=numpy.uint8).reshape(words, neurons).astype(numpy.float32)
print(f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}")

best = float("inf")
for repeat in range(repeats):
    model = BernoulliRBM(n_components=hidden, learning_rate=rate, batch_size=batch, n_iter=epochs, random_state=0)
    start = time.perf_counter()
    model.fit(data)
    best = min(best, time.perf_counter() - start)
print(best)
numpy.save(f"{folder}/weights.npy", numpy.ascontiguousarray(model.components_.T.astype(numpy.float64)))
numpy.save(f"{folder}/visible.npy", model.intercept_visible_.astype(numpy.float64))
numpy.save(f"{folder}/hidden.npy", model.intercept_hidden_.astype(numpy.float64))
