using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>
/// The pairwise maximum-entropy model of binary words: spins s = 2 v − 1 with fields and couplings, p ∝ exp(Σ h_i s_i + Σ_{i&lt;j} J_ij
/// s_i s_j).
/// </summary>
/// <remarks>Units: k_B T. Source: Schneidman, Berry, Segev, Bialek, Nature 440:1007 (2006).</remarks>
public sealed partial class PairwiseIsing
{
    /// <summary>The most neurons whose states are enumerated.</summary>
    public const int LargestEnumeration = 20;

    private readonly double[,] couplings;
    private readonly double[] fields;

    /// <summary>A model with the given parameters.</summary>
    /// <param name="couplings">J, neurons × neurons, symmetric, finite, zero on the diagonal.</param>
    /// <param name="fields">h, one a neuron, finite.</param>
    /// <exception cref="ArgumentException">
    /// The shapes do not fit, J is not symmetric or its diagonal not zero, or a number is not finite.
    /// </exception>
    public PairwiseIsing(double[,] couplings, ReadOnlySpan<double> fields)
    {
        Require.Square(couplings);
        Require.Finite(couplings);
        Require.Finite(fields);
        Require.Length(couplings.GetLength(0), fields.Length, nameof(fields), "row of couplings");
        if (fields.IsEmpty) throw new ArgumentException("fields is empty: expected at least one neuron.", nameof(fields));
        for (int i = 0; i < fields.Length; i++)
            for (int j = 0; j <= i; j++)
                if (couplings[i, j] != couplings[j, i] || (i == j && couplings[i, i] != 0.0))
                    throw new ArgumentException(
                        $"couplings[{i}, {j}] is {couplings[i, j]} and couplings[{j}, {i}] is {couplings[j, i]}: "
                        + "expected a symmetric matrix with a zero diagonal.",
                        nameof(couplings));
        this.couplings = (double[,])couplings.Clone();
        this.fields = fields.ToArray();
    }

    /// <summary>Number of neurons.</summary>
    public int Units => fields.Length;

    /// <summary>J, neurons × neurons, k_B T.</summary>
    public double[,] Couplings => (double[,])couplings.Clone();

    /// <summary>h, one a neuron, k_B T.</summary>
    public ReadOnlySpan<double> Fields => fields;

    /// <summary>−ln of the unnormalised weight of each word, k_B T.</summary>
    /// <param name="patterns">Words of as many neurons.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    public double[] Energies(BinaryPatterns patterns)
    {
        Require.NotNull(patterns);
        BinaryPatterns.RequireUnits(patterns, Units, nameof(patterns));
        var energies = new double[patterns.Count];
        var spins = new double[Units];
        for (int t = 0; t < energies.Length; t++)
        {
            var word = patterns[t];
            for (int i = 0; i < Units; i++) spins[i] = 2.0 * word[i] - 1.0;
            energies[t] = Energy(spins);
        }
        return energies;
    }

    /// <summary>ln Z exactly, over all states.</summary>
    /// <exception cref="InvalidOperationException">There are more than <see cref="LargestEnumeration"/> neurons.</exception>
    public double LogZ()
    {
        if (Units > LargestEnumeration)
            throw new InvalidOperationException($"The model has {Units} neurons: at most {LargestEnumeration} can be enumerated.");
        var spins = new double[Units];
        var exponents = new double[1 << Units];
        for (int state = 0; state < exponents.Length; state++)
        {
            for (int i = 0; i < Units; i++) spins[i] = ((state >> i) & 1) == 0 ? -1.0 : 1.0;
            exponents[state] = -Energy(spins);
        }
        double top = exponents.Max();
        return top + Math.Log(exponents.Sum(x => Math.Exp(x - top)));
    }

    /// <summary>Mean of ln p over words, per neuron: nats per neuron and bin.</summary>
    /// <param name="patterns">Words of as many neurons.</param>
    /// <param name="logZ">ln Z of this model.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ln Z is not finite.</exception>
    public double LogLikelihood(BinaryPatterns patterns, double logZ)
    {
        Require.Finite(logZ);
        return (-Energies(patterns).Average() - logZ) / Units;
    }

    /// <summary>Words drawn by Glauber dynamics: in each sweep every neuron once, given all others.</summary>
    /// <param name="chains">Chains side by side, above zero.</param>
    /// <param name="burnIn">Sweeps before the first word is taken, zero or above.</param>
    /// <param name="times">Words taken of each chain, above zero.</param>
    /// <param name="every">Sweeps between two of them, above zero.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>chains · times words, those of all chains at one time after those of the time before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BinaryPatterns Sample(int chains, int burnIn, int times, int every, Philox random)
    {
        Require.Positive(chains);
        Require.NotNegative(burnIn);
        Require.Positive(times);
        Require.Positive(every);
        var states = new byte[chains * times * Units];
        Parallel.For(0, chains, n =>
        {
            var dynamics = new GlauberChain(couplings, fields, random.Child((ulong)n));
            dynamics.Sweep(burnIn);
            for (int k = 0; k < times; k++)
            {
                dynamics.Sweep(every);
                dynamics.Word(states.AsSpan((k * chains + n) * Units, Units));
            }
        });
        return new BinaryPatterns(states, Units);
    }

    /// <summary>The model under which the conditional probabilities p(s_i | the others) make the words likeliest.</summary>
    /// <param name="data">Words; no neuron may be constant.</param>
    /// <param name="l2">Weight of the penalty l2 Σ_{i&lt;j} J_ij² beside the mean log-pseudo-likelihood, zero or above.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <exception cref="ArgumentException">A neuron never or always fires.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is negative or not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>
    /// Consistent, and far cheaper than the likelihood: no ln Z. Fields and symmetric couplings are fitted together by L-BFGS.
    /// Source: Besag (1975); Ravikumar, Wainwright, Lafferty, Ann. Stat. 38:1287 (2010); Aurell and Ekeberg, PRL 108:090201 (2012).
    /// </remarks>
    public static PairwiseIsing FitPseudoLikelihood(BinaryPatterns data, double l2 = 1e-4, CancellationToken cancellation = default)
    {
        Require.NotNull(data);
        Require.NotNegative(l2);
        RatesOfVarying(data);
        return new PseudoLikelihood(data, l2).Fit(cancellation);
    }

    private double Energy(double[] spins)
    {
        double sum = 0.0;
        for (int i = 0; i < spins.Length; i++)
        {
            double field = fields[i];
            for (int j = 0; j < i; j++) field += couplings[i, j] * spins[j];
            sum -= field * spins[i];
        }
        return sum;
    }
}
