using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>
/// The log-pseudo-likelihood of spins and its gradient: all neurons' conditional probabilities at once, between two matrix products.
/// </summary>
/// <remarks>
/// The parameters are those of spins about their means, x_i = g_i + Σ_j J_ij (s_j − m_j), each in units of its curvature at independent
/// neurons, √(1 − m_i²) for g_i and √(2 (1 − m_i²)(1 − m_j²)) for J_ij: so fields and couplings do not fight, and a step suits them all.
/// </remarks>
internal sealed class PseudoLikelihood
{
    private const int Lanes = 4, WordsPerShare = 512;

    private readonly double[] centred, inputs, means, scales, fields;
    private readonly double[,] couplings, pull;
    private readonly Share[] shares;
    private readonly int count, n;
    private readonly double l2;

    public PseudoLikelihood(BinaryPatterns data, double l2)
    {
        (count, n, this.l2) = (data.Count, data.Units, l2);
        means = [.. data.Rates().Select(rate => 2.0 * rate - 1.0)];
        scales = [.. means.Select(m => Math.Sqrt(1.0 - m * m)), .. Pairs().Select(p => PairScale(p.I, p.J))];
        centred = new double[count * n];
        inputs = new double[count * n];
        fields = new double[n];
        (couplings, pull) = (new double[n, n], new double[n, n]);
        shares = [.. Enumerable.Range(0, (count + WordsPerShare - 1) / WordsPerShare).Select(_ => new Share(new double[n]))];
        data.CopyTo(0, count, centred);
        for (int at = 0; at < centred.Length; at++) centred[at] = 2.0 * centred[at] - 1.0 - means[at % n];
    }

    /// <summary>The model of least penalised negative log-pseudo-likelihood.</summary>
    public PairwiseIsing Fit(CancellationToken cancellation)
    {
        var objective = ObjectiveFunction.Gradient(parameters =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Evaluate(parameters);
        });
        // the objective is smooth and convex, so a small gradient is a small distance; 10⁻⁶ is far below the noise of any data set
        var minimizer = new LimitedMemoryBfgsMinimizer(
            gradientTolerance: 1e-6, parameterTolerance: 1e-9, functionProgressTolerance: 1e-12, memory: 12, maximumIterations: 1000);
        var independent = Vector<double>.Build.Dense(scales.Length, k => k < n ? Math.Atanh(means[k]) * scales[k] : 0.0);
        Unpack(minimizer.FindMinimum(objective, independent).MinimizingPoint);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                fields[i] -= couplings[i, j] * means[j];
        return new PairwiseIsing(couplings, fields);
    }

    private (double, Vector<double>) Evaluate(Vector<double> parameters)
    {
        Unpack(parameters);
        var spins = new MatrixView<double>(centred, count, n);
        LinearAlgebra.Multiply(spins, couplings, inputs);
        Parallel.For(0, shares.Length, Condition);
        LinearAlgebra.Multiply(spins.Transposed, new MatrixView<double>(inputs, count, n), pull.AsSpan());

        var gradient = new double[scales.Length];
        double loss = 0.0;
        foreach (var share in shares)
        {
            loss += share.Loss;
            for (int i = 0; i < n; i++) gradient[i] += share.Gradient[i];
        }
        for (int i = 0, at = n; i < n; i++)
            for (int j = 0; j < i; j++, at++)
            {
                gradient[at] = pull[i, j] + pull[j, i] + 2.0 * l2 * count * couplings[i, j];
                loss += l2 * count * couplings[i, j] * couplings[i, j];
            }
        for (int k = 0; k < gradient.Length; k++) gradient[k] /= count * scales[k];
        return (loss / count, Vector<double>.Build.Dense(gradient));
    }

    /// <summary>Turns the inputs of some words into the derivatives of −ln p(s_i | the others), and adds both up.</summary>
    private void Condition(int index)
    {
        var share = shares[index];
        share.Loss = 0.0;
        Array.Clear(share.Gradient);
        for (int t = index * WordsPerShare; t < Math.Min(count, (index + 1) * WordsPerShare); t++)
        {
            Span<double> x = inputs.AsSpan(t * n, n), gradient = share.Gradient;
            ReadOnlySpan<double> word = centred.AsSpan(t * n, n);
            int i = 0;
            for (; i <= n - Lanes; i += Lanes)
            {
                var spin = Vector256.Create<double>(word[i..]) + Vector256.Create<double>(means.AsSpan(i));
                var against = -2.0 * spin * (Vector256.Create<double>(x[i..]) + Vector256.Create<double>(fields.AsSpan(i)));
                var tail = Vector256.Exp(-Vector256.Abs(against));
                share.Loss += Vector256.Sum(Vector256.Max(against, Vector256<double>.Zero) + Vector256.Log(Vector256<double>.One + tail));
                var upper = Vector256.GreaterThan(against, Vector256<double>.Zero);
                var slope = -2.0 * spin * Vector256.ConditionalSelect(upper, Vector256<double>.One, tail) / (Vector256<double>.One + tail);
                slope.CopyTo(x[i..]);
                (Vector256.Create<double>(gradient[i..]) + slope).CopyTo(gradient[i..]);
            }
            for (; i < n; i++)
            {
                double spin = word[i] + means[i], against = -2.0 * spin * (x[i] + fields[i]);
                share.Loss += Logistic.Softplus(against);
                x[i] = -2.0 * spin * Logistic.Sigmoid(against);
                gradient[i] += x[i];
            }
        }
    }

    private void Unpack(Vector<double> parameters)
    {
        for (int i = 0; i < n; i++) fields[i] = parameters[i] / scales[i];
        for (int i = 0, at = n; i < n; i++)
            for (int j = 0; j < i; j++, at++)
                couplings[i, j] = couplings[j, i] = parameters[at] / scales[at];
    }

    // the couplings below the diagonal, row after row
    private IEnumerable<(int I, int J)> Pairs() => Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(0, i).Select(j => (i, j)));

    private double PairScale(int i, int j) =>
        Math.Sqrt(2.0 * (1.0 - means[i] * means[i]) * (1.0 - means[j] * means[j]) + 2.0 * l2);

    /// <summary>The sums over some of the words, always the same ones, so that the result does not depend on threads.</summary>
    private sealed class Share(double[] gradient)
    {
        public double[] Gradient { get; } = gradient;

        public double Loss { get; set; }
    }
}
