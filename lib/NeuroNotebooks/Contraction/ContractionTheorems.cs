using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>What one theorem says about a network.</summary>
/// <param name="Theorem">Its name.</param>
/// <param name="Certificate">The certificate; null if the theorem does not apply.</param>
/// <param name="Reason">Why it applies or does not, with the deciding number.</param>
public sealed record TheoremResult(string Theorem, ContractionCertificate? Certificate, string Reason)
{
    /// <summary>Whether the theorem certifies the network.</summary>
    public bool Fires => Certificate is { IsContracting: true };

    /// <summary>The certificate, or an exception with the reason.</summary>
    public ContractionCertificate OrThrow() => Fires ? Certificate! : throw new NotContractingException($"{Theorem}: {Reason}");

    /// <summary>Name, rate and reason.</summary>
    public override string ToString() => Fires ? $"{Theorem}: rate {Certificate!.Rate:g6} ({Reason})" : $"{Theorem}: no ({Reason})";
}

/// <summary>Sufficient conditions for one recurrent network with activations of slopes from 0 to g, in closed form.</summary>
/// <remarks>
/// Every certificate carries multipliers that prove it for any number of neurons, whatever theorem it came from. A condition that is
/// tempting and wrong: that the symmetric part of W be below the identity (Matsuoka, Neural Networks 5:495 (1992), which concerns fixed
/// points): W = ((0, −4), (4, 0)) meets it and ReLU trajectories separate under a periodic input. Source: Kozachkov, Ennis, Slotine, RNNs
/// of RNNs, NeurIPS 2022, arXiv:2106.08928; metrics and rates derived.
/// </remarks>
public static partial class ContractionTheorems
{
    /// <summary>Absolute value: g ρ(|W|) &lt; 1, the diagonal counted only where it is positive. A diagonal metric.</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    public static TheoremResult AbsoluteValue(double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield) =>
        Judge("absolute value", W, g, form, AbsoluteValue);

    /// <summary>Symmetric: W = Wᵀ and g λ_max(W) &lt; 1. The rate is 1 − max(g λ_max, 0.01).</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    public static TheoremResult Symmetric(double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield) =>
        Judge("symmetric", W, g, form, Symmetric);

    /// <summary>Diagonal, definite, diagonal: W = −P₁ Q P₂ with positive diagonals and Q ≻ 0. Rate 1.</summary>
    /// <param name="W">Weights, n × n, finite; the factors are found.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    public static TheoremResult DiagonalDefiniteDiagonal(double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield) =>
        Judge("diagonal-definite-diagonal", W, g, form, DiagonalDefiniteDiagonal);

    /// <summary>Triangular: W triangular in some order of the neurons, and g W_ii &lt; 1. A diagonal metric.</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    public static TheoremResult Triangular(double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield) =>
        Judge("triangular", W, g, form, Triangular);

    /// <summary>Singular value: g σ_max(P^½ W P^−½) &lt; 1 for some positive diagonal P, which is searched for.</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    public static TheoremResult SingularValue(double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield) =>
        Judge("singular value", W, g, form, SingularValue);

    /// <summary>Tries every theorem and says which apply and why the others do not.</summary>
    /// <param name="W">Weights, n × n, finite; row = postsynaptic.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    public static CertificationReport Certify(double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield)
    {
        TheoremResult[] results =
            [AbsoluteValue(W, g, form), Symmetric(W, g, form), DiagonalDefiniteDiagonal(W, g, form), Triangular(W, g, form), SingularValue(W, g, form)];
        double top = g * Spectrum.OfSymmetricPart(W)[^1];
        return new CertificationReport([.. results], top, JacobianFamily.Network(W, form, g));
    }

    /// <summary>What a theorem gives for slopes up to 1 and the Hopfield form: a metric, multipliers and a rate, or why it gives none.</summary>
    private sealed record Finding(string Reason, Metric? Metric = null, double[]? Multipliers = null, double Rate = 0.0);

