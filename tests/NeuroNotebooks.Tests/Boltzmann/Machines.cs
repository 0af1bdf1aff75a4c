using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.BoltzmannTests;

/// <summary>Small machines to try things on.</summary>
internal static class Machines
{
    public static BernoulliRbm Random(int visible, int hidden, double scale, ulong seed)
    {
        var random = new Philox(seed, 77);
        var weights = new double[visible, hidden];
        double[] b = new double[visible], c = new double[hidden];
        for (int i = 0; i < visible; i++)
            for (int a = 0; a < hidden; a++)
                weights[i, a] = scale * random.Normal((ulong)(i * hidden + a));
        for (int i = 0; i < visible; i++) b[i] = -1.0 + 0.5 * random.Substream(78).Normal((ulong)i);
        for (int a = 0; a < hidden; a++) c[a] = 0.5 * random.Substream(79).Normal((ulong)a);
        return new BernoulliRbm(weights, b, c);
    }

    /// <summary>Ten neurons in two assemblies of five, each driven by a hidden unit that is on about half of the time.</summary>
    public static BernoulliRbm TwoAssemblies()
    {
        var weights = new double[10, 2];
        var fields = new double[10];
        for (int i = 0; i < 10; i++) (weights[i, i / 5], fields[i]) = (2.0, -1.5);
        return new BernoulliRbm(weights, fields, [-4.0, -4.0]);
    }

    /// <summary>Every word of n neurons, neuron 0 as the lowest bit.</summary>
    public static BinaryPatterns AllWords(int n)
    {
        var words = new double[1 << n, n];
        for (int state = 0; state < 1 << n; state++)
            for (int i = 0; i < n; i++)
                words[state, i] = (state >> i) & 1;
        return BinaryPatterns.From(words);
    }

    /// <summary>p(v) of every word, by brute force over both layers in plain arithmetic.</summary>
    public static double[] Law(BernoulliRbm machine)
    {
        double[,] w = machine.WeightMatrix();
        var weight = new double[1 << machine.Visible];
        for (int v = 0; v < weight.Length; v++)
            for (int h = 0; h < 1 << machine.Hidden; h++)
            {
                double energy = 0.0;
                for (int i = 0; i < machine.Visible; i++)
                    if (((v >> i) & 1) == 1)
                    {
                        energy -= machine.VisibleFields[i];
                        for (int a = 0; a < machine.Hidden; a++)
                            if (((h >> a) & 1) == 1)
                                energy -= w[i, a];
                    }
                for (int a = 0; a < machine.Hidden; a++)
                    if (((h >> a) & 1) == 1)
                        energy -= machine.HiddenFields[a];
                weight[v] += Math.Exp(-energy);
            }
        double z = weight.Sum();
        return [.. weight.Select(x => x / z)];
    }
}
