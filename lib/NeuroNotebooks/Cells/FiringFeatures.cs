using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>What two experiments on a cell show: a second of constant current, and a release from hyperpolarisation.</summary>
/// <param name="SteadyRate">Rate in the second half second of current, Hz.</param>
/// <param name="FirstInterval">The first gap, ms; infinite if there is none.</param>
/// <param name="Adaptation">The last gap over the first; 1 if there are fewer than two.</param>
/// <param name="FirstBurst">Spikes before the first gap of 8 ms or more.</param>
/// <param name="IntervalVariation">Standard deviation over mean of the gaps, the first third left out; 0 if there are too few.</param>
/// <param name="ReboundSpikes">Spikes within 100 ms of the release.</param>
public sealed record FiringFeatures(
    double SteadyRate, double FirstInterval, double Adaptation, int FirstBurst, double IntervalVariation, int ReboundSpikes)
{
    private const double Duration = 1000.0, Held = 300.0, ReboundWindow = 100.0, BurstInterval = 8.0, Step = 0.1;

    /// <summary>Experiments on a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="current">The constant current, mV/ms.</param>
    /// <param name="hyperpolarisation">The current that it is released from, mV/ms.</param>
    public static FiringFeatures Measure(IzhikevichNeuron cell, double current = 10.0, double hyperpolarisation = -25.0)
    {
        Require.NotNull(cell);
        var driven = cell.Simulate(CurrentProtocol.Constant(current), Duration, Step, IzhikevichScheme.SequentialEuler);
        var released = cell.Simulate(
            CurrentProtocol.Constant(hyperpolarisation).Then(Held, 0.0), Held + ReboundWindow, Step, IzhikevichScheme.SequentialEuler);
        var gaps = driven.Intervals;
        return new FiringFeatures(
            1e3 * driven.Spikes.Count(time => time >= 0.5 * Duration) / (0.5 * Duration),
            gaps.Length > 0 ? gaps[0] : double.PositiveInfinity,
            gaps.Length > 1 ? gaps[^1] / gaps[0] : 1.0,
            driven.Spikes.Length == 0 ? 0 : 1 + gaps.TakeWhile(gap => gap < BurstInterval).Count(),
            Variation(gaps[(gaps.Length / 3)..]),
            released.Spikes.Count(time => time > Held));
    }

    /// <summary>
    /// Which type of the catalogue does so: irregular gaps mean bursts, many or few; a first gap without hurry RS; then strong adaptation IB and
    /// LTS; of the fast cells FS is the slowest, and TC answers a release with several spikes.
    /// </summary>
    public string Verdict => this switch
    {
        { SteadyRate: 0.0 } => "silent",
        { IntervalVariation: > 0.5 } => SteadyRate > 57.0 ? "CH" : "IB",
        { FirstInterval: >= BurstInterval } => "RS",
        { Adaptation: > 7.0 } => "IB",
        { Adaptation: > 3.0 } => "LTS",
        { SteadyRate: < 160.0 } => "FS",
        { ReboundSpikes: >= 4 } => "TC",
        _ => "RZ",
    };

    private static double Variation(ImmutableArray<double> gaps)
    {
        if (gaps.Length < 3) return 0.0;
        double mean = gaps.Average();
        return Math.Sqrt(gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Length - 1)) / mean;
    }
}

/// <summary>Which cell is it? Cells of the catalogue with jittered parameters and current, named by what they do.</summary>
/// <param name="Names">The types, rows and columns of the confusion matrix; a last column for cells that stayed silent.</param>
/// <param name="Confusion">How often a type (row) was called a name (column).</param>
public sealed record CellQuiz(ImmutableArray<string> Names, int[,] Confusion)
{
    /// <inheritdoc cref="CellQuiz(ImmutableArray{string}, int[,])" path="/param[@name='Names']"/>
    public ImmutableArray<string> Names { get; } = Require.Given(Names);

    /// <inheritdoc cref="CellQuiz(ImmutableArray{string}, int[,])" path="/param[@name='Confusion']"/>
    public int[,] Confusion { get; } = Confusion ?? throw new ArgumentNullException(nameof(Confusion));

    private const double ParameterJitter = 0.02, CurrentJitter = 0.05;

    /// <summary>Part of the cells that were named rightly.</summary>
    public double Score => Enumerable.Range(0, Math.Min(Confusion.GetLength(0), Confusion.GetLength(1))).Sum(k => (double)Confusion[k, k]) / Confusion.Cast<int>().Sum();

    /// <summary>Draws and names cells.</summary>
    /// <param name="draws">How many, at least 1.</param>
    /// <param name="random">Of the types and the jitter: normal, 2 % of each parameter and 5 % of the current.</param>
    public static CellQuiz Run(int draws, Philox random)
    {
        Require.InRange(draws, 1, 1_000_000);
        FiringPattern[] types = [.. FiringPattern.Catalogue.DistinctBy(pattern => pattern.Cell)];
        ImmutableArray<string> names = [.. types.Select(type => type.Name), "silent"];
        var confusion = new int[types.Length, names.Length];
        for (int k = 0; k < draws; k++)
        {
            var draw = random.Child((ulong)k);
            int type = draw.Integer(0, types.Length);
            var cell = types[type].Cell;
            var jittered = new IzhikevichNeuron(Jitter(cell.A, 1), Jitter(cell.B, 2), Jitter(cell.C, 3), Jitter(cell.D, 4));
            double factor = 1.0 + CurrentJitter * draw.Normal(5);
            confusion[type, names.IndexOf(FiringFeatures.Measure(jittered, 10.0 * factor, -25.0 * factor).Verdict)]++;

            double Jitter(double value, ulong index) => value * (1.0 + ParameterJitter * draw.Normal(index));
        }
        return new CellQuiz(names, confusion);
    }
}