    private static TheoremResult Judge(string name, double[,] W, double g, NetworkForm form, Func<double[,], Finding> theorem)
    {
        Require.Matrix(W);
        Require.Positive(g);
        if (form == NetworkForm.Linear)
            throw new ArgumentOutOfRangeException(
                nameof(form), form, "form is Linear: the theorems are about activations. Expected Hopfield or FiringRate; "
                + "a linear network is one matrix, which QuadraticMetricSearch and Lyapunov.Metric decide.");
        JacobianFamily family = JacobianFamily.Network(W, form, g);
        // −1 + D W contracts in M⁻¹ exactly if its transpose, a Hopfield network of Wᵀ, contracts in M
        bool transposed = form == NetworkForm.FiringRate;
        double[,] weights = Dense.Scaled(transposed ? Dense.Transpose(W) : W, g);
        Require.Finite(weights, nameof(W));
        Finding finding = theorem(weights);
        if (finding.Metric is not { } metric) return new TheoremResult(name, null, finding.Reason);
        double[] multipliers = [.. finding.Multipliers!.Select(multiplier => transposed
            ? 1.0 / Math.Max(multiplier, 1e-12 * finding.Multipliers!.Max())
            : multiplier / (g * g))];
        ContractionCertificate? certificate =
            ContractionCertificate.Prove(family, transposed ? metric.Inverse() : metric, multipliers, finding.Rate, name);
        return certificate is null
            ? new TheoremResult(name, null, $"{finding.Reason}, but the {metric} is too ill-conditioned to prove it in double precision")
            : new TheoremResult(name, certificate, finding.Reason);
    }

    private static Finding AbsoluteValue(double[,] k)
    {
        int n = k.GetLength(0);
        double[,] size = Dense.Build(n, n, (i, j) => i == j ? Math.Max(k[i, i], 0.0) : Math.Abs(k[i, j]));
        double radius = Spectrum.Radius(size);
        string reason = $"g ρ(|W|) = {radius:g6}";
        if (!(radius < 1.0 - 1e-9)) return new Finding($"{reason}, which must be below 1");
        OptimalDiagonalMetric weights = OptimalDiagonalMetric.Of(Dense.Build(n, n, (i, j) => size[i, j] - (i == j ? 1.0 : 0.0)));
        Metric metric = weights.Metric;
        double[,] own = metric.InOwnCoordinates(size);
        double growth = MatrixMeasure.Of(own, Norm.L2);

        // z > 0 with (N + Nᵀ) z ≤ 2 growth z balances what each neuron gives and takes
        Matrix<double> shifted = Matrix<double>.Build.Dense(n, n, (i, j) =>
            (i == j ? 2.0 * growth + 1e-11 * (1.0 + growth) : 0.0) - own[i, j] - own[j, i]);
        double[] z = [.. shifted.LU().Solve(Vector<double>.Build.Dense(n, 1.0))];
        double[] multipliers = [.. Enumerable.Range(0, n).Select(j =>
            metric[j, j] * (Enumerable.Range(0, n).Sum(i => own[i, j] * z[i]) / z[j] + Math.Max(0.0, -k[j, j])))];
        return new Finding(reason, metric, multipliers, 1.0 - growth);
    }

    private static Finding Triangular(double[,] k)
    {
        int n = k.GetLength(0);
        int[]? loop = StrongComponents.Of(k).FirstOrDefault(component => component.Length > 1);
        if (loop is not null) return new Finding($"neurons {string.Join(", ", loop.Take(6))}{(loop.Length > 6 ? ", …" : "")} form a loop");
        double largest = Enumerable.Range(0, n).Max(i => k[i, i]);
        return largest < 1.0 - 1e-9
            ? AbsoluteValue(k) with { Reason = $"the largest g W_ii is {largest:g6}" }
            : new Finding($"the largest g W_ii is {largest:g6}, which must be below 1");
    }

    private static Finding Symmetric(double[,] k)
    {
        int n = k.GetLength(0);
        double size = Dense.LargestEntry(k);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                if (Math.Abs(k[i, j] - k[j, i]) > 1e-12 * size) return new Finding($"W is not symmetric: entries ({i}, {j}) and ({j}, {i}) differ");
        var (values, vectors) = SymmetricEigen.Decompose(k.AsSpan(), n);
        string reason = $"g λ_max(W) = {values[^1]:g6}";
        if (!(values[^1] < 1.0 - 1e-9)) return new Finding($"{reason}, which must be below 1");
        // M = T⁻² with T = 2a (1 + √(1 − W/a)); the multiplier 1/(4a) completes the square
        double a = Math.Max(values[^1], 0.01);
        double[] stretch = [.. values.Select(value => 2.0 * a * (1.0 + Math.Sqrt(Math.Max(0.0, 1.0 - value / a))))];
        double[,] m = Dense.Build(n, n, (i, j) =>
            Enumerable.Range(0, n).Sum(e => vectors[e * n + i] * vectors[e * n + j] / (stretch[e] * stretch[e])));
        return new Finding(reason, Metric.Of(m), [.. Enumerable.Repeat(0.25 / a, n)], 1.0 - a);
    }

