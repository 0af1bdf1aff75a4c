using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A restricted Boltzmann machine of binary units: visible neurons v and hidden units h that speak only across.</summary>
/// <remarks>
/// <code>
/// E(v, h) = − vᵀ W h − bᵀ v − cᵀ h        p(v, h) = e^(−E) / Z
/// p(h_a = 1 | v) = σ(c_a + Σ_i v_i W_ia)   p(v_i = 1 | h) = σ(b_i + Σ_a W_ia h_a)
/// F(v) = − bᵀ v − Σ_a ln(1 + e^(c_a + Σ_i v_i W_ia))        ln p(v) = − F(v) − ln Z
/// </code>
/// Units: energies and all parameters in k_B T. Parameters are single precision; likelihoods are summed in double. Immutable.
/// Source: Béreux et al., arXiv:2603.11032 (2026); Smolensky (1986); Hinton, Neural Computation 14:1771 (2002).
/// </remarks>
public sealed class BernoulliRbm
{
    private const int Chunk = 256;

    private readonly float[] weights, visibleFields, hiddenFields;

    /// <summary>A machine with the given parameters.</summary>
    /// <param name="weights">W, visible × hidden, finite.</param>
    /// <param name="visibleFields">b, one a visible unit, finite.</param>
    /// <param name="hiddenFields">c, one a hidden unit, finite.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a layer is empty, or a number is not finite.</exception>
    public BernoulliRbm(double[,] weights, ReadOnlySpan<double> visibleFields, ReadOnlySpan<double> hiddenFields)
    {
        Require.Finite(weights);
        Require.Finite(visibleFields);
        Require.Finite(hiddenFields);
        if (weights.Length == 0)
            throw new ArgumentException(
                $"weights is {weights.GetLength(0)} × {weights.GetLength(1)}: expected at least one visible and one hidden unit.", nameof(weights));
        Require.Length(weights.GetLength(0), visibleFields.Length, nameof(visibleFields), "row of weights");
        Require.Length(weights.GetLength(1), hiddenFields.Length, nameof(hiddenFields), "column of weights");
        this.weights = Single(weights.AsSpan());
        this.visibleFields = Single(visibleFields);
        this.hiddenFields = Single(hiddenFields);
    }

    /// <summary>Takes over parameters that fit.</summary>
    internal BernoulliRbm(float[] weights, float[] visibleFields, float[] hiddenFields) =>
        (this.weights, this.visibleFields, this.hiddenFields) = (weights, visibleFields, hiddenFields);

    /// <summary>Number of visible units, N.</summary>
    public int Visible => visibleFields.Length;

    /// <summary>Number of hidden units, N_h.</summary>
    public int Hidden => hiddenFields.Length;

    /// <summary>W, visible × hidden, row after row.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>b, one a visible unit.</summary>
    public ReadOnlySpan<float> VisibleFields => visibleFields;

    /// <summary>c, one a hidden unit.</summary>
    public ReadOnlySpan<float> HiddenFields => hiddenFields;

    /// <summary>A machine that knows the rates and nothing else, with small random weights to start learning from.</summary>
    /// <param name="rates">Fraction of bins in which each neuron is active; b is its logit, held within [10⁻⁴, 1 − 10⁻⁴].</param>
    /// <param name="hidden">Number of hidden units, above zero.</param>
    /// <param name="weightScale">Standard deviation of the initial weights, zero or above.</param>
    /// <param name="random">The stream of the weights.</param>
    /// <exception cref="ArgumentException">There is no rate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside [0, 1], or another number is out of its range.</exception>
    public static BernoulliRbm FromRates(ReadOnlySpan<double> rates, int hidden, double weightScale, Philox random)
    {
        const double Clip = 1e-4;
        if (rates.IsEmpty) throw new ArgumentException("rates is empty: expected at least one neuron.", nameof(rates));
        foreach (double rate in rates) Require.InRange(rate, 0.0, 1.0, nameof(rates));
        Require.Positive(hidden);
        Require.NotNegative(weightScale);

        var weights = new float[rates.Length * hidden];
        random.Normals(weights);
        for (int i = 0; i < weights.Length; i++) weights[i] *= (float)weightScale;
        var fields = new float[rates.Length];
        for (int i = 0; i < fields.Length; i++) fields[i] = (float)Logistic.Logit(Math.Clamp(rates[i], Clip, 1.0 - Clip));
        return new BernoulliRbm(weights, fields, new float[hidden]);
    }

    /// <summary>W as a rectangular array, visible × hidden.</summary>
    public double[,] WeightMatrix()
    {
        var matrix = new double[Visible, Hidden];
        Doubles(weights, matrix.AsSpan());
        return matrix;
    }

    /// <summary>Singular values of W, the largest first: how many modes have been learnt, and how strongly.</summary>
    public double[] SingularValues() => [.. MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(WeightMatrix()).Svd(computeVectors: false).S];

    /// <summary>p(h_a = 1 | v) for each word, words × hidden.</summary>
    /// <param name="patterns">Words of <see cref="Visible"/> neurons.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    public double[,] HiddenProbabilities(BinaryPatterns patterns)
    {
        var probabilities = HiddenInputs(patterns);
        for (int t = 0; t < patterns.Count; t++)
            for (int a = 0; a < Hidden; a++)
                probabilities[t, a] = Logistic.Sigmoid(probabilities[t, a]);
        return probabilities;
    }

