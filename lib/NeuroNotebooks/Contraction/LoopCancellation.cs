using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Finds the loops of an assembly that cancel, joins their modules into groups, and bounds what is left between groups.</summary>
internal sealed class LoopCancellation
{
    private const double Tolerance = 1e-9;

    private readonly ImmutableArray<NetworkModule> modules;
    private readonly int[] group;
    private readonly double[] weight;               // of each module's metric within its group
    private readonly double[,] left;                // gains that do not cancel, between modules
    private int cancelled;

    public LoopCancellation(ImmutableArray<NetworkModule> modules, Func<int, int, double> gain, Func<int, int, double[,]> block)
    {
        this.modules = modules;
        int p = modules.Length;
        group = [.. Enumerable.Range(0, p)];
        weight = [.. Enumerable.Repeat(1.0, p)];
        left = Dense.Build(p, p, (i, j) => i == j ? 0.0 : gain(i, j));
        for (int i = 0; i < p; i++)
            for (int j = 0; j < i; j++)
                if (Ratio(left[i, j], left[j, i], block(i, j), block(j, i)) is { } k) Join(i, j, k);

        int[] names = [.. group.Distinct()];
        Rates = [.. names.Select(name => Enumerable.Range(0, p).Where(i => group[i] == name).Min(i => modules[i].Rate))];
        Gains = Dense.Build(names.Length, names.Length, (a, b) => a == b ? 0.0 : Total(names[a], names[b]));
        for (int a = 0; a < names.Length; a++) Rates[a] -= Total(names[a], names[a]);
        for (int i = 0; i < p; i++) group[i] = Array.IndexOf(names, group[i]);
    }

    /// <summary>The rate of each group: its slowest module, less what does not cancel within it.</summary>
    public double[] Rates { get; }

    /// <summary>Bounds on the connections between groups.</summary>
    public double[,] Gains { get; }

    /// <summary>The factor of each module's metric, given those of the groups.</summary>
    public double[] ModuleWeights(IReadOnlyList<double> groups) => [.. weight.Select((w, i) => w * groups[group[i]])];

    /// <summary>The strongest connection that does not cancel.</summary>
    public string Worst()
    {
        int p = modules.Length;
        var (from, to) = Enumerable.Range(0, p * p).Select(k => (k % p, k / p)).MaxBy(pair => left[pair.Item2, pair.Item1]);
        return $"the connection from {modules[from].Name} to {modules[to].Name} has gain {left[to, from]:g6} in the modules' metrics against rates "
            + $"{modules[from].Rate:g6} and {modules[to].Rate:g6}, and the way back does not cancel it";
    }

    public override string ToString() =>
        $"{cancelled} of the loops cancel in the metric; the remaining connections pass by {(left.Cast<double>().Any(gain => gain > 0.0) ? "hierarchy or small gain" : "being none")}";

    /// <summary>k with L_ij = −k L_jiᵀ in the modules' own coordinates; null if the two do not answer each other.</summary>
    private static double? Ratio(double forward, double back, double[,] there, double[,] here)
    {
        if (!(forward > 0.0 && back > 0.0)) return null;
        double k = forward / back, difference = Dense.LargestEntry(Dense.Sum(there, Dense.Transpose(here), k));
        return difference <= Tolerance * forward ? k : null;
    }

    private void Join(int i, int j, double k)
    {
        // α_i L_ij + α_j L_jiᵀ, in own coordinates √α_i/√α_j L_ij + √α_j/√α_i L_jiᵀ, vanishes for α_j / α_i = k
        double wanted = weight[i] * k;
        if (group[i] == group[j])
        {
            if (Math.Abs(weight[j] - wanted) > Tolerance * wanted) return;      // a ring of loops whose ratios do not close
        }
        else
        {
            double factor = wanted / weight[j];
            int old = group[j];
            for (int m = 0; m < group.Length; m++)
                if (group[m] == old) (group[m], weight[m]) = (group[i], weight[m] * factor);
        }
        left[i, j] = left[j, i] = 0.0;
        cancelled++;
    }

    /// <summary>A bound on the connections from one group to another: the root of the sum of squares.</summary>
    private double Total(int to, int from)
    {
        double sum = 0.0;
        for (int i = 0; i < group.Length; i++)
            for (int j = 0; j < group.Length; j++)
                if (group[i] == to && group[j] == from) sum += left[i, j] * left[i, j] * weight[i] / weight[j];
        return Math.Sqrt(sum);
    }
}