    private static Finding DiagonalDefiniteDiagonal(double[,] k)
    {
        int n = k.GetLength(0);
        if (Symmetriser(k) is not { } ratio) return new Finding("no diagonal makes W symmetric");
        // W = −P₁ Q with P₁ = ratio, P₂ = 1
        double[,] q = Dense.Build(n, n, (i, j) => -0.5 * (k[i, j] / ratio[i] + k[j, i] / ratio[j]));
        double smallest = Spectrum.OfSymmetricPart(q)[0];
        if (!(smallest > 1e-12 * Dense.LargestEntry(q)))
            return new Finding($"W = −P₁ Q P₂ with the smallest eigenvalue of Q {smallest:g6}, which must be above 0");
        Metric inverse = Metric.Of(Dense.Build(n, n, (i, j) => ratio[i] * q[i, j] * ratio[j]));
        return new Finding($"W = −P₁ Q P₂ with the smallest eigenvalue of Q {smallest:g6}", inverse.Inverse(), [.. ratio.Select(r => 1.0 / r)], 1.0);
    }

    /// <summary>r > 0 with W_ij / r_i = W_ji / r_j, found along the connections; null if there is none.</summary>
    private static double[]? Symmetriser(double[,] k)
    {
        int n = k.GetLength(0);
        var ratio = new double[n];
        for (int root = 0; root < n; root++)
        {
            if (ratio[root] != 0.0) continue;
            ratio[root] = 1.0;
            var open = new Queue<int>([root]);
            while (open.TryDequeue(out int i))
                for (int j = 0; j < n; j++)
                {
                    if (j == i || (k[i, j] == 0.0 && k[j, i] == 0.0)) continue;
                    double next = ratio[i] * k[j, i] / k[i, j];
                    if (!(next > 0.0) || double.IsInfinity(next)) return null;
                    if (ratio[j] == 0.0)
                    {
                        ratio[j] = next;
                        open.Enqueue(j);
                    }
                    else if (Math.Abs(ratio[j] - next) > 1e-10 * next) return null;
                }
        }
        return ratio;
    }

    private static Finding SingularValue(double[,] k)
    {
        int n = k.GetLength(0);
        double low = Spectrum.Radius(k), plain = Spectrum.Norm(k);
        if (!(low < 1.0)) return new Finding($"g ρ(W) = {low:g6}: no diagonal P brings g σ_max below 1");
        (double[] P, double Sigma) best = ([.. Enumerable.Repeat(1.0, n)], plain);
        for (int round = 0; round < 60 && best.Sigma - low > 1e-9 * (1.0 + best.Sigma); round++)
        {
            // Wᵀ P W ≺ σ² P exactly if (W − σ)(W + σ)⁻¹ is diagonally stable with P
            double sigma = low + 0.5 * (best.Sigma - low);
            Matrix<double> w = Matrix<double>.Build.DenseOfArray(k), identity = Matrix<double>.Build.DenseIdentity(n);
            Matrix<double> cayley = (w - sigma * identity) * (w + sigma * identity).Inverse();
            if (!cayley.Enumerate().All(double.IsFinite)) break;
            DiagonalLmiSolution found = DiagonalLmi.Minimise([cayley.ToArray()], (upper, lower) => upper < 0.0 || lower > 0.0, gap: 1e-12);
            double attained = Metric.Diagonal(found.P).InducedNorm(k);
            if (attained < best.Sigma) best = (found.P, attained);
            if (!(found.Value < 0.0)) low = sigma;
            else if (attained > sigma) break;       // rounding
        }
        string reason = $"the least g σ_max(P^½ W P^−½) is {best.Sigma:g6}";
        return best.Sigma < 1.0 - 1e-12
            ? new Finding(reason, Metric.Diagonal(best.P), [.. best.P.Select(p => p * best.Sigma)], 1.0 - best.Sigma)
            : new Finding($"{reason}, which must be below 1 (plain: {plain:g6})");
    }
}