    /// <summary>p(v_i = 1 | h) for each hidden word, words × visible.</summary>
    /// <param name="hiddenPatterns">Words of <see cref="Hidden"/> units.</param>
    /// <exception cref="ArgumentException">The words have another number of units.</exception>
    public double[,] VisibleProbabilities(BinaryPatterns hiddenPatterns)
    {
        Require.NotNull(hiddenPatterns);
        return Transposed().HiddenProbabilities(hiddenPatterns);
    }

    /// <summary>F(v) of each word, k_B T: −ln of the weight that the word has when all hidden states are summed over.</summary>
    /// <param name="patterns">Words of <see cref="Visible"/> neurons.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    public double[] FreeEnergies(BinaryPatterns patterns)
    {
        Require.NotNull(patterns);
        BinaryPatterns.RequireUnits(patterns, Visible, nameof(patterns));
        var result = new double[patterns.Count];
        double[,] w = WeightMatrix();
        var words = new double[Chunk * Visible];
        var inputs = new double[Chunk * Hidden];
        for (int first = 0; first < result.Length; first += Chunk)
        {
            int count = Math.Min(Chunk, result.Length - first);
            patterns.CopyTo(first, count, words);
            FreeEnergies(words.AsSpan(0, count * Visible), w, inputs.AsSpan(0, count * Hidden), result.AsSpan(first, count));
        }
        return result;
    }

    /// <summary>Mean of ln p(v) over words, per neuron: nats per neuron and bin.</summary>
    /// <param name="patterns">Words of <see cref="Visible"/> neurons.</param>
    /// <param name="logZ">ln Z of this machine.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ln Z is not finite.</exception>
    public double LogLikelihood(BinaryPatterns patterns, double logZ)
    {
        Require.Finite(logZ);
        return (-FreeEnergies(patterns).Average() - logZ) / Visible;
    }

    /// <summary>The machine with its layers exchanged: hidden units seen, neurons summed over; ln Z is the same.</summary>
    public BernoulliRbm Transposed()
    {
        var turned = new float[weights.Length];
        for (int i = 0; i < Visible; i++)
            for (int a = 0; a < Hidden; a++)
                turned[a * Visible + i] = weights[i * Hidden + a];
        return new BernoulliRbm(turned, hiddenFields, visibleFields);
    }

    /// <summary>The same distribution of v with one hidden unit read the other way round, h → 1 − h.</summary>
    /// <param name="hidden">Which, from 0 to <see cref="Hidden"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <remarks>W_a → −W_a, c_a → −c_a, b → b + W_a; ln Z falls by c_a.</remarks>
    public BernoulliRbm WithHiddenFlipped(int hidden)
    {
        Require.InRange(hidden, 0, Hidden - 1);
        float[] w = [.. weights], b = [.. visibleFields], c = [.. hiddenFields];
        for (int i = 0; i < Visible; i++)
        {
            ref float link = ref w[i * Hidden + hidden];
            b[i] += link;
            link = -link;
        }
        c[hidden] = -c[hidden];
        return new BernoulliRbm(w, b, c);
    }

    /// <summary>Writes size and parameters.</summary>
    /// <param name="target">Where to; stays open.</param>
    public void Save(Stream target) => RbmFile.Write(this, target);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="source">Where from; stays open.</param>
    /// <exception cref="InvalidDataException">It is no saved machine, or it is cut short or changed.</exception>
    public static BernoulliRbm Load(Stream source) => RbmFile.Read(source);

    /// <inheritdoc/>
    public override string ToString() => $"RBM of {Visible} visible and {Hidden} hidden units";

    /// <summary>c + vW, words × hidden.</summary>
    private double[,] HiddenInputs(BinaryPatterns patterns)
    {
        Require.NotNull(patterns);
        BinaryPatterns.RequireUnits(patterns, Visible, nameof(patterns));
        var inputs = LinearAlgebra.Multiply(patterns.ToMatrix(), WeightMatrix());
        for (int t = 0; t < patterns.Count; t++)
            for (int a = 0; a < Hidden; a++)
                inputs[t, a] += hiddenFields[a];
        return inputs;
    }

    private void FreeEnergies(ReadOnlySpan<double> words, double[,] w, Span<double> inputs, Span<double> result)
    {
        LinearAlgebra.Multiply(new MatrixView<double>(words, result.Length, Visible), w, inputs);
        for (int t = 0; t < result.Length; t++)
        {
            double sum = 0.0;
            for (int i = 0; i < Visible; i++) sum += visibleFields[i] * words[t * Visible + i];
            for (int a = 0; a < Hidden; a++) sum += Logistic.Softplus(hiddenFields[a] + inputs[t * Hidden + a]);
            result[t] = -sum;
        }
    }

    private static float[] Single(ReadOnlySpan<double> values)
    {
        var single = new float[values.Length];
        for (int i = 0; i < single.Length; i++) single[i] = (float)values[i];
        return single;
    }

    private static void Doubles(ReadOnlySpan<float> values, Span<double> target)
    {
        for (int i = 0; i < values.Length; i++) target[i] = values[i];
    }
}
