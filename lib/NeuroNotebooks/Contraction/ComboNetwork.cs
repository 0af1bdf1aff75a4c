using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Recurrent networks side by side, joined by a linear coupling: a network of networks.</summary>
/// <remarks>
/// <code>
/// x' = −x + W φ(x) + L x + u(t),   W = blkdiag(W_1 … W_p),   M = blkdiag(M_1 … M_p),   0 ≤ φ' ≤ 1
/// L = B − M⁻¹ Bᵀ M:   M L + Lᵀ M = 0 for every B
/// </code>
/// Whether the modules contract in their metrics is not asked here, so that a broken design can be looked at as well; <see cref="Assembly"/>
/// certifies. Time in units of the time constant. Immutable. Source: Kozachkov, Ennis, Slotine, RNNs of RNNs, NeurIPS 2022, arXiv:2106.08928.
/// </remarks>
public sealed class ComboNetwork
{
    private readonly double[,] weights, coupling;

    private ComboNetwork(double[,] weights, Metric metric, double[,] coupling, ImmutableArray<int> sizes) =>
        (this.weights, Metric, this.coupling, Sizes) = (weights, metric, coupling, sizes);

    /// <summary>Modules side by side, not connected yet.</summary>
    /// <param name="weights">W_i, square, finite; at least one.</param>
    /// <param name="metrics">M_i, one per module, each of its module's size.</param>
    public static ComboNetwork Of(IEnumerable<double[,]> weights, IEnumerable<Metric> metrics)
    {
        IReadOnlyList<double[,]> blocks = Require.Each(weights);
        IReadOnlyList<Metric> each = Require.Each(metrics);
        Require.Length(blocks.Count, each.Count, nameof(metrics), "module");
        for (int i = 0; i < blocks.Count; i++)
        {
            Require.Matrix(blocks[i], $"weights[{i}]");
            Require.Length(blocks[i].GetLength(0), each[i].Dimension, $"metrics[{i}]", "neuron of its module");
        }
        double[,] whole = Dense.Blocks(blocks);
        return new ComboNetwork(
            whole, Metric.Blocks(each), new double[whole.GetLength(0), whole.GetLength(0)], [.. blocks.Select(block => block.GetLength(0))]);
    }

    /// <summary>M, block diagonal.</summary>
    public Metric Metric { get; }

    /// <summary>Neurons in each module.</summary>
    public ImmutableArray<int> Sizes { get; }

    /// <summary>Number of neurons n.</summary>
    public int Dimension => weights.GetLength(0);

    /// <summary>W, n × n, a copy.</summary>
    public double[,] Weights => (double[,])weights.Clone();

    /// <summary>L, n × n, a copy.</summary>
    public double[,] Coupling => (double[,])coupling.Clone();

    /// <summary>W + L, n × n: everything that one neuron does to another while all slopes are 1.</summary>
    public double[,] Connections => Dense.Sum(weights, coupling);

    /// <summary>The same modules with the coupling L = B − M⁻¹ Bᵀ M, which takes no part in the measure in M.</summary>
    /// <param name="B">n × n, finite; in practice <see cref="RandomForward"/> or another strictly block lower triangular matrix.</param>
    public ComboNetwork WithFeedback(double[,] B) => WithCoupling(Combinations.FeedbackMatrix(B, Metric));

    /// <summary>The same modules with the coupling |B| + |B|ᵀ: each connection is answered in kind.</summary>
    /// <param name="B">n × n, finite.</param>
    public ComboNetwork WithMutualExcitation(double[,] B)
    {
        Require.Shape(B, Dimension, Dimension);
        return WithCoupling(Dense.Build(Dimension, Dimension, (i, j) => Math.Abs(B[i, j]) + Math.Abs(B[j, i])));
    }

    /// <summary>The same modules with a coupling as it is.</summary>
    /// <param name="L">n × n, finite.</param>
    public ComboNetwork WithCoupling(double[,] L)
    {
        Require.Shape(L, Dimension, Dimension);
        return new ComboNetwork(weights, Metric, (double[,])L.Clone(), Sizes);
    }

    /// <summary>A random B with independent normal entries from every module to every later one, and zeros elsewhere.</summary>
    /// <param name="deviation">Their standard deviation, ≥ 0, 1/time.</param>
    /// <param name="random">The numbers.</param>
    public double[,] RandomForward(double deviation, Philox random)
    {
        Require.NotNegative(deviation);
        int n = Dimension;
        int[] module = [.. Sizes.SelectMany((size, m) => Enumerable.Repeat(m, size))];
        return Dense.Build(n, n, (i, j) => module[i] > module[j] ? deviation * random.Normal((ulong)((long)i * n + j)) : 0.0);
    }

    /// <summary>The largest entry of M L + Lᵀ M over the largest of M L: rounding for a coupling that cancels, 0 without coupling.</summary>
    public double Imbalance
    {
        get
        {
            double[,] product = Dense.Product(Metric.ToMatrix(), coupling);
            double size = Dense.LargestEntry(product);
            return size > 0.0 ? Dense.LargestEntry(Dense.Sum(product, Dense.Transpose(product))) / size : 0.0;
        }
    }

    /// <summary>All Jacobians −I + W D + L, slopes from 0 to 1.</summary>
    public JacobianFamily Family => JacobianFamily.Network(weights).WithCoupling(coupling);

    /// <summary>The equation of motion.</summary>
    /// <param name="activation">φ.</param>
    /// <param name="input">u at a time, for the neuron of a number.</param>
    public VectorField Motion(Func<double, double> activation, Func<double, int, double> input)
    {
        Require.NotNull(activation);
        Require.NotNull(input);
        return (t, x, dxdt) =>
        {
            Require.Length(Dimension, x.Length, nameof(x), "neuron");
            var rates = new double[x.Length];
            for (int i = 0; i < rates.Length; i++) rates[i] = activation(x[i]);
            for (int i = 0; i < rates.Length; i++)
                dxdt[i] = input(t, i) - x[i]
                    + Vectors.Dot<double>(weights.AsSpan().Slice(i * rates.Length, rates.Length), rates)
                    + Vectors.Dot(coupling.AsSpan().Slice(i * rates.Length, rates.Length), x);
        };
    }

    /// <summary>What is trained in a network of equal modules whose own weights are fixed and whose pairs are all coupled.</summary>
    /// <param name="modules">p, above zero.</param>
    /// <param name="units">m, neurons in each, above zero.</param>
    /// <param name="inputs">k, channels of the input, above zero.</param>
    /// <param name="classes">c, above zero.</param>
    /// <returns>p (p − 1)/2 · m² of B, p m (k + 1) of the input matrix and the bias, c (p m + 1) of the readout.</returns>
    public static long TrainableParameters(int modules, int units, int inputs = 1, int classes = 10)
    {
        Require.Positive(modules);
        Require.Positive(units);
        Require.Positive(inputs);
        Require.Positive(classes);
        long p = modules, m = units, n = p * m;
        return p * (p - 1) / 2 * m * m + n * (inputs + 1L) + classes * (n + 1);
    }
}
