using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>How many synapses a neuron may have so that a plastic network contracts, whatever the sign of its plasticity.</summary>
/// <param name="Alpha">α, leak of the neurons, above zero, 1/time.</param>
/// <param name="Gamma">γ, decay of the synapses, above zero, 1/time.</param>
/// <param name="K">k, size of the learning rate, above zero, 1/time.</param>
/// <param name="Slope">g, the steepest slope of φ, above zero.</param>
/// <param name="Bound">r, the largest size of φ, above zero.</param>
/// <remarks>
/// x_i' = −α x_i + Σ over p synapses of W_ij φ(x_j) + u_i, W_ij' = −γ W_ij ± k φ(x_i) φ(x_j), |W_ij| ≤ k r²/γ. In the norm
/// max(|δx|∞, |δW|∞/η) the rows of the Jacobian give −α + p k r² g/γ + p r η and −γ + 2 k g r/η; with η near 2 k g r/γ both are below zero if
/// α γ &gt; 3 p k g r². Idea: Kozachkov et al., PLoS Comput. Biol. 16:e1007659 (2020); these constants are derived here.
/// </remarks>
public sealed record SparsityBound(double Alpha, double Gamma, double K, double Slope, double Bound)
{
    /// <summary>α, leak of the neurons, above zero, 1/time.</summary>
    public double Alpha { get; } = Require.Positive(Alpha, nameof(Alpha));

    /// <summary>γ, decay of the synapses, above zero, 1/time.</summary>
    public double Gamma { get; } = Require.Positive(Gamma, nameof(Gamma));

    /// <summary>k, size of the learning rate, above zero, 1/time.</summary>
    public double K { get; } = Require.Positive(K, nameof(K));

    /// <summary>g, the steepest slope of φ, above zero.</summary>
    public double Slope { get; } = Require.Positive(Slope, nameof(Slope));

    /// <summary>r, the largest size of φ, above zero.</summary>
    public double Bound { get; } = Require.Positive(Bound, nameof(Bound));

    /// <summary>The largest weight that the plasticity can hold, k r²/γ.</summary>
    public double LargestWeight => K * Bound * Bound / Gamma;

    /// <summary>The largest number of synapses per neuron that is certified; 0 if not even one.</summary>
    public int LargestInDegree
    {
        get
        {
            double degree = Alpha * Gamma / (3.0 * K * Slope * Bound * Bound);
            return (int)Math.Min(int.MaxValue, Math.Max(0.0, Math.Ceiling(degree) - 1.0));      // strictly below
        }
    }

    /// <summary>The best rate that the norm certifies, over η: above zero exactly up to <see cref="LargestInDegree"/>.</summary>
    /// <param name="inDegree">p, synapses per neuron, zero or above.</param>
    /// <returns>1/time.</returns>
    public double Rate(int inDegree)
    {
        Require.NotNegative(inDegree);
        // neurons: a − b η, synapses: γ − c/η; the first falls and the second rises, so the best η makes them equal
        double a = Alpha - inDegree * LargestWeight * Slope, b = inDegree * Bound, c = 2.0 * K * Slope * Bound;
        if (inDegree == 0) return Math.Min(Alpha, Gamma);
        double gap = a - Gamma, eta = (gap + Math.Sqrt(gap * gap + 4.0 * b * c)) / (2.0 * b);
        return a - b * eta;
    }

    /// <summary>Which synapses exist if every neuron takes a given number from others at random.</summary>
    /// <param name="count">n, neurons, at least 1.</param>
    /// <param name="inDegree">p, from 0 to n; a neuron may choose itself.</param>
    /// <param name="random">The stream of the choices.</param>
    /// <returns>n × n, row = postsynaptic.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The in-degree is above n.</exception>
    public static bool[,] RandomSynapses(int count, int inDegree, Philox random)
    {
        Require.Positive(count);
        Require.InRange(inDegree, 0, count);
        var exists = new bool[count, count];
        for (int i = 0; i < count; i++)
            foreach (int j in random.Choose((ulong)i, inDegree, count)) exists[i, j] = true;
        return exists;
    }

    /// <summary>
    /// How far two runs of a sparse Hebbian tanh network end from each other that start apart and get the same input: 40 neurons, α = γ = 1,
    /// k = 0.3, u_i = 0.3 sin(f_i t + φ_i) with f from 0.3 to 3, starts x ~ N(0, 1) and W even within ±k/γ, steps of 0.01.
    /// </summary>
    /// <param name="inDegree">p, from 0 to 40.</param>
    /// <param name="random">The stream family of the draws.</param>
    /// <param name="duration">How long, from a step to 10 000.</param>
    /// <returns>The largest difference of an activity or a weight at the end.</returns>
    public static double Experiment(int inDegree, Philox random, double duration = 60.0)
    {
        const int n = 40;
        const double k = 0.3, dt = 0.01;
        Require.InRange(inDegree, 0, n);
        Require.InRange(duration, dt, 1e4);
        int steps = (int)Math.Round(duration / dt);
        var network = new PlasticNetwork(HebbianRule.Hebbian(k), NetworkInput.RandomSinusoids(n, (0.3, 0.3), (0.3, 3.0), random.Child(0)))
        {
            Form = NetworkForm.Hopfield,
            Activity = ActivitySource.Rate,
            Synapses = RandomSynapses(n, inDegree, random.Child(1)),
        };
        PlasticTrajectory one = Run(random.Child(2)), two = Run(random.Child(3));
        return one.AllStates().End.Zip(two.AllStates().End, (a, b) => Math.Abs(a - b)).Max();

        PlasticTrajectory Run(Philox draws)
        {
            var x = new double[n];
            draws.Normals(x);
            var W = new double[n, n];
            draws.Substream(1).Uniforms(W.AsSpan());
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) W[i, j] = network.Exists(i, j) ? k * (2.0 * W[i, j] - 1.0) : 0.0;
            return network.Simulate(x, W, dt, steps, recordEvery: steps);
        }
    }
}
