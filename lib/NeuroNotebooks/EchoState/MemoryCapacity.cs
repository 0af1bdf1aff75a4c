using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>How much of its input a reservoir remembers.</summary>
/// <param name="Curve">MC_k for the delays k = 1, 2, …: the squared correlation of the best linear readout with the input k steps ago, 0 to 1.</param>
/// <param name="AtZero">MC_0, the current input.</param>
/// <remarks>Input is independent from step to step; the sum over all delays is at most N. Source: Jaeger, Short term memory in echo state networks (GMD report 152, 2001).</remarks>
public sealed record MemoryCapacity(ImmutableArray<double> Curve, double AtZero)
{
    /// <summary>MC_k for the delays k = 1, 2, …</summary>
    public ImmutableArray<double> Curve { get; } = Require.Some(Curve);

    /// <summary>Σ MC_k over the delays k ≥ 1.</summary>
    public double Total => Curve.Sum();

    /// <summary>Estimated from a run: readouts are fitted by ridge regression on one stretch and judged on the next.</summary>
    /// <param name="network">The reservoir.</param>
    /// <param name="input">The stream of the input, even between −1 and 1.</param>
    /// <param name="options">How long, and how many delays.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static MemoryCapacity Empirical(EchoStateNetwork network, Philox input, MemoryOptions? options = null)
    {
        options ??= new MemoryOptions();
        options.Check(nameof(options));
        var signal = new double[options.WashOut + options.Fit + options.Test];
        input.Uniforms(signal);
        for (int t = 0; t < signal.Length; t++) signal[t] = 2.0 * signal[t] - 1.0;
        return Empirical(network, signal, options);
    }

    /// <summary>Estimated from a run with a given input.</summary>
    /// <param name="network">The reservoir.</param>
    /// <param name="signal">The input: as many numbers as the options' stretches together, finite, not constant.</param>
    /// <param name="options">How long, and how many delays.</param>
    /// <exception cref="ArgumentException">The signal has another length or is constant, or there are fewer steps to fit than units.</exception>
    /// <remarks>A delay that cannot be read has a correlation near zero, squared about one over the length of the test.</remarks>
    public static MemoryCapacity Empirical(EchoStateNetwork network, ReadOnlySpan<double> signal, MemoryOptions? options = null)
    {
        Require.NotNull(network);
        options ??= new MemoryOptions();
        options.Check(nameof(options));
        Require.Length(options.WashOut + options.Fit + options.Test, signal.Length, nameof(signal), "step of the options");
        Require.Finite(signal);
        if (options.Fit < network.Count)
            throw new ArgumentException($"options has {options.Fit} steps to fit {network.Count} units: expected at least as many.", nameof(options));
        double first = signal[0];
        if (!signal.ContainsAnyExcept(first))
            throw new ArgumentException($"signal is {first} at all steps: the memory of a constant is undefined.", nameof(signal));

        double[,] states = network.Run(signal), fit = Slice(states, options.WashOut, options.Fit);
        double[,] readout = Ridge.Fit(fit, Delayed(signal, options.WashOut, options.Fit, options.Delays), options.Penalty);
        double[,] test = Slice(states, options.WashOut + options.Fit, options.Test);
        double[,] answers = LinearAlgebra.Multiply(test, readout), wanted = Delayed(signal, options.WashOut + options.Fit, options.Test, options.Delays);
        double[] all = [.. Enumerable.Range(0, options.Delays + 1).Select(k => SquaredCorrelation(answers, wanted, k))];
        return new MemoryCapacity([.. all[1..]], all[0]);
    }

