using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>The gradient of the log-likelihood from a batch of words and the chains of the model, in buffers that are kept.</summary>
internal sealed class CentredGradient
{
    private readonly int visible, hidden, batch;
    private readonly float[] weights, dataHidden;
    private readonly float[] visibleStep, hiddenStep;
    private readonly float[] visibleMean, hiddenMean, visibleChains, hiddenChains;

    public CentredGradient(in RbmParameters parameters, int batch)
    {
        (visible, hidden, this.batch) = (parameters.Visible, parameters.Hidden, batch);
        weights = new float[visible * hidden];
        dataHidden = new float[batch * hidden];
        (visibleStep, hiddenStep) = (new float[visible], new float[hidden]);
        (visibleMean, hiddenMean) = (new float[visible], new float[hidden]);
        (visibleChains, hiddenChains) = (new float[visible], new float[hidden]);
    }

    /// <summary>Computes the gradient; the chains' hidden layer is left with its probabilities.</summary>
    /// <returns>The root of the sum of squares of ΔW.</returns>
    public double Compute(in RbmParameters parameters, ReadOnlySpan<float> words, GibbsKernel chains, bool centred)
    {
        LinearAlgebra.Multiply(
            new MatrixView<float>(words, batch, visible), new MatrixView<float>(parameters.W, visible, hidden), dataHidden);
        Logistic.Activate(dataHidden, parameters.C);
        chains.HiddenProbabilities(parameters);

        ColumnMeans(words, visibleMean);
        ColumnMeans(dataHidden, hiddenMean);
        ColumnMeans(chains.Visible, visibleChains);
        ColumnMeans(chains.Hidden, hiddenChains);
        LinearAlgebra.Multiply(
            new MatrixView<float>(words, batch, visible).Transposed, new MatrixView<float>(dataHidden, batch, hidden),
            weights, alpha: 1f / batch);
        LinearAlgebra.Multiply(
            new MatrixView<float>(chains.Visible, chains.Chains, visible).Transposed,
            new MatrixView<float>(chains.Hidden, chains.Chains, hidden), weights, alpha: -1f / chains.Chains, beta: 1f);
        if (centred) Centre();
        FieldSteps(centred);
        return Math.Sqrt(SumOfSquares(weights));
    }

    /// <summary>Whether every unit of every chain is in the same state although many should not be: the chains have left the data for good.</summary>
    public bool ChainsAreFrozen(int chains)
    {
        const double Expected = 50.0;
        float active = Sum(visibleChains), data = Sum(visibleMean);
        return (active == 0f && data * chains > Expected) || (active == visible && (visible - data) * chains > Expected);
    }

    public void Apply(in RbmParameters parameters, float rate)
    {
        Add(parameters.W, weights, rate);
        Add(parameters.B, visibleStep, rate);
        Add(parameters.C, hiddenStep, rate);
    }

    // the difference of the centred averages is the difference of the plain ones and two products of means
    private void Centre()
    {
        for (int i = 0; i < visible; i++)
        {
            var row = weights.AsSpan(i * hidden, hidden);
            float mean = visibleMean[i], gap = visibleChains[i] - visibleMean[i];
            for (int a = 0; a < hidden; a++) row[a] += mean * (hiddenChains[a] - hiddenMean[a]) + gap * hiddenMean[a];
        }
    }

    private void FieldSteps(bool centred)
    {
        for (int a = 0; a < hidden; a++) hiddenStep[a] = hiddenMean[a] - hiddenChains[a];
        for (int i = 0; i < visible; i++)
        {
            visibleStep[i] = visibleMean[i] - visibleChains[i];
            if (!centred) continue;
            var row = weights.AsSpan(i * hidden, hidden);
            float shift = 0f;
            for (int a = 0; a < hidden; a++)
            {
                shift += row[a] * hiddenMean[a];
                hiddenStep[a] -= visibleMean[i] * row[a];
            }
            visibleStep[i] -= shift;
        }
    }

    private static void ColumnMeans(ReadOnlySpan<float> rows, Span<float> means)
    {
        means.Clear();
        for (int start = 0; start < rows.Length; start += means.Length) Add(means, rows.Slice(start, means.Length), 1f);
        float count = rows.Length / means.Length;
        foreach (ref float mean in means) mean /= count;
    }

    private static void Add(Span<float> target, ReadOnlySpan<float> step, float rate)
    {
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + rate * new Vector<float>(step[i..])).CopyTo(target[i..]);
        for (; i < target.Length; i++) target[i] += rate * step[i];
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        float sum = 0f;
        foreach (float value in values) sum += value;
        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0.0;
        foreach (float value in values) sum += (double)value * value;
        return sum;
    }
}
