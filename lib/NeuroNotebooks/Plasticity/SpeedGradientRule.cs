using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>Moves the weights down the slope of V', V = ½ zᵀQz: S = −k Q z zᵀ, or its variant that agrees with the metric, S = −k z zᵀ Q.</summary>
/// <remarks>
/// In the metric Q the variant is Q^½ S Q^−½ = −k (Q^½ z)(Q^½ z)ᵀ, negative semidefinite, so μ₂ of W in that metric cannot rise; the plain
/// form promises this only if Q is a multiple of the identity.
/// </remarks>
public sealed class SpeedGradientRule : IPlasticityRule
{
    private readonly double[] q;
    private readonly double k;
    private readonly int count;

    private SpeedGradientRule(double[,] Q, double k, bool agreesWithMetric)
    {
        Require.Square(Q);
        Require.Finite(Q);
        Require.NotNegative(k);
        (count, this.k, AgreesWithMetric) = (Q.GetLength(0), k, agreesWithMetric);
        if (count == 0) throw new ArgumentException("Q is 0 × 0: expected a row per neuron.", nameof(Q));
        for (int i = 0; i < count; i++)
            for (int j = 0; j < i; j++)
                if (Q[i, j] != Q[j, i])
                    throw new ArgumentException($"Q[{i}, {j}] is {Q[i, j]}, but Q[{j}, {i}] is {Q[j, i]}: expected a symmetric matrix.", nameof(Q));
        double least = Spectrum.OfSymmetricPart(Q).Min();
        if (!(least > 0.0)) throw new ArgumentException($"Q has the eigenvalue {least:g6}: expected a positive definite matrix.", nameof(Q));
        q = [.. Q.Cast<double>()];
        IsIsotropic = Enumerable.Range(0, count * count).All(e => q[e] == (e / count == e % count ? q[0] : 0.0));
    }

    /// <summary>Whether it is the variant −k z zᵀ Q.</summary>
    public bool AgreesWithMetric { get; }

    /// <summary>Whether Q is a multiple of the identity.</summary>
    public bool IsIsotropic { get; }

    /// <inheritdoc/>
    public string Name => "speed gradient";

    /// <inheritdoc/>
    public int? Neurons => count;

    /// <inheritdoc/>
    public bool OnlyUnlearns => IsIsotropic;

    /// <summary>S = −k Q z zᵀ.</summary>
    /// <param name="Q">Symmetric positive definite, n × n.</param>
    /// <param name="k">Learning rate, zero or above, 1/time.</param>
    public static SpeedGradientRule Plain(double[,] Q, double k) => new(Q, k, agreesWithMetric: false);

    /// <summary>S = −k z zᵀ Q.</summary>
    /// <param name="Q">Symmetric positive definite, n × n.</param>
    /// <param name="k">Learning rate, zero or above, 1/time.</param>
    public static SpeedGradientRule InMetric(double[,] Q, double k) => new(Q, k, agreesWithMetric: true);

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S)
    {
        int n = RuleShapes.Check(z, W, S, Neurons);
        for (int i = 0; i < n; i++)
        {
            double qz = Vectors.Dot(q.AsSpan(i * n, n), z);
            for (int j = 0; j < n; j++)
            {
                // entry (i, j) of Q z zᵀ is (Qz)_i z_j; the variant is its transpose
                if (AgreesWithMetric) S[j * n + i] = -k * qz * z[j];
                else S[i * n + j] = -k * qz * z[j];
            }
        }
    }
}
