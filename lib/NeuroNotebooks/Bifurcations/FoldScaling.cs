using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Bifurcations;

/// <summary>How slowly a state passes the place where two equilibria have just vanished: T ≈ T₀ + K / √|p − p_fold|.</summary>
/// <remarks>
/// <code>
/// K = π / √|A B|,   A = q · ∂f/∂p,   B = ½ q · f_xx(r, r),   J r = 0,   Jᵀ q = 0,   q · r = 1
/// </code>
/// Source: Kuznetsov, Elements of Applied Bifurcation Theory, 3.2 and 5.4; Strogatz, Nonlinear Dynamics and Chaos, 4.3.
/// </remarks>
public static class FoldScaling
{
    /// <summary>K, unit of time × √unit of the parameter.</summary>
    /// <param name="model">The model.</param>
    /// <param name="fold">A fold, of <see cref="EquilibriumBranch.Folds"/>.</param>
    /// <param name="along">The parameter.</param>
    /// <exception cref="ArgumentException">The fold does not belong to the model, or there is no such parameter.</exception>
    public static double Of(OdeModel model, Equilibrium fold, int along)
    {
        Require.NotNull(model);
        Require.NotNull(fold);
        model.Check(fold.State.AsSpan(), nameof(fold), fold.Parameters.AsSpan(), nameof(fold));
        model.CheckParameter(along, nameof(along));
        int n = model.Dimension;
        double[] x = [.. fold.State], p = [.. fold.Parameters];
        var jacobian = new double[n, n + 1];
        model.Differentiate(x, p, jacobian, along);
        // in scaled variables, so that the smallest singular value is the fold's
        var matrix = Matrix<double>.Build.Dense(n, n, (i, j) => jacobian[i, j] * model.Scales[j] / model.Scales[i]);
        var svd = matrix.Svd();
        Vector<double> right = svd.VT.Row(n - 1), left = svd.U.Column(n - 1);
        left /= left * right;
        double[] r = [.. right.Select((part, i) => part * model.Scales[i])], q = [.. left.Select((part, i) => part / model.Scales[i])];

        const double Step = 1e-3;
        double[] middle = model.Derivative(x, p), plus = Moved(Step), minus = Moved(-Step);
        double a = Enumerable.Range(0, n).Sum(i => q[i] * jacobian[i, n]);
        double b = 0.5 * Enumerable.Range(0, n).Sum(i => q[i] * (plus[i] - 2.0 * middle[i] + minus[i])) / (Step * Step);
        return Math.PI / Math.Sqrt(Math.Abs(a * b));

        double[] Moved(double by) => model.Derivative([.. x.Select((value, i) => value + by * r[i])], p);
    }
}
