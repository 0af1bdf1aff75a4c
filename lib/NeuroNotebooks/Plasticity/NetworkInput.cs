using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>What a network is driven with: n numbers at each step, a function of time alone.</summary>
public sealed class NetworkInput
{
    private readonly Action<int, double, double[]> fill;

    private NetworkInput(int count, Action<int, double, double[]> fill) => (Count, this.fill) = (count, fill);

    /// <summary>n, how many neurons it drives.</summary>
    public int Count { get; }

    /// <summary>How many steps it lasts; null if it has no end.</summary>
    public int? Steps { get; private init; }

    /// <summary>The step after its last disturbed one; zero if nothing disturbs it.</summary>
    public int DisturbedUntil { get; private init; }

    /// <summary>The same numbers at all times.</summary>
    /// <param name="u">One number per neuron, finite, at least one.</param>
    public static NetworkInput Constant(params ReadOnlySpan<double> u)
    {
        if (u.IsEmpty) throw new ArgumentException("u is empty: expected one number per neuron.", nameof(u));
        Require.Finite(u);
        double[] values = u.ToArray();
        return new NetworkInput(values.Length, (_, _, target) => values.CopyTo(target, 0));
    }

    /// <summary>u_i(t) = a_i sin(f_i t + φ_i).</summary>
    /// <param name="amplitudes">a, one per neuron, finite.</param>
    /// <param name="frequencies">f, one per neuron, radians per unit of time, finite.</param>
    /// <param name="phases">φ, one per neuron, radians, finite.</param>
    public static NetworkInput Sinusoids(
        ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> frequencies, ReadOnlySpan<double> phases)
    {
        if (amplitudes.IsEmpty) throw new ArgumentException("amplitudes is empty: expected one per neuron.", nameof(amplitudes));
        Require.Length(amplitudes.Length, frequencies.Length, nameof(frequencies), "neuron");
        Require.Length(amplitudes.Length, phases.Length, nameof(phases), "neuron");
        Require.Finite(amplitudes);
        Require.Finite(frequencies);
        Require.Finite(phases);
        double[] a = amplitudes.ToArray(), f = frequencies.ToArray(), shift = phases.ToArray();
        return new NetworkInput(a.Length, (_, time, target) =>
        {
            for (int i = 0; i < a.Length; i++) target[i] = a[i] * Math.Sin(f[i] * time + shift[i]);
        });
    }

    /// <summary>Sinusoids with amplitudes and frequencies drawn evenly from ranges, and phases from a whole turn.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="amplitude">Range of the amplitudes, finite.</param>
    /// <param name="frequency">Range of the frequencies, radians per unit of time, finite.</param>
    /// <param name="random">Its numbers 0 to 3 n − 1 are used: frequencies, phases, amplitudes.</param>
    public static NetworkInput RandomSinusoids(
        int count, (double Low, double High) amplitude, (double Low, double High) frequency, Philox random)
    {
        Require.Positive(count);
        CheckRange(amplitude, nameof(amplitude));
        CheckRange(frequency, nameof(frequency));
        return Sinusoids(Draw(2, amplitude), Draw(0, frequency), Draw(1, (0.0, Math.Tau)));

        double[] Draw(int block, (double Low, double High) range)
        {
            var numbers = new double[count];
            random.Uniforms(numbers, (ulong)(block * count));
            for (int i = 0; i < count; i++) numbers[i] = range.Low + (range.High - range.Low) * numbers[i];
            return numbers;
        }
    }

    /// <summary>Numbers given step by step.</summary>
    /// <param name="samples">A row for each step, a column for each neuron; finite.</param>
    public static NetworkInput Samples(double[,] samples)
    {
        Require.Finite(samples);
        if (samples.Length == 0) throw new ArgumentException("samples is empty: expected a row for each step.", nameof(samples));
        var copy = (double[,])samples.Clone();
        int count = copy.GetLength(1);
        return new NetworkInput(count, (step, _, target) => copy.AsSpan().Slice(step * count, count).CopyTo(target)) { Steps = copy.GetLength(0) };
    }

    /// <summary>The same input with a constant added to every neuron during some steps.</summary>
    /// <param name="firstStep">The first of them, zero or above.</param>
    /// <param name="steps">How many, at least 1; a run that ends before them is refused.</param>
    /// <param name="push">What is added, finite.</param>
    public NetworkInput WithDisturbance(int firstStep, int steps, double push)
    {
        Require.NotNegative(firstStep);
        Require.Positive(steps);
        Require.Finite(push);
        if (firstStep > int.MaxValue - steps)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"steps is {steps}: expected a window that ends before step 2^31.");
        return new NetworkInput(Count, (step, time, target) =>
        {
            fill(step, time, target);
            if (step < firstStep || step >= firstStep + steps) return;
            for (int i = 0; i < target.Length; i++) target[i] += push;
        })
        {
            Steps = Steps,
            DisturbedUntil = Math.Max(DisturbedUntil, firstStep + steps),
        };
    }

    /// <summary>The numbers at one step, n.</summary>
    /// <param name="step">Its number, zero or above and within the samples given.</param>
    /// <param name="time">Its time.</param>
    public double[] At(int step, double time)
    {
        Require.InRange(step, 0, (Steps ?? int.MaxValue) - 1);
        Require.Finite(time);
        var target = new double[Count];
        fill(step, time, target);
        return target;
    }

    internal void Fill(int step, double time, double[] target) => fill(step, time, target);

    internal void CheckRun(int steps)
    {
        if (Steps < steps)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"steps is {steps}, but Input lasts {Steps} steps: shorten the run or give more samples.");
        if (DisturbedUntil > steps)
            throw new ArgumentOutOfRangeException(
                nameof(steps), steps, $"steps is {steps}, but the disturbance of Input lasts until step {DisturbedUntil}: its window must lie in the run.");
    }

    private static void CheckRange((double Low, double High) range, string name)
    {
        if (!double.IsFinite(range.Low) || !double.IsFinite(range.High) || range.Low > range.High)
            throw new ArgumentException($"{name} is from {range.Low} to {range.High}: expected two finite numbers in order.", name);
    }
}
