"""The cortex of Izhikevich (2003) in Brian 2, for a comparison of speed: single Euler steps of 1 ms, weights uniform, thalamic noise.

Usage: brian_cortex.py CELLS OUT_DEGREE(0 for all to all) TARGET SECONDS
TARGET: numpy, cython, cpp (C++ standalone) or cpp2 (the same on two OpenMP threads); ending in 32: single precision.
Prints the versions, then one line: seconds to build, to compile, to run, spikes, and the peak of memory in MiB.
"""
import os
import resource
import shutil
import sys
import tempfile
import time

import numpy
import brian2
from brian2 import Network, NeuronGroup, SpikeMonitor, Synapses, defaultclock, device, get_device, ms, prefs, second, seed, set_device

cells, degree, target, seconds = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
standalone = target.startswith('cpp')
folder = tempfile.mkdtemp(prefix='brian-')
if target.endswith('32'):
    prefs.core.default_float_dtype = numpy.float32
if standalone:
    prefs.devices.cpp_standalone.openmp_threads = 2 if target.startswith('cpp2') else 0
    set_device('cpp_standalone', directory=folder, build_on_run=False)
else:
    prefs.codegen.target = target.removesuffix('32')
print(f'Brian {brian2.__version__}, numpy {numpy.__version__}', flush=True)

seed(1)
defaultclock.dt = 1 * ms
started = time.perf_counter()
group = NeuronGroup(cells, '''dv/dt = (0.04*v**2 + 5*v + 140 - u + I)/ms : 1
                              du/dt = a*(b*v - u)/ms : 1
                              I : 1
                              arriving : 1
                              a : 1 (constant)
                              b : 1 (constant)
                              c : 1 (constant)
                              d : 1 (constant)
                              sigma : 1 (constant)
                              scale : 1 (constant)''',
                    threshold='v >= 30', reset='v = c; u += d', method='euler')
excitatory = cells * 4 // 5
E, I = group[:excitatory], group[excitatory:]
r = numpy.random.default_rng(1).random(cells)
re, ri = r[:excitatory], r[excitatory:]
E.a, E.b, E.c, E.d, E.sigma, E.scale = 0.02, 0.2, -65 + 15 * re**2, 8 - 6 * re**2, 5, 0.5
I.a, I.b, I.c, I.d, I.sigma, I.scale = 0.02 + 0.08 * ri, 0.25 - 0.05 * ri, -65, 2, 2, -1
group.v = -65
group.u = 'b*v'
group.run_regularly('''I = arriving + sigma*randn()
                       arriving = 0''', when='start')
synapses = Synapses(group, group, 'w : 1 (constant)', on_pre='arriving_post += w')
if degree == 0:
    synapses.connect()
else:
    synapses.connect(j=f'k for k in sample(N_post, size={degree})')
synapses.w = 'scale_pre*rand()'
spikes = SpikeMonitor(group)
network = Network(group, synapses, spikes)

compiling = 0.0
if standalone:
    network.run(seconds * second)
    device.build(directory=folder, compile=True, run=False)
    compiling = time.perf_counter() - started
    started = time.perf_counter()
    device.run(folder, with_output=False, run_args=[])
    running = get_device()._last_run_time
    building = time.perf_counter() - started - running
else:
    network.run(1 * ms)
    building = time.perf_counter() - started
    started = time.perf_counter()
    network.run(seconds * second)
    running = time.perf_counter() - started
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
print(f'{building:.4f} {compiling:.4f} {running:.4f} {spikes.num_spikes} {peak}', flush=True)
shutil.rmtree(folder, ignore_errors=True)
