using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Learning;

public static partial class Steps
{
    /// <summary>The product of two matrices.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> Times<T>(this Variable<T> a, Variable<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Require.NotNull(b);
        if (a.Columns != b.Rows) throw Misfit(a, b, $"{a.Columns} rows");
        return a.Tape.Record<MatrixStep<T>>(a.Rows, b.Columns, a, b).Run();
    }

    /// <summary>x Wᵀ + b in each row: what units with weights W and bias b make of the rows of x.</summary>
    /// <param name="x">m × k, a row a trial.</param>
    /// <param name="weights">W, n × k, a row a unit.</param>
    /// <param name="bias">b, 1 × n; none if null.</param>
    /// <returns>m × n.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> Affine<T>(this Variable<T> x, Variable<T> weights, Variable<T>? bias = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(x);
        Require.NotNull(weights);
        if (weights.Columns != x.Columns) throw Misfit(x, weights, $"{x.Columns} columns", nameof(weights));
        if (bias is null) return x.Tape.Record<AffineStep<T>>(x.Rows, weights.Rows, x, weights).Run();
        if (bias.Rows != 1 || bias.Columns != weights.Rows) throw Misfit(weights, bias, $"1 × {weights.Rows}", nameof(bias));
        return x.Tape.Record<AffineStep<T>>(x.Rows, weights.Rows, x, weights, bias).Run();
    }

    /// <summary>The transpose.</summary>
    /// <param name="a">m × n.</param>
    public static Variable<T> Transposed<T>(this Variable<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        return a.Tape.Record<TransposeStep<T>>(a.Columns, a.Rows, a).Run();
    }

    /// <summary>Some consecutive rows.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public static Variable<T> RowsFrom<T>(this Variable<T> a, int first, int count) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Require.Positive(count);
        Require.InRange(first, 0, a.Rows - count);
        var step = a.Tape.Record<RowsStep<T>>(count, a.Columns, a);
        step.First = first * a.Columns;
        return step.Run();
    }

    /// <summary>The sum of all entries.</summary>
    /// <param name="a">Any shape.</param>
    /// <returns>1 × 1.</returns>
    public static Variable<T> Sum<T>(this Variable<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        return a.Tape.Record<TotalStep<T>>(1, 1, a).Run();
    }

    /// <summary>The mean of all entries.</summary>
    /// <param name="a">Any shape.</param>
    /// <returns>1 × 1.</returns>
    public static Variable<T> Mean<T>(this Variable<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        return a.Sum().Scaled(1.0 / a.Length);
    }

    /// <summary>Each row's sum.</summary>
    /// <param name="a">m × n.</param>
    /// <returns>m × 1.</returns>
    public static Variable<T> RowSums<T>(this Variable<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Variable<T> ones = a.Tape.Constant(a.Columns, 1);
        ones.Value.Fill(T.One);
        return a.Times(ones);
    }
}

internal sealed class MatrixStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward() =>
        SerialProduct.Multiply(Inputs[0].Matrix.View, Inputs[1].Matrix.View, Output.Value, T.One, T.Zero);

    protected override void Backward()
    {
        Variable<T> a = Inputs[0], b = Inputs[1];
        MatrixView<T> g = Output.GradientMatrix.View;
        if (a.NeedsGradient) SerialProduct.Multiply(g, b.Matrix.View.Transposed, a.Gradient, T.One, T.One);
        if (b.NeedsGradient) SerialProduct.Multiply(a.Matrix.View.Transposed, g, b.Gradient, T.One, T.One);
    }
}

internal sealed class AffineStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward()
    {
        Span<T> y = Output.Value;
        if (Inputs.Length == 3)
            for (int at = 0; at < y.Length; at += Output.Columns) Inputs[2].Value.CopyTo(y[at..]);
        SerialProduct.Multiply(Inputs[0].Matrix.View, Inputs[1].Matrix.View.Transposed, y, T.One, Inputs.Length == 3 ? T.One : T.Zero);
    }

    protected override void Backward()
    {
        Variable<T> x = Inputs[0], weights = Inputs[1];
        MatrixView<T> g = Output.GradientMatrix.View;
        if (x.NeedsGradient) SerialProduct.Multiply(g, weights.Matrix.View, x.Gradient, T.One, T.One);
        if (weights.NeedsGradient) SerialProduct.Multiply(g.Transposed, x.Matrix.View, weights.Gradient, T.One, T.One);
        if (Inputs.Length == 3 && Inputs[2].NeedsGradient) Spans.AddColumnSums(Inputs[2].Gradient, Output.Gradient);
    }
}

internal sealed class TransposeStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward()
    {
        Span<T> from = Inputs[0].Value, to = Output.Value;
        int rows = Output.Rows, columns = Output.Columns;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) to[i * columns + j] = from[j * rows + i];
    }

    protected override void Backward()
    {
        Span<T> to = Inputs[0].Gradient, from = Output.Gradient;
        int rows = Output.Rows, columns = Output.Columns;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) to[j * rows + i] += from[i * columns + j];
    }
}

internal sealed class RowsStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int First { get; set; }

    protected override void Forward() => Inputs[0].Value.Slice(First, Output.Length).CopyTo(Output.Value);

    protected override void Backward() => Spans.Add(Inputs[0].Gradient.Slice(First, Output.Length), Output.Gradient);
}

internal sealed class TotalStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward() => Output.Value[0] = Spans.Sum<T>(Inputs[0].Value);

    protected override void Backward()
    {
        T g = Output.Gradient[0];
        foreach (ref T entry in Inputs[0].Gradient) entry += g;
    }
}
