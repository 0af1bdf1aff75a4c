using System.Numerics;

namespace NeuroNotebooks.Learning;

public static partial class Steps
{
    /// <summary>The mean over rows of −ln p of the right class, with p the softmax of the row.</summary>
    /// <param name="scores">m × classes.</param>
    /// <param name="labels">The right class of each row; copied.</param>
    /// <returns>1 × 1.</returns>
    /// <exception cref="ArgumentException">There are more or fewer labels than rows, or a label is no class.</exception>
    public static Variable<T> SoftmaxCrossEntropy<T>(this Variable<T> scores, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(scores);
        Require.Length(scores.Rows, labels.Length, nameof(labels), "row of the scores");
        for (int i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)scores.Columns)
                throw new ArgumentException($"labels[{i}] is {labels[i]}: expected 0 to {scores.Columns - 1}.", nameof(labels));
        var step = scores.Tape.Record<CrossEntropyStep<T>>(1, 1, scores);
        step.SetLabels(labels);
        return step.Run();
    }

    /// <summary>The mean of (y − target)² over all entries, or their weighted mean Σ w (y − target)²/(Σ w · columns).</summary>
    /// <param name="y">m × n.</param>
    /// <param name="target">m × n.</param>
    /// <param name="weights">w, m × 1, of a row each, not all zero: a mask, a window; 1 if null.</param>
    /// <returns>1 × 1.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the weights sum to zero.</exception>
    public static Variable<T> MeanSquaredError<T>(this Variable<T> y, Variable<T> target, Variable<T>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(y);
        Require.NotNull(target);
        if (target.Rows != y.Rows || target.Columns != y.Columns) throw Misfit(y, target, "the same shape", nameof(target));
        if (weights is null) return y.Tape.Record<SquaredErrorStep<T>>(1, 1, y, target).Run();
        if (weights.Rows != y.Rows || weights.Columns != 1) throw Misfit(y, weights, $"{y.Rows} × 1", nameof(weights));
        if (weights.NeedsGradient) throw new ArgumentException("weights are to be learned: expected constants.", nameof(weights));
        if (!(Spans.Sum<T>(weights.Value) > T.Zero)) throw new ArgumentException("weights sum to zero: expected a sum above it.", nameof(weights));
        return y.Tape.Record<SquaredErrorStep<T>>(1, 1, y, target, weights).Run();
    }
}

internal sealed class CrossEntropyStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int[] labels = [];
    private T[] probabilities = [];

    public void SetLabels(ReadOnlySpan<int> given)
    {
        if (labels.Length < given.Length) labels = new int[given.Length];
        given.CopyTo(labels);
    }

    protected override void Forward()
    {
        Variable<T> scores = Inputs[0];
        if (probabilities.Length < scores.Length) probabilities = new T[scores.Length];
        T total = T.Zero;
        for (int i = 0; i < scores.Rows; i++)
        {
            ReadOnlySpan<T> row = scores.Value.Slice(i * scores.Columns, scores.Columns);
            Span<T> p = probabilities.AsSpan(i * scores.Columns, scores.Columns);
            T top = row[0], sum = T.Zero;
            foreach (T score in row) top = T.Max(top, score);
            for (int j = 0; j < p.Length; j++) sum += p[j] = T.Exp(row[j] - top);
            for (int j = 0; j < p.Length; j++) p[j] /= sum;
            total += T.Log(sum) - (row[labels[i]] - top);
        }
        Output.Value[0] = total / T.CreateChecked(scores.Rows);
    }

    protected override void Backward()
    {
        Variable<T> scores = Inputs[0];
        T g = Output.Gradient[0] / T.CreateChecked(scores.Rows);
        Spans.AddScaled(scores.Gradient, g, probabilities.AsSpan(0, scores.Length));
        for (int i = 0; i < scores.Rows; i++) scores.Gradient[i * scores.Columns + labels[i]] -= g;
    }
}

internal sealed class SquaredErrorStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] difference = [];

    private T Divisor => T.CreateChecked(Inputs[0].Columns) * (Inputs.Length == 3 ? Spans.Sum<T>(Inputs[2].Value) : T.CreateChecked(Inputs[0].Rows));

    protected override void Forward()
    {
        Variable<T> y = Inputs[0], target = Inputs[1];
        if (difference.Length < y.Length) difference = new T[y.Length];
        T total = T.Zero;
        for (int i = 0; i < y.Rows; i++)
        {
            Span<T> row = Row(difference, i);
            Spans.Combine(row, T.One, Row(y.Value, i), -T.One, Row(target.Value, i));
            T squares = Numerics.Vectors.Dot<T>(row, row);
            total += Inputs.Length == 3 ? Inputs[2].Value[i] * squares : squares;
        }
        Output.Value[0] = total / Divisor;
    }

    protected override void Backward()
    {
        T g = (Output.Gradient[0] + Output.Gradient[0]) / Divisor;
        for (int i = 0; i < Inputs[0].Rows; i++)
        {
            T scale = Inputs.Length == 3 ? g * Inputs[2].Value[i] : g;
            if (Inputs[0].NeedsGradient) Spans.AddScaled(Row(Inputs[0].Gradient, i), scale, Row(difference, i));
            if (Inputs[1].NeedsGradient) Spans.AddScaled(Row(Inputs[1].Gradient, i), -scale, Row(difference, i));
        }
    }

    private Span<T> Row(Span<T> matrix, int i) => matrix.Slice(i * Inputs[0].Columns, Inputs[0].Columns);
}
