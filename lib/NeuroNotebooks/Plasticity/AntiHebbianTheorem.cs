using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>What anti-Hebbian plasticity guarantees for one linear network: it contracts, at the latest from a stated time on.</summary>
/// <param name="Alpha">α, leak of the neurons, 1/time.</param>
/// <param name="Gamma">γ, decay of the synapses, 1/time.</param>
/// <param name="StartAbscissa">The largest eigenvalue of the symmetric part of W(0).</param>
/// <remarks>
/// x' = −α x + W x + u, W' = −γ W − K∘xxᵀ, K symmetric, above zero, positive semidefinite. The antisymmetric part of W decays like
/// exp(−γ t), the largest eigenvalue of the symmetric part S at least as fast while above zero. On symmetric weights V = ½|δx|² + ¼ Σ δW_ij²/K_ij
/// falls at V' = δxᵀ(−α I + S)δx − γ/2 Σ δW_ij²/K_ij, since the terms that couple neurons and synapses cancel: rate min(α − λ(S), γ). The
/// antisymmetric part drives the rest from above. Statement: Kozachkov, Lundqvist, Slotine, Miller, PLoS Comput. Biol. 16:e1007659 (2020), as
/// far as its abstract goes; the proof and the constants are derived here.
/// </remarks>
public sealed record AntiHebbianTheorem(double Alpha, double Gamma, double StartAbscissa)
{
    /// <summary>t* = ln(λ(S₀)/α)/γ: from here on the neurons contract; 0 if they do at once.</summary>
    public double GuaranteedTime => StartAbscissa <= Alpha ? 0.0 : Math.Log(StartAbscissa / Alpha) / Gamma;

    /// <summary>The theorem for a network and its weights at the start.</summary>
    /// <param name="network">Linear neurons, an anti-Hebbian rule on the states, all synapses.</param>
    /// <param name="W">Weights at t = 0, n × n, finite.</param>
    /// <exception cref="ArgumentException">The theorem does not speak of this network; the message says why.</exception>
    public static AntiHebbianTheorem Of(PlasticNetwork network, double[,] W)
    {
        Require.NotNull(network);
        Require.Shape(W, network.Count, network.Count);
        string? reason = network.Rule is not HebbianRule { Grows: false } ? $"its rule is {network.Rule.Name}, not anti-Hebbian"
            : network.Form != NetworkForm.Linear ? $"its neurons are of form {network.Form}, not linear"
            : network.Activity != ActivitySource.State ? $"its rule looks at the {network.Activity}, not at the state"
            : !network.IsDense ? "some of its synapses do not exist"
            : null;
        if (reason is not null) throw new ArgumentException($"The theorem does not hold for network: {reason}.", nameof(network));
        return new AntiHebbianTheorem(network.Alpha, network.Gamma, Spectrum.OfSymmetricPart(W)[^1]);
    }

    /// <summary>The bound on the largest eigenvalue of the symmetric part, λ(S₀) exp(−γ t), or 0 from a start below it.</summary>
    /// <param name="t">Time, zero or above.</param>
    public double AbscissaBound(double t)
    {
        Require.NotNegative(t);
        return Math.Max(0.0, StartAbscissa) * Math.Exp(-Gamma * t);
    }

    /// <summary>The rate guaranteed at a time, min(α − bound, γ): zero or below certifies nothing, 1/time.</summary>
    /// <param name="t">Time, zero or above.</param>
    public double Rate(double t) => Math.Min(Alpha - AbscissaBound(t), Gamma);

    /// <summary>The coupling terms of V': δxᵀδW x − ½ Σ δW_ij (δx_i x_j + x_i δx_j), zero for symmetric δW.</summary>
    /// <param name="displacement">δx, n, finite.</param>
    /// <param name="weights">δW, n × n, finite.</param>
    /// <param name="x">x, n, finite.</param>
    public static double CouplingTerms(ReadOnlySpan<double> displacement, double[,] weights, ReadOnlySpan<double> x)
    {
        int n = x.Length;
        Require.Length(n, displacement.Length, nameof(displacement), "neuron");
        Require.Shape(weights, n, n);
        Require.Finite(x);
        Require.Finite(displacement);
        double sum = 0.0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                sum += weights[i, j] * (displacement[i] * x[j] - 0.5 * (displacement[i] * x[j] + x[i] * displacement[j]));
        return sum;
    }

