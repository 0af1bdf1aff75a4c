using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>How far a neuron's steady answers are from a recording, feature by feature.</summary>
/// <param name="Recording">What was measured.</param>
/// <param name="Scales">The size of a unit of cost in each feature.</param>
public sealed record FeatureCost(ClampRecording Recording, FeatureScales Scales)
{
    /// <summary>What was measured.</summary>
    public ClampRecording Recording { get; init => field = Checked.NotNull(value); } = Checked.NotNull(Recording, nameof(Recording));

    /// <summary>The size of a unit of cost in each feature.</summary>
    public FeatureScales Scales { get; init => field = Checked.NotNull(value); } = Checked.NotNull(Scales, nameof(Scales));

    /// <summary>What it costs to spike at a point where the cell did not, or not to spike where it did; at least 0.</summary>
    public double WrongState { get; init => field = Checked.NotNegative(value); } = 40.0;

    /// <summary>How long and how finely to clamp.</summary>
    public ClampOptions Clamp { get; init => field = Checked.NotNull(value); } = new() { Duration = 1000.0, Step = 0.05 };

    /// <summary>How many threads an evaluation may use; all processors if null.</summary>
    public int? Threads { get; init; }

    /// <summary>The cost: the sum of the squared residuals.</summary>
    /// <param name="cell">The neuron.</param>
    public double Of(IShuntableNeuron cell) => Residuals(cell).Sum(r => r * r);

    /// <summary>Four residuals a point: rate, peak, trough, AHP position; zero where nothing was measured.</summary>
    /// <param name="cell">The neuron.</param>
    /// <remarks>
    /// At a point where the cell's state is wrong the first residual is the root of <see cref="WrongState"/> and the others are zero.
    /// A neuron that cannot be simulated is wrong everywhere.
    /// </remarks>
    public double[] Residuals(IShuntableNeuron cell)
    {
        Require.NotNull(cell);
        if (Threads is { } threads) Require.Positive(threads, nameof(Threads));
        var residuals = new double[4 * Recording.Points.Length];
        var answers = Answers(cell);
        for (int k = 0; k < Recording.Points.Length; k++)
            Compare(Recording.Points[k], answers is { } known ? known[k] : null, residuals.AsSpan(4 * k, 4));
        return residuals;
    }

    private ImmutableArray<SpikingSummary>? Answers(IShuntableNeuron cell)
    {
        try
        {
            return DynamicClamp.SteadyStates(cell, [.. Recording.Points.Select(point => (point.U, point.S))], Clamp, Threads);
        }
        catch (Exception error) when (error is InvalidOperationException
            || (error is AggregateException all && all.InnerExceptions.All(inner => inner is InvalidOperationException)))
        {
            return null;
        }
    }

    private void Compare(RecordedPoint measured, SpikingSummary? answer, Span<double> residuals)
    {
        if (answer is null || (measured.Spikes is { } spikes && spikes != (answer.State == SpikingState.Spiking)))
        {
            residuals[0] = Math.Sqrt(WrongState);
            return;
        }
        residuals[0] = (answer.Rate - measured.Rate ?? 0.0) / Scales.Rate;
        residuals[1] = (answer.Peak - measured.Peak ?? 0.0) / Scales.Peak;
        residuals[2] = (answer.Trough - measured.Trough ?? 0.0) / Scales.Trough;
        residuals[3] = (answer.AhpFraction - measured.AhpFraction ?? 0.0) / Scales.AhpFraction;
    }
}
