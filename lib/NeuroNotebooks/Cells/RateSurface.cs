using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>Steady answers over a grid of currents and conductances.</summary>
public sealed record RateSurface
{
    /// <summary>A surface of answers.</summary>
    /// <param name="us">Currents, mV.</param>
    /// <param name="ss">Conductances.</param>
    /// <param name="points">The answers, conductance by conductance, current fastest.</param>
    /// <exception cref="ArgumentException">There is not one answer for each pair.</exception>
    public RateSurface(ImmutableArray<double> us, ImmutableArray<double> ss, ImmutableArray<SpikingSummary> points)
    {
        Require.Some(us);
        Require.Some(ss);
        Require.Length(us.Length * ss.Length, Require.Some(points).Length, nameof(points), "pair of current and conductance");
        Require.Each(points);
        (Us, Ss, Points) = (us, ss, points);
    }

    /// <summary>Currents, mV.</summary>
    public ImmutableArray<double> Us { get; }

    /// <summary>Conductances.</summary>
    public ImmutableArray<double> Ss { get; }

    /// <summary>The answers, conductance by conductance, current fastest.</summary>
    public ImmutableArray<SpikingSummary> Points { get; }

    /// <summary>The answer at a point of the grid.</summary>
    /// <param name="row">Which conductance.</param>
    /// <param name="column">Which current.</param>
    public SpikingSummary this[int row, int column]
    {
        get
        {
            Require.InRange(row, 0, Ss.Length - 1);
            Require.InRange(column, 0, Us.Length - 1);
            return Points[row * Us.Length + column];
        }
    }

    /// <summary>A number at every point, one row a conductance, one column a current.</summary>
    /// <param name="feature">What to read off; null where there is nothing to read.</param>
    /// <returns>The numbers, NaN for null.</returns>
    public double[,] Of(Func<SpikingSummary, double?> feature)
    {
        Require.NotNull(feature);
        var values = new double[Ss.Length, Us.Length];
        for (int row = 0; row < Ss.Length; row++)
            for (int column = 0; column < Us.Length; column++) values[row, column] = feature(this[row, column]) ?? double.NaN;
        return values;
    }

    /// <summary>The answers that spike.</summary>
    public IEnumerable<SpikingSummary> Spiking => Points.Where(point => point.State == SpikingState.Spiking);

    /// <summary>The highest rate, Hz; 0 if nothing spikes.</summary>
    public double HighestRate => Points.Max(point => point.Rate);

    /// <summary>The largest current at which it spikes, mV; null if nothing spikes.</summary>
    public double? LargestCurrent => Spiking.Max(point => (double?)point.U);

    /// <summary>The largest conductance at which it spikes; null if nothing spikes.</summary>
    public double? LargestConductance => Spiking.Max(point => (double?)point.S);
}