    /// <summary>
    /// The metric of the whole system, ε² (|δx|² + ½ Σ δS_ij²/K_ij) + ½ Σ δA_ij² for weights with the symmetric part S and the antisymmetric A:
    /// A drives the rest with gain |x|, so that the rate is at least that of <see cref="Combinations.HierarchyRate"/>.
    /// </summary>
    /// <param name="rule">The anti-Hebbian rule.</param>
    /// <param name="neurons">n, at least 1.</param>
    /// <param name="epsilon">ε, from 10⁻⁶ to 10⁶; the smaller, the nearer to the rate of the parts, and the worse conditioned the metric.</param>
    /// <returns>Of n + n² dimensions, ordered as <see cref="PlasticFlow"/> orders the states.</returns>
    public static Metric JointMetric(HebbianRule rule, int neurons, double epsilon)
    {
        Require.NotNull(rule);
        Require.Positive(neurons);
        Require.Length(rule.Neurons ?? neurons, neurons, nameof(neurons), "neuron of the rule");
        Require.InRange(epsilon, 1e-6, 1e6);
        int n = neurons;
        double square = epsilon * epsilon;
        double[,] M = Dense.Identity(n + n * n);
        for (int i = 0; i < n; i++)
        {
            M[i, i] = square;
            for (int j = 0; j < n; j++)
            {
                int here = n + i * n + j, there = n + j * n + i;
                double symmetric = square / rule.RateOf(i, j);
                M[here, here] = i == j ? 0.5 * symmetric : 0.25 * (symmetric + 1.0);
                if (i != j) M[here, there] = 0.25 * (symmetric - 1.0);
            }
        }
        return Metric.Of(M);
    }

    /// <summary>
    /// The Jacobian of neurons and symmetric weights in the coordinates of V, in which the coupling blocks are each other's negative transpose.
    /// </summary>
    /// <param name="rule">The anti-Hebbian rule.</param>
    /// <param name="x">Activity, n, finite.</param>
    /// <param name="S">Symmetric part of the weights, n × n, finite.</param>
    /// <returns>n + n(n + 1)/2 rows: neurons, then S_ij/√K_ij for i &lt; j and S_ii/√(2 K_ii), row after row; 1/time.</returns>
    /// <exception cref="ArgumentException">The rule makes synapses grow, or a shape does not fit.</exception>
    public double[,] SymmetricJacobian(HebbianRule rule, ReadOnlySpan<double> x, double[,] S)
    {
        Require.NotNull(rule);
        if (rule.Grows) throw new ArgumentException("rule is Hebbian: expected an anti-Hebbian one.", nameof(rule));
        int n = x.Length;
        if (n == 0) throw new ArgumentException("x is empty: expected at least one neuron.", nameof(x));
        Require.Shape(S, n, n);
        Require.Finite(x);
        Require.Length(rule.Neurons ?? n, n, nameof(x), "neuron of the rule");
        int size = n + n * (n + 1) / 2, at = n;
        var jacobian = new double[size, size];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) jacobian[i, j] = 0.5 * (S[i, j] + S[j, i]) - (i == j ? Alpha : 0.0);
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++, at++)
            {
                double root = Math.Sqrt((i == j ? 2.0 : 1.0) * rule.RateOf(i, j));
                jacobian[at, at] = -Gamma;
                // x_i' holds S_ij x_j = root s x_j; S_ij' holds −K_ij x_i x_j
                Couple(i, root * x[j]);
                if (i != j) Couple(j, root * x[i]);
            }
        return jacobian;

        void Couple(int neuron, double pull)
        {
            jacobian[neuron, at] += pull;
            jacobian[at, neuron] -= pull;
        }
    }
}
