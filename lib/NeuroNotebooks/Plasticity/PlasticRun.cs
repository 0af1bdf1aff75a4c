using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>One run of a plastic network, step by step; a step allocates nothing.</summary>
internal sealed class PlasticRun
{
    private readonly PlasticNetwork network;
    private readonly Philox noise;
    private readonly double dt;
    private readonly double[] input, activity, rates, drive, memory, memoryChange, random;
    private readonly bool[]? exists;

    public PlasticRun(PlasticNetwork network, ReadOnlySpan<double> x, double[,] W, double dt, int steps, Philox noise)
    {
        int n = network.Count;
        Require.Length(n, x.Length, nameof(x), "neuron");
        Require.Finite(x);
        Require.NotNull(W);
        if (W.GetLength(0) != n || W.GetLength(1) != n)
            throw new ArgumentException($"W is {W.GetLength(0)} × {W.GetLength(1)}: expected {n} × {n}, one entry per pair of neurons.", nameof(W));
        Require.Finite(W);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (W[i, j] != 0.0 && !network.Exists(i, j))
                    throw new ArgumentException($"W[{i}, {j}] is {W[i, j]}, but this synapse does not exist: expected 0.", nameof(W));
        EulerStep.Check(network.Gamma, dt);
        Require.Positive(steps);
        network.Input.CheckRun(steps);

        (this.network, this.dt, this.noise) = (network, dt, noise);
        (X, Weights, Push) = (x.ToArray(), W.AsSpan().ToArray(), new double[n * n]);
        (input, activity, rates, drive) = (new double[n], new double[n], new double[n], new double[n]);
        memory = new double[network.Rule.MemoryLength(n)];
        memoryChange = new double[memory.Length];
        random = network.Sigma > 0.0 ? new double[n + n * n] : [];
        if (!network.IsDense)
        {
            exists = new bool[n * n];
            for (int e = 0; e < exists.Length; e++) exists[e] = network.Exists(e / n, e % n);
        }
    }

    /// <summary>Steps made.</summary>
    public int Step { get; private set; }

    public double[] X { get; }

    public double[] Weights { get; }

    /// <summary>S of the last step.</summary>
    public double[] Push { get; }

    public double? BlowUpTime { get; private set; }

    /// <summary>Makes a step; false if the state has left its bounds.</summary>
    public bool Advance()
    {
        int n = X.Length;
        network.Input.Fill(Step, Step * dt, input);
        Activity();
        Drive();
        network.Rule.Push(activity, Weights, memory, Push);
        if (exists is not null)
            for (int e = 0; e < exists.Length; e++) Push[e] = exists[e] ? Push[e] : 0.0;
        network.Rule.Remember(activity, memory, memoryChange);

        for (int i = 0; i < n; i++) X[i] += dt * (drive[i] - network.Alpha * X[i]);
        EulerStep.Leak(Weights, network.Gamma, dt, Push);
        Vectors.AddScaled<double>(memory, dt, memoryChange, memory);
        if (random.Length > 0) AddNoise();
        Step++;

        double largest = 0.0;
        for (int i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(X[i]));
        if (largest <= PlasticNetwork.LargestState) return true;
        BlowUpTime = Step * dt;
        return false;
    }

    private void Activity()
    {
        for (int i = 0; i < X.Length; i++)
            activity[i] = network.Activity switch
            {
                ActivitySource.State => X[i],
                ActivitySource.Rate => Math.Tanh(X[i]),
                _ => input[i],
            };
    }

    private void Drive()
    {
        int n = X.Length;
        for (int i = 0; i < n; i++) rates[i] = network.Form == NetworkForm.Hopfield ? Math.Tanh(X[i]) : X[i];
        for (int i = 0; i < n; i++)
        {
            double sum = Vectors.Dot<double>(Weights.AsSpan(i * n, n), rates) + input[i];
            drive[i] = network.Form == NetworkForm.FiringRate ? Math.Tanh(sum) : sum;
        }
    }

    private void AddNoise()
    {
        int n = X.Length;
        noise.Normals(random, (ulong)Step * (ulong)random.Length);
        double scale = network.Sigma * Math.Sqrt(dt);
        for (int i = 0; i < n; i++) X[i] += scale * random[i];
        for (int e = 0; e < Weights.Length; e++)
            if (exists is null || exists[e]) Weights[e] += scale * random[n + e];
    }
}

/// <summary>Euler steps of W' = −γ W + S.</summary>
internal static class EulerStep
{
    public static void Check(double gamma, double dt)
    {
        Require.Positive(dt);
        if (gamma * dt >= 1.0)
            throw new ArgumentOutOfRangeException(
                nameof(dt), dt, $"dt is {dt}: with γ = {gamma} a step would turn the synapses round; expected dt < {1.0 / gamma}.");
    }

    /// <summary>W ← (1 − γ dt) W + dt S.</summary>
    public static void Leak(double[] weights, double gamma, double dt, double[] push)
    {
        double kept = 1.0 - gamma * dt;
        for (int e = 0; e < weights.Length; e++) weights[e] = kept * weights[e] + dt * push[e];
    }
}