    /// <summary>Exactly, for the linear reservoir x(t) = A x(t − 1) + v u(t) with independent input.</summary>
    /// <param name="A">N × N, finite, spectral radius below 1.</param>
    /// <param name="v">Input weights, N, finite.</param>
    /// <param name="delays">How many delays, at least 1.</param>
    /// <returns>MC_k = (A^k v)ᵀ C⁻¹ A^k v, C the covariance of the states; over all k ≥ 0 they sum to N.</returns>
    /// <exception cref="ArgumentException">A has a spectral radius of 1 or above, or the input does not reach all directions (not controllable).</exception>
    public static MemoryCapacity ExactLinear(double[,] A, ReadOnlySpan<double> v, int delays)
    {
        Require.Matrix(A);
        Require.Length(A.GetLength(0), v.Length, nameof(v), "unit");
        Require.Finite(v);
        Require.Positive(delays);
        int n = v.Length;
        double[] image = v.ToArray();
        double[,] covariance = DiscreteLyapunov.Solve(A, Dense.Build(n, n, (i, j) => image[i] * image[j]));
        double[] factor = covariance.AsSpan().ToArray();
        if (!SymmetricPositive.TryFactor(factor, n))
            throw new ArgumentException("v does not reach all directions of the state (not controllable, or nearly so): the covariance is singular.", nameof(v));
        var curve = new double[delays + 1];
        for (int k = 0; k <= delays; k++)
        {
            curve[k] = SquaredSize(factor, image);
            image = Dense.Product(A, image);
        }
        return new MemoryCapacity([.. curve[1..]], curve[0]);
    }

    /// <summary>‖L⁻¹ b‖².</summary>
    private static double SquaredSize(double[] factor, double[] b)
    {
        int n = b.Length;
        var y = new double[n];
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            y[i] = (b[i] - Vectors.Dot<double>(factor.AsSpan(i * n, i), y.AsSpan(0, i))) / factor[i * n + i];
            sum += y[i] * y[i];
        }
        return sum;
    }

    private static double[,] Slice(double[,] states, int first, int count)
    {
        var part = new double[count, states.GetLength(1)];
        states.AsSpan().Slice(first * states.GetLength(1), part.Length).CopyTo(part.AsSpan());
        return part;
    }

    private static double[,] Delayed(ReadOnlySpan<double> signal, int first, int count, int delays)
    {
        var targets = new double[count, delays + 1];
        for (int t = 0; t < count; t++)
            for (int k = 0; k <= delays; k++) targets[t, k] = signal[first + t - k];
        return targets;
    }

    private static double SquaredCorrelation(double[,] a, double[,] b, int column)
    {
        int count = a.GetLength(0);
        double meanA = 0.0, meanB = 0.0, ab = 0.0, aa = 0.0, bb = 0.0;
        for (int t = 0; t < count; t++)
        {
            meanA += a[t, column] / count;
            meanB += b[t, column] / count;
        }
        for (int t = 0; t < count; t++)
        {
            double da = a[t, column] - meanA, db = b[t, column] - meanB;
            ab += da * db;
            aa += da * da;
            bb += db * db;
        }
        // a readout that points the wrong way, or none, remembers nothing
        return ab > 0.0 && aa > 0.0 && bb > 0.0 ? ab * ab / (aa * bb) : 0.0;
    }
}

/// <summary>How to estimate a memory capacity.</summary>
public sealed record MemoryOptions
{
    /// <summary>Steps before anything is looked at, at least <see cref="Delays"/>.</summary>
    public int WashOut { get; init; } = 500;

    /// <summary>Steps to fit the readouts on, at least 1 and at least as many as units.</summary>
    public int Fit { get; init; } = 3500;

    /// <summary>Steps to judge them on, at least 2.</summary>
    public int Test { get; init; } = 2000;

    /// <summary>How many delays, at least 1.</summary>
    public int Delays { get; init; } = 200;

    /// <summary>λ of the ridge regression, zero or above.</summary>
    public double Penalty { get; init; } = 1e-8;

    internal void Check(string name)
    {
        if (Delays < 1) throw new ArgumentException($"Delays is {Delays}: expected at least 1.", name);
        if (WashOut < Delays) throw new ArgumentException($"WashOut is {WashOut}: expected at least the {Delays} delays.", name);
        if (Fit < 1) throw new ArgumentException($"Fit is {Fit}: expected at least 1.", name);
        if (Test < 2) throw new ArgumentException($"Test is {Test}: expected at least 2.", name);
        if ((long)WashOut + Fit + Test > 1 << 24)
            throw new ArgumentException($"WashOut, Fit and Test are {(long)WashOut + Fit + Test} steps together: expected at most {1 << 24}.", name);
        if (!(Penalty >= 0.0) || double.IsInfinity(Penalty)) throw new ArgumentException($"Penalty is {Penalty}: expected a finite number, zero or above.", name);
    }
}
