using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>What competition does to differences.</summary>
public static class Contrast
{
    /// <summary>Michelson contrast (a − b)/(a + b) of two rates or drives ≥ 0.</summary>
    /// <exception cref="ArgumentException">Both are zero: they have no contrast.</exception>
    public static double Michelson(double a, double b)
    {
        Require.NotNegative(a);
        Require.NotNegative(b);
        return a + b > 0.0 ? (a - b) / (a + b) : throw new ArgumentException("a and b are both zero: they have no contrast.", nameof(a));
    }

    /// <summary>Contrast of the first two rates over contrast of the first two drives, at a rest state of a network.</summary>
    /// <param name="network">A network whose first two neurons compete; their drives differ.</param>
    /// <param name="rest">Its rest state, n.</param>
    public static double Gain(FiringRateNetwork network, ReadOnlySpan<double> rest)
    {
        Require.NotNull(network);
        if (network.Count < 2) throw new ArgumentException("network has one neuron: contrast compares two.", nameof(network));
        Require.Length(network.Count, rest.Length, nameof(rest), "neuron");
        double drives = OfPair(network.Drive[0], network.Drive[1], nameof(network));
        return drives != 0.0 ? OfPair(rest[0], rest[1], nameof(rest)) / drives : throw new ArgumentException(
            $"drives 0 and 1 are both {network.Drive[0]}: without a difference there is no gain.", nameof(network));
    }

    /// <summary>The indices of the rates above a share of the largest one.</summary>
    /// <param name="rates">Rates ≥ 0.</param>
    /// <param name="share">0 to 1; the default only leaves out what is silent within rounding.</param>
    public static ImmutableArray<int> Winners(ReadOnlySpan<double> rates, double share = 1e-9)
    {
        Require.InRange(share, 0.0, 1.0);
        double largest = 0.0;
        foreach (double rate in rates) largest = Math.Max(largest, rate);
        var winners = ImmutableArray.CreateBuilder<int>();
        for (int k = 0; k < rates.Length; k++)
            if (rates[k] > share * largest) winners.Add(k);
        return winners.ToImmutable();
    }

    /// <summary>The contrast of the first two cells of every layer of a column.</summary>
    /// <param name="rates">Rates, layer by layer, layers of equal size.</param>
    /// <param name="layers">L, above zero.</param>
    public static double[] PerLayer(ReadOnlySpan<double> rates, int layers)
    {
        Require.Positive(layers);
        if (rates.Length % layers != 0 || rates.Length < 2 * layers)
            throw new ArgumentException(
                $"rates has {rates.Length} entries: expected a multiple of {layers} layers, at least two cells each.", nameof(rates));
        var contrasts = new double[layers];
        for (int layer = 0; layer < layers; layer++)
        {
            ReadOnlySpan<double> cells = rates.Slice(layer * (rates.Length / layers), 2);
            contrasts[layer] = OfPair(Math.Max(0.0, cells[0]), Math.Max(0.0, cells[1]), nameof(rates));
        }
        return contrasts;
    }

    private static double OfPair(double a, double b, string from) =>
        a >= 0.0 && b >= 0.0 && double.IsFinite(a + b) && a + b > 0.0 ? (a - b) / (a + b) : throw new ArgumentException(
            $"{from} has the pair {a}, {b}: a contrast takes two finite numbers, zero or above and not both zero.", from);

    /// <summary>The teaching input for a row of K cells: u_k = 1 + c sin(2πk/K) + 0.01 ξ_k with standard normal ξ.</summary>
    /// <param name="cells">K, above zero.</param>
    /// <param name="amplitude">c, ≥ 0.</param>
    /// <param name="random">Fixes the noise.</param>
    public static double[] Grating(int cells, double amplitude, Numerics.Philox random)
    {
        Require.Positive(cells);
        Require.NotNegative(amplitude);
        return [.. Enumerable.Range(0, cells).Select(k =>
            1.0 + amplitude * Math.Sin(2.0 * Math.PI * k / cells) + 0.01 * random.Normal((ulong)k))];
    }
}
