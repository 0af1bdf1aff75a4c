using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>The log-pseudo-likelihood of spins and its gradient: all neurons' conditional probabilities at once, two matrix products.</summary>
internal sealed class PseudoLikelihood
{
    private readonly double[] spins, inputs;
    private readonly double[,] couplings, pull;
    private readonly int count, n;
    private readonly double l2;

    public PseudoLikelihood(BinaryPatterns data, double l2)
    {
        (count, n, this.l2) = (data.Count, data.Units, l2);
        spins = new double[count * n];
        inputs = new double[count * n];
        (couplings, pull) = (new double[n, n], new double[n, n]);
        data.CopyTo(0, count, spins);
        foreach (ref double spin in spins.AsSpan()) spin = 2.0 * spin - 1.0;
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
        var found = minimizer.FindMinimum(objective, Vector<double>.Build.Dense(n + n * (n - 1) / 2)).MinimizingPoint;
        Unpack(found);
        return new PairwiseIsing(couplings, found.AsArray().AsSpan(0, n));
    }

    private (double, Vector<double>) Evaluate(Vector<double> parameters)
    {
        Unpack(parameters);
        LinearAlgebra.Multiply(new MatrixView<double>(spins, count, n), couplings, inputs);
        var gradient = new double[parameters.Count];
        double sum = 0.0;
        for (int t = 0; t < count; t++)
            for (int i = 0; i < n; i++)
            {
                int at = t * n + i;
                double margin = 2.0 * spins[at] * (inputs[at] + parameters[i]);
                sum += Logistic.Softplus(-margin);
                inputs[at] = -2.0 * spins[at] * Logistic.Sigmoid(-margin) / count;
                gradient[i] += inputs[at];
            }
        LinearAlgebra.Multiply(new MatrixView<double>(spins, count, n).Transposed, new MatrixView<double>(inputs, count, n), pull.AsSpan());
        double penalty = 0.0;
        for (int i = 0, at = n; i < n; i++)
            for (int j = 0; j < i; j++, at++)
            {
                gradient[at] = pull[i, j] + pull[j, i] + 2.0 * l2 * couplings[i, j];
                penalty += l2 * couplings[i, j] * couplings[i, j];
            }
        return (sum / count + penalty, Vector<double>.Build.Dense(gradient));
    }

    // fields first, then the couplings below the diagonal row after row
    private void Unpack(Vector<double> parameters)
    {
        for (int i = 0, at = n; i < n; i++)
            for (int j = 0; j < i; j++, at++)
                couplings[i, j] = couplings[j, i] = parameters[at];
    }
}
