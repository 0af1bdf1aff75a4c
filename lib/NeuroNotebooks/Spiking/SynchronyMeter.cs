namespace NeuroNotebooks.Spiking;

/// <summary>Golomb's synchrony of a population, gathered step by step without a history.</summary>
/// <remarks>
/// <code>
/// χ² = Var over time of the mean voltage / mean over cells of the Var over time of each voltage
/// </code>
/// 1 if all cells move together, about 1/√N if each goes its own way. Sums are taken tile by tile, so that they do not depend on who takes
/// them. Source: Golomb, Rinzel, Physica D 72:259 (1994); Golomb, Scholarpedia 2(1):1347 (2007).
/// </remarks>
public sealed class SynchronyMeter
{
    private const double Origin = -65.0;        // sums of squares are taken about a typical voltage, not about zero

    private readonly double[] sums, squares, tiles;
    private long steps;
    private double meanSum, meanSquare;

    /// <summary>A meter that has seen nothing.</summary>
    /// <param name="cells">How many cells it will see.</param>
    public SynchronyMeter(int cells)
    {
        Require.Positive(cells);
        sums = new double[cells];
        squares = new double[cells];
        tiles = new double[NetworkRun.Tiles(cells)];
    }

    /// <summary>χ of what it has seen.</summary>
    public Statistic Chi
    {
        get
        {
            if (steps < 2) return Statistic.Undefined($"synchrony needs two steps or more and has seen {steps}");
            double variance = 0.0;
            for (int i = 0; i < sums.Length; i++) variance += squares[i] / steps - sums[i] / steps * (sums[i] / steps);
            variance /= sums.Length;
            double ofMean = meanSquare / steps - meanSum / steps * (meanSum / steps);
            return variance > 0.0 ? Statistic.Of(Math.Sqrt(Math.Max(0.0, ofMean) / variance)) : Statistic.Undefined("no voltage moved");
        }
    }

    /// <summary>Takes the voltages of one step.</summary>
    /// <param name="voltages">One per cell, mV.</param>
    public void Add(ReadOnlySpan<float> voltages)
    {
        Require.Length(sums.Length, voltages.Length, nameof(voltages), "cell");
        Observe(voltages, 0, voltages.Length);
        EndStep();
    }

    /// <summary>Takes the voltages of whole tiles.</summary>
    internal void Observe(ReadOnlySpan<float> voltages, int first, int end)
    {
        for (int tile = first / SpikingPopulation.Tile; tile * SpikingPopulation.Tile < end; tile++)
        {
            int from = tile * SpikingPopulation.Tile, to = Math.Min(end, from + SpikingPopulation.Tile);
            double sum = 0.0;
            for (int i = from; i < to; i++)
            {
                double v = voltages[i] - Origin;
                sum += v;
                sums[i] += v;
                squares[i] += v * v;
            }
            tiles[tile] = sum;
        }
    }

    /// <summary>Closes the step that all tiles have been seen of.</summary>
    internal void EndStep()
    {
        double mean = 0.0;
        foreach (double tile in tiles) mean += tile;
        mean /= sums.Length;
        meanSum += mean;
        meanSquare += mean * mean;
        steps++;
    }
}
