using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>
/// The interactions between neurons that a machine stands for: the coefficients of −F as a function of spins s = 2 v − 1.
/// </summary>
/// <remarks>
/// <code>
/// J_S = 2^(−n) Σ_{ε ∈ {±1}^S} Π ε · Σ_a E_x ln(1 + e^(θ_a + Σ_{i∈S} ε_i ζ_ia + x_a))
/// ζ = W / 2,   θ_a = c_a + Σ_i ζ_ia,   x_a = Σ_{k∉S} ζ_ka s_k with fair coins s_k, taken as normal of variance Σ_{k∉S} ζ_ka²
/// </code>
/// In this (zero-sum) gauge a purely pairwise model gives back its own J. The normal approximation is the central limit over the
/// neurons outside S: a hidden unit that few of them feed is off by more. Given reference rates p, the other neurons are drawn at those
/// instead of by fair coins: x_a has the mean Σ ζ_ka (2 p_k − 1) and the variance Σ ζ_ka² 4 p_k (1 − p_k). Units: k_B T.
/// Source: Decelle, Navas Gómez, Seoane, PRL 135:207301 (2025), arXiv:2501.06108; the quadrature is ours (41 Gauss-Hermite nodes).
/// </remarks>
public sealed class EffectiveCouplings
{
    private const int Nodes = 41;
    private const int LeastContributors = 10;

    private readonly double[,] zeta;
    private readonly double[] theta, halfFields, variance, magnetisation;
    private readonly (ImmutableArray<double> Points, ImmutableArray<double> Weights) normal = NormalQuadrature.Rule(Nodes);
    private readonly int visible, hidden;

    /// <summary>Prepares a machine for reading.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="allowFewContributors">
    /// Whether to read hidden units to which fewer than 10 weights lead, where the approximation is poor.
    /// </param>
    /// <param name="referenceRates">Rates of the neurons outside the pair or triplet, one a visible unit; fair coins if left out.</param>
    /// <exception cref="ArgumentException">
    /// Fewer than 10 weights lead to a hidden unit that has any, and that is not allowed; or the rates have another length.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside [0, 1].</exception>
    public EffectiveCouplings(BernoulliRbm machine, bool allowFewContributors = false, ReadOnlySpan<double> referenceRates = default)
    {
        Require.NotNull(machine);
        (visible, hidden) = (machine.Visible, machine.Hidden);
        magnetisation = Magnetisation(referenceRates, visible);
        zeta = machine.WeightMatrix();
        theta = new double[hidden];
        variance = new double[hidden];
        halfFields = new double[visible];
        for (int i = 0; i < visible; i++) halfFields[i] = 0.5 * machine.VisibleFields[i];
        for (int a = 0; a < hidden; a++) theta[a] = machine.HiddenFields[a];
        for (int i = 0; i < visible; i++)
            for (int a = 0; a < hidden; a++)
            {
                zeta[i, a] *= 0.5;
                theta[a] += zeta[i, a] * (1.0 + magnetisation[i]);
                variance[a] += Spread(i, a);
            }
        if (!allowFewContributors) RequireContributors();
    }

    /// <summary>H_i, the field on each neuron, k_B T.</summary>
    public double[] Fields()
    {
        var fields = new double[visible];
        for (int i = 0; i < visible; i++) fields[i] = halfFields[i] + Coefficient([i]);
        return fields;
    }

    /// <summary>J_ij, the coupling of two neurons, k_B T.</summary>
    /// <param name="i">One neuron.</param>
    /// <param name="j">Another.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    /// <exception cref="ArgumentException">The neurons are the same.</exception>
    public double Pair(int i, int j) => Coefficient(Checked([i, j], nameof(j)));

    /// <summary>J_ijk, the coupling of three neurons, k_B T.</summary>
    /// <param name="i">One neuron.</param>
    /// <param name="j">Another.</param>
    /// <param name="k">A third.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    /// <exception cref="ArgumentException">Two of the neurons are the same.</exception>
    public double Triplet(int i, int j, int k) => Coefficient(Checked([i, j, k], nameof(k)));

