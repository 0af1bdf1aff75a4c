using NeuroNotebooks.Benchmarks;

// A benchmark is a name, a line that says what it measures, and a method that prints a table.
Benchmark[] benchmarks =
[
    new("gemm", "matrix products: Math.NET, the managed kernel, OpenBLAS (GFLOP/s)", MatrixProducts.Run),
    new("enumeration", "all rest states of small networks (aim: 16 ReLU neurons under 2 s)", RestStateEnumeration.Run),
    new("lds", "diagonal stability of random networks, proved or refuted (aim: n = 100 under 10 s)", DiagonalCertificates.Run),
    new("metric", "a quadratic metric for eight Jacobians, CVXOPT beside it (aim: a third of its time)", MetricFeasibility.Run),
    new("random", "random numbers: Philox one by one and in spans, System.Random, Math.NET (ns)", RandomNumbers.Run),
    new("sklearn", "training of RBMs beside scikit-learn: speed at 1500 neurons, likelihood and couplings on planted data", RbmBesideSklearn.Run),
    new("rbm", "training of RBMs from 100 to 10 000 neurons: time, memory, share of the matrix-product peak", RbmScaling.Run),
    new("trials", "training of working-memory networks through whole trials, PyTorch beside it (aim: 2.5 times faster)", TrialTraining.Run),
    new("lyapunov", "Lyapunov spectrum of a 100-unit network, a numpy loop beside it (aim: 20 times faster)", LyapunovSpectra.Run),
    new("combo", "a training step of a Sparse Combo Net beside PyTorch (aim: 1.5 times its speed)", ComboBesideTorch.Run),
    new("spiking", "cortex networks of 1000, 10 000 and 100 000 cells: events a second, bytes a synapse, share of the memory's bandwidth", SpikingCortex.Run),
    new("brian", "1000 and 10 000 cells beside Brian 2 (aim: 5 and 3 times its best speed)", SpikingBesideBrian.Run),
    new("brian-large", "100 000 cells and 100 million synapses beside Brian 2's C++ (aim: 4 times its speed)", SpikingBesideBrian.RunLarge),
    new("ode", "integrators of ordinary and stochastic equations, Math.NET's beside them (ns)", Equations.Run),
];

if (args is not [var name] || name == "--list")
{
    foreach (var known in benchmarks) Console.WriteLine($"{known.Name,-12} {known.Summary}");
    return 0;
}

if (benchmarks.FirstOrDefault(known => known.Name == name) is not { } chosen)
{
    Console.Error.WriteLine($"No benchmark is called \"{name}\". There are: {string.Join(", ", benchmarks.Select(known => known.Name))}.");
    return 1;
}

Console.WriteLine(Machine.Description);
Console.WriteLine();
chosen.Run(Console.Out);
return 0;
