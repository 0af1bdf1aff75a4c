using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>A made-up recording from prefrontal cortex whose truth is known: Poisson units that carry a sample that fades.</summary>
/// <param name="Amplitude">A: how much the rates tell of the sample, Hz. 1.5 is like the monkeys' cortex, 3 is easy.</param>
/// <param name="Floor">f: the part of the signal that does not fade.</param>
/// <param name="Distractor">D: how much a distractor moves the rates, Hz.</param>
/// <param name="Units">Number of units.</param>
/// <remarks>
/// <code>
/// r_i(t) = b_i + A s_ik e(t) + D d_i h(t),  b from 2 to 12 Hz, s and d normal, d orthogonal to the objects' axes
/// e: 0 before 60 ms, 1 until 500 ms, then f + (1 − f) exp(−(t − 0.5 s) / 0.2 s); h: the same from the distractor's onset with floor 0
/// </code>
/// Rates are cut off at zero; counts in bins of 50 ms from 200 ms before the sample's onset, delay 4 s.
/// </remarks>
public sealed record PlantedPrefrontal(double Amplitude = 1.5, double Floor = 0.3, double Distractor = 4.0, int Units = 200)
{
    /// <summary>Width of a bin, ms.</summary>
    public const double BinMs = 50.0;

    private const int Objects = 8, BinsBefore = 4, Bins = 104;
    private const double OnsetSeconds = 0.06, FadeFrom = 0.5, FadeSeconds = 0.2, DistractorSeconds = 2.5, DistractorFadeFrom = 0.25;

    /// <summary>A, Hz.</summary>
    public double Amplitude { get; } = Require.NotNegative(Amplitude, nameof(Amplitude));

    /// <summary>f, from 0 to 1.</summary>
    public double Floor { get; } = Part(Floor);

    /// <summary>D, Hz.</summary>
    public double Distractor { get; } = Require.NotNegative(Distractor, nameof(Distractor));

    /// <summary>Number of units, more than the objects.</summary>
    public int Units { get; } = Units is > Objects and <= 100_000 ? Units
        : throw new ArgumentOutOfRangeException(nameof(Units), Units, $"Units is {Units}: expected {Objects + 1} to 100000.");

    /// <summary>When the sample begins, ms from the start of the recording.</summary>
    public static double SampleOnsetMs => BinsBefore * BinMs;

    /// <summary>Draws spike counts.</summary>
    /// <param name="trialsPerObject">Trials of each of the eight objects, above zero.</param>
    /// <param name="distracted">Whether there is a distractor in the middle of the delay.</param>
    /// <param name="random">The stream.</param>
    /// <returns>The counts, and the object of each trial.</returns>
    public (TrialSeries Counts, int[] Labels) Draw(int trialsPerObject, bool distracted, Philox random)
    {
        Require.InRange(trialsPerObject, 1, 1000);
        double[] rest = new double[Units], distractor = new double[Units];
        double[][] signal = [.. Enumerable.Range(0, Objects).Select(_ => new double[Units])];
        random.Child(1).Uniforms(rest);
        random.Child(2).Normals(distractor);
        for (int k = 0; k < Objects; k++) random.Child((ulong)(3 + k)).Normals(signal[k]);
        distractor = WithoutSpan(distractor, signal);
        int trials = Objects * trialsPerObject;
        var counts = new double[trials, Bins, Units];
        int[] labels = [.. Enumerable.Range(0, trials).Select(trial => trial % Objects)];
        for (int trial = 0; trial < trials; trial++)
            for (int bin = 0; bin < Bins; bin++)
            {
                double t = ((bin + 0.5) * BinMs - SampleOnsetMs) / 1000.0;
                double e = Envelope(t, FadeFrom, Floor), h = distracted ? Envelope(t - DistractorSeconds, DistractorFadeFrom, 0.0) : 0.0;
                Philox own = random.Child(100).Child((ulong)(trial * Bins + bin));
                for (int i = 0; i < Units; i++)
                {
                    double rate = 2.0 + 10.0 * rest[i] + Amplitude * signal[labels[trial]][i] * e + Distractor * distractor[i] * h;
                    counts[trial, bin, i] = own.Poisson((ulong)i, Math.Max(0.0, rate) * BinMs / 1000.0);
                }
            }
        return (new TrialSeries(counts, BinMs), labels);
    }

    private static double Envelope(double t, double until, double floor) =>
        t < OnsetSeconds ? 0.0 : t < until ? 1.0 : floor + (1.0 - floor) * Math.Exp(-(t - until) / FadeSeconds);

    private static double[] WithoutSpan(double[] vector, double[][] span)
    {
        var left = (double[])vector.Clone();
        var basis = new List<double[]>();
        foreach (double[] axis in span)
        {
            var own = (double[])axis.Clone();
            foreach (double[] known in basis) Vectors.AddScaled<double>(own, -Vectors.Dot<double>(own, known), known, own);
            double length = Math.Sqrt(Vectors.Dot<double>(own, own));
            Vectors.Scale(own, 1.0 / length, own);
            basis.Add(own);
            Vectors.AddScaled<double>(left, -Vectors.Dot<double>(left, own), own, left);
        }
        return left;
    }

    private static double Part(double value)
    {
        Require.InRange(value, 0.0, 1.0, nameof(Floor));
        return value;
    }
}