    /// <summary>J_ij of all pairs, neurons × neurons, symmetric, zero on the diagonal, k_B T.</summary>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <remarks>N² / 2 pairs of 4 · N_h · 41 logarithms; for more than a few hundred neurons see <see cref="FastPairs"/>.</remarks>
    public double[,] Pairs(CancellationToken cancellation = default)
    {
        var couplings = new double[visible, visible];
        Parallel.For(0, visible, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            for (int j = i + 1; j < visible; j++) couplings[i, j] = couplings[j, i] = Coefficient([i, j]);
        });
        return couplings;
    }

    /// <summary>
    /// J_ij of all pairs to first order in ζ: one matrix product, ζ diag(m) ζᵀ with m_a = E σ'(θ_a + x_a); zero on the diagonal, k_B T.
    /// </summary>
    public double[,] FastPairs()
    {
        var scaled = (double[,])zeta.Clone();
        for (int a = 0; a < hidden; a++)
        {
            double slope = MeanSlope(theta[a], Math.Sqrt(variance[a]));
            for (int i = 0; i < visible; i++) scaled[i, a] *= slope;
        }
        var couplings = new double[visible, visible];
        LinearAlgebra.Multiply(scaled, new MatrixView<double>(zeta).Transposed, couplings.AsSpan());
        for (int i = 0; i < visible; i++) couplings[i, i] = 0.0;
        return couplings;
    }

    /// <summary>All triplets from strongest to weakest, by size.</summary>
    /// <param name="cancellation">Stops between two neurons.</param>
    /// <remarks>N (N − 1) (N − 2) / 6 triplets of 8 · N_h · 41 logarithms.</remarks>
    public IReadOnlyList<(int I, int J, int K, double Coupling)> RankedTriplets(CancellationToken cancellation = default)
    {
        var byFirst = new List<(int I, int J, int K, double Coupling)>[visible];
        Parallel.For(0, visible, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var found = byFirst[i] = [];
            for (int j = i + 1; j < visible; j++)
                for (int k = j + 1; k < visible; k++)
                    found.Add((i, j, k, Coefficient([i, j, k])));
        });
        return [.. byFirst.SelectMany(found => found).OrderByDescending(t => Math.Abs(t.Coupling)).ThenBy(t => (t.I, t.J, t.K))];
    }

    /// <summary>
    /// Couplings about silence instead of about fair coins, exact: Σ_a [sp(c + W_i + W_j) − sp(c + W_i) − sp(c + W_j) + sp(c)].
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <returns>Neurons × neurons, symmetric, zero on the diagonal, k_B T; four times J of a purely pairwise model.</returns>
    public static double[,] LatticeGasPairs(BernoulliRbm machine)
    {
        Require.NotNull(machine);
        int n = machine.Visible;
        double[,] w = machine.WeightMatrix();
        var alone = new double[n, machine.Hidden];
        for (int i = 0; i < n; i++)
            for (int a = 0; a < machine.Hidden; a++)
                alone[i, a] = Logistic.Softplus(machine.HiddenFields[a] + w[i, a]);
        var couplings = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
            {
                double sum = 0.0;
                for (int a = 0; a < machine.Hidden; a++)
                {
                    double c = machine.HiddenFields[a];
                    sum += Logistic.Softplus(c + w[i, a] + w[j, a]) - alone[i, a] - alone[j, a] + Logistic.Softplus(c);
                }
                couplings[i, j] = couplings[j, i] = sum;
            }
        return couplings;
    }

    /// <summary>
    /// Takes out what a pair owes to the strength of its two neurons: J_ij − J̄_i J̄_j / J̄, the average-product correction.
    /// </summary>
    /// <param name="couplings">Neurons × neurons, symmetric, at least 2.</param>
    /// <exception cref="ArgumentException">
    /// The matrix is not square, holds a number that is not finite, or is smaller than 2 × 2.
    /// </exception>
    public static double[,] AverageProductCorrected(double[,] couplings)
    {
        Require.Square(couplings);
        Require.Finite(couplings);
        int n = couplings.GetLength(0);
        if (n < 2) throw new ArgumentException($"couplings is {n} × {n}: expected at least 2 neurons.", nameof(couplings));
        var means = new double[n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (i != j) means[i] += couplings[i, j] / (n - 1);
        double mean = means.Average();
        var corrected = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (i != j) corrected[i, j] = couplings[i, j] - (mean == 0.0 ? 0.0 : means[i] * means[j] / mean);
        return corrected;
    }

    private double Coefficient(ReadOnlySpan<int> set)
    {
        double sum = 0.0;
        for (int a = 0; a < hidden; a++)
        {
            double spread = variance[a], middle = theta[a];
            foreach (int i in set)
            {
                spread -= Spread(i, a);
                middle -= zeta[i, a] * magnetisation[i];
            }
            spread = Math.Sqrt(Math.Max(0.0, spread));
            for (int signs = 0; signs < 1 << set.Length; signs++)
            {
                double centre = middle, product = 1.0;
                for (int bit = 0; bit < set.Length; bit++)
                {
                    double sign = ((signs >> bit) & 1) == 0 ? 1.0 : -1.0;
                    centre += sign * zeta[set[bit], a];
                    product *= sign;
                }
                sum += product * MeanSoftplus(centre, spread);
            }
        }
        return sum / (1 << set.Length);
    }

    /// <summary>What a neuron outside the set adds to the variance of a hidden unit's input.</summary>
    private double Spread(int i, int a) => zeta[i, a] * zeta[i, a] * (1.0 - magnetisation[i] * magnetisation[i]);

    private static double[] Magnetisation(ReadOnlySpan<double> referenceRates, int visible)
    {
        if (referenceRates.IsEmpty) return new double[visible];
        Require.Length(visible, referenceRates.Length, nameof(referenceRates), "visible unit");
        var means = new double[visible];
        for (int i = 0; i < visible; i++)
        {
            Require.InRange(referenceRates[i], 0.0, 1.0, nameof(referenceRates));
            means[i] = 2.0 * referenceRates[i] - 1.0;
        }
        return means;
    }

    private double MeanSoftplus(double centre, double spread)
    {
        double sum = 0.0;
        for (int q = 0; q < Nodes; q++) sum += normal.Weights[q] * Logistic.Softplus(centre + spread * normal.Points[q]);
        return sum;
    }

    private double MeanSlope(double centre, double spread)
    {
        double sum = 0.0;
        for (int q = 0; q < Nodes; q++)
        {
            double p = Logistic.Sigmoid(centre + spread * normal.Points[q]);
            sum += normal.Weights[q] * p * (1.0 - p);
        }
        return sum;
    }

    private int[] Checked(int[] set, string name)
    {
        foreach (int i in set) Require.InRange(i, 0, visible - 1);
        if (set.Distinct().Count() < set.Length)
            throw new ArgumentException($"The neurons {string.Join(", ", set)} are not all different: expected different ones.", name);
        return set;
    }

    private void RequireContributors()
    {
        for (int a = 0; a < hidden; a++)
        {
            int contributors = Enumerable.Range(0, visible).Count(i => zeta[i, a] != 0.0);
            if (contributors is > 0 and < LeastContributors)
                throw new ArgumentException(
                    $"machine has a hidden unit ({a}) with {contributors} weights: "
                    + $"the normal approximation needs at least {LeastContributors}. "
                    + "Allow it with allowFewContributors, or enumerate.", "machine");
        }
    }
}
