using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>
/// Networks put together from parts; the motifs themselves are <see cref="WilsonCowanPair"/>, <see cref="CrossInhibition"/> and
/// <see cref="PooledInhibition"/>.
/// </summary>
public static class Circuits
{
    /// <summary>The symmetric pair W = [[0.5, −0.6], [−0.6, 0.3]], u = (1, 0.9), ReLU: it has an energy.</summary>
    public static FiringRateNetwork SymmetricPair { get; } =
        new(new[,] { { 0.5, -0.6 }, { -0.6, 0.3 } }, [1.0, 0.9], Activation.Relu);

    /// <summary>A hierarchical column: copies of a block, the k-th excitatory cell of each layer driving the k-th of the next.</summary>
    /// <param name="layers">L, above zero.</param>
    /// <param name="block">One layer, with types; its drive goes to the first layer only.</param>
    /// <param name="feedForward">w_ff from E_k of a layer to E_k of the next, ≥ 0.</param>
    /// <param name="feedback">w_fb back, ≥ 0.</param>
    /// <returns>The layers one after the other, each in the order of the block.</returns>
    /// <remarks>Without feedback it is diagonally stable exactly if the block is; feedback breaks that at a finite value.</remarks>
    public static FiringRateNetwork Column(int layers, FiringRateNetwork block, double feedForward, double feedback = 0.0)
    {
        Require.Positive(layers);
        Require.NotNull(block);
        Require.NotNegative(feedForward);
        Require.NotNegative(feedback);
        if (block.Types.IsEmpty)
            throw new ArgumentException(
                "block has no types: WithTypes says which of its cells are excitatory and project on.", nameof(block));

        int m = block.Count, n = layers * m;
        var w = new double[n, n];
        for (int layer = 0; layer < layers; layer++)
            for (int i = 0; i < m; i++)
            {
                int cell = layer * m + i;
                for (int j = 0; j < m; j++) w[cell, layer * m + j] = block.Weight(i, j);
                if (layer == 0 || block.Types[i] != NeuronType.Excitatory) continue;
                w[cell, cell - m] = feedForward;
                w[cell - m, cell] = feedback;
            }

        var repeated = Enumerable.Range(0, layers);
        return new FiringRateNetwork(
                w, [.. block.Drive, .. new double[n - m]], [.. repeated.SelectMany(_ => block.Activations)],
                [.. repeated.SelectMany(_ => block.TimeConstants)])
            .WithLabels([.. repeated.SelectMany(layer => block.Labels.Select(label => $"L{layer + 1} {label}"))])
            .WithTypes([.. repeated.SelectMany(_ => block.Types)]);
    }

    /// <summary>
    /// A column of micro circuits for two cells, with the feed-forward weight that hands the sum of the rates on unchanged.
    /// </summary>
    /// <param name="layers">L, above zero.</param>
    /// <param name="block">The micro circuit; <see cref="CrossInhibition.Micro"/> has gain 7.</param>
    /// <param name="contrast">C₀ of the drives 1 ± C₀, 0 to 1.</param>
    /// <param name="feedback">w_fb, ≥ 0.</param>
    public static FiringRateNetwork MicroColumn(int layers, CrossInhibition block, double contrast, double feedback = 0.0)
    {
        Require.NotNull(block);
        Require.InRange(contrast, 0.0, 1.0);
        return Column(layers, block.Network([1.0 + contrast, 1.0 - contrast]), block.SumPreservingWeight, feedback);
    }

    /// <summary>A sparse random network under Dale's law: E cells first, then I cells; drives uniform in [0.5, 1.5], ReLU, τ = 1.</summary>
    /// <param name="excitatory">E cells, above zero.</param>
    /// <param name="inhibitory">I cells, above zero.</param>
    /// <param name="random">Fixes every weight and drive.</param>
    /// <param name="wEE">Mean summed weight that an E cell gets from E cells, ≥ 0.</param>
    /// <param name="wEI">Mean summed inhibition of an E cell, ≥ 0.</param>
    /// <param name="wIE">Mean summed excitation of an I cell, ≥ 0.</param>
    /// <param name="wII">Mean summed inhibition of an I cell, ≥ 0.</param>
    /// <param name="density">Probability of a connection, above 0, at most 1.</param>
    /// <remarks>A connection is there with the given probability and then uniform between 0 and twice its mean.</remarks>
    public static FiringRateNetwork RandomDale(
        int excitatory, int inhibitory, Philox random,
        double wEE = 0.5, double wEI = 1.0, double wIE = 1.0, double wII = 0.5, double density = 0.5)
    {
        Require.Positive(excitatory);
        Require.Positive(inhibitory);
        Require.NotNegative(wEE);
        Require.NotNegative(wEI);
        Require.NotNegative(wIE);
        Require.NotNegative(wII);
        Require.InRange(density, double.Epsilon, 1.0);

        int n = excitatory + inhibitory;
        var w = new double[n, n];
        Philox present = random, size = random.Substream(random.Stream + 1), drives = random.Substream(random.Stream + 2);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                ulong index = (ulong)((long)i * n + j);
                if (present.Uniform(index) >= density) continue;
                bool toE = i < excitatory, fromE = j < excitatory;
                double sum = toE ? (fromE ? wEE : -wEI) : (fromE ? wIE : -wII);
                w[i, j] = 2.0 * size.Uniform(index) * sum / (density * (fromE ? excitatory : inhibitory));
            }
        double[] drive = [.. Enumerable.Range(0, n).Select(i => 0.5 + drives.Uniform((ulong)i))];
        return new FiringRateNetwork(w, drive, Activation.Relu)
            .WithLabels(Names(excitatory, inhibitory)).WithTypes(Types(excitatory, inhibitory));
    }

    internal static string[] Names(int excitatory, int inhibitory) =>
        [.. Named("E", excitatory), .. Named("I", inhibitory)];

    internal static NeuronType[] Types(int excitatory, int inhibitory) =>
        [.. Enumerable.Repeat(NeuronType.Excitatory, excitatory), .. Enumerable.Repeat(NeuronType.Inhibitory, inhibitory)];

    private static IEnumerable<string> Named(string letter, int count) =>
        count == 1 ? [letter] : Enumerable.Range(1, count).Select(k => $"{letter}{k}");
}
