namespace NeuroNotebooks.Plasticity;

/// <summary>The S(t, W) of a matrix flow W' = −γ W + S.</summary>
/// <param name="t">Time.</param>
/// <param name="W">The matrix, n · n, row after row.</param>
/// <param name="S">Receives S, n · n, row after row.</param>
public delegate void MatrixSource(double t, ReadOnlySpan<double> W, Span<double> S);

/// <summary>A flow of matrices, W' = −γ W + S(t, W).</summary>
public sealed class MatrixFlow
{
    /// <summary>Makes a flow.</summary>
    /// <param name="gamma">γ, decay, zero or above, 1/time.</param>
    /// <param name="source">S.</param>
    public MatrixFlow(double gamma, MatrixSource source)
    {
        Require.NotNegative(gamma);
        Require.NotNull(source);
        (Gamma, Source) = (gamma, source);
    }

    /// <summary>γ, 1/time.</summary>
    public double Gamma { get; }

    /// <summary>S.</summary>
    public MatrixSource Source { get; }

    /// <summary>Pure decay, W' = −γ W.</summary>
    /// <param name="gamma">γ, zero or above, 1/time.</param>
    public static MatrixFlow Decay(double gamma) => new(gamma, (_, _, S) => S.Clear());

    /// <summary>Decay with rates of its own in each entry, W' = −Γ∘W.</summary>
    /// <param name="Gamma">Γ, n × n, finite, 1/time.</param>
    /// <remarks>
    /// As a flow with γ = 0, so that its bound is μ(W₀) + ∫ μ(−Γ∘W). For Γ_ij = a_i + a_j the answer is exp(−diag(a) t) W₀ exp(−diag(a) t).
    /// </remarks>
    public static MatrixFlow HeterogeneousDecay(double[,] Gamma)
    {
        Require.Matrix(Gamma);
        double[] rates = [.. Gamma.Cast<double>()];
        return new MatrixFlow(0.0, (_, W, S) =>
        {
            for (int e = 0; e < S.Length; e++) S[e] = -rates[e] * W[e];
        });
    }
}
