using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>The steps that a tape knows: entry by entry, and of rows and columns.</summary>
public static partial class Steps
{
    /// <summary>a + b, entry by entry; b may also be one row, added to every row of a.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="b">m × n or 1 × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> Plus<T>(this Variable<T> a, Variable<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Combined(a, b, 1.0);

    /// <summary>a − b, entry by entry; b may also be one row, subtracted from every row of a.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="b">m × n or 1 × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> Minus<T>(this Variable<T> a, Variable<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Combined(a, b, -1.0);

    /// <summary>a b, entry by entry; b may also be one row or one column, which every row or column of a is multiplied by.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="b">m × n, 1 × n or m × 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> TimesEach<T>(this Variable<T> a, Variable<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Require.NotNull(b);
        bool fits = (b.Rows == a.Rows || b.Rows == 1) && (b.Columns == a.Columns || (b.Columns == 1 && b.Rows == a.Rows));
        if (!fits) throw Misfit(a, b, "the same shape, one row or one column");
        return a.Tape.Record<ProductStep<T>>(a.Rows, a.Columns, a, b).Run();
    }

    /// <summary>factor · a.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="factor">Finite.</param>
    public static Variable<T> Scaled<T>(this Variable<T> a, double factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Require.Finite(factor);
        var step = a.Tape.Record<ScaleStep<T>>(a.Rows, a.Columns, a);
        step.Factor = T.CreateChecked(factor);
        return step.Run();
    }

    /// <summary>φ of each entry.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="function">φ.</param>
    public static Variable<T> Apply<T>(this Variable<T> a, Nonlinearity function) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Require.NotNull(function);
        var step = a.Tape.Record<ApplyStep<T>>(a.Rows, a.Columns, a);
        step.Function = function;
        return step.Run();
    }

    internal static ArgumentException Misfit<T>(Variable<T> a, Variable<T> b, string expected, string name = "b")
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new($"{name} is {b.Rows} × {b.Columns} beside {a.Rows} × {a.Columns}: expected {expected}.", name);

    private static Variable<T> Combined<T>(Variable<T> a, Variable<T> b, double factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(a);
        Require.NotNull(b);
        if (b.Columns != a.Columns || (b.Rows != a.Rows && b.Rows != 1)) throw Misfit(a, b, "the same shape, or one row");
        var step = a.Tape.Record<SumStep<T>>(a.Rows, a.Columns, a, b);
        step.Factor = T.CreateChecked(factor);
        return step.Run();
    }
}

/// <summary>a + factor · b, b perhaps one row.</summary>
internal sealed class SumStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Factor { get; set; }

    protected override void Forward()
    {
        Span<T> y = Output.Value;
        ReadOnlySpan<T> b = Inputs[1].Value;
        Inputs[0].Value.CopyTo(y);
        for (int at = 0; at < y.Length; at += b.Length) Spans.AddScaled(y.Slice(at, b.Length), Factor, b);
    }

    protected override void Backward()
    {
        ReadOnlySpan<T> g = Output.Gradient;
        if (Inputs[0].NeedsGradient) Spans.Add(Inputs[0].Gradient, g);
        if (!Inputs[1].NeedsGradient) return;
        Span<T> b = Inputs[1].Gradient;
        for (int at = 0; at < g.Length; at += b.Length) Spans.AddScaled(b, Factor, g.Slice(at, b.Length));
    }
}

/// <summary>a b, b perhaps one row or one column.</summary>
internal sealed class ProductStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward()
    {
        Variable<T> a = Inputs[0], b = Inputs[1];
        for (int i = 0; i < a.Rows; i++)
        {
            Span<T> y = Row(Output.Value, i);
            if (b.Columns == a.Columns) Spans.Multiply(y, Row(a.Value, i), RowOfB(b.Value, i));
            else
            {
                Row(a.Value, i).CopyTo(y);
                Spans.Scale(y, b.Value[i]);
            }
        }
    }

    protected override void Backward()
    {
        Variable<T> a = Inputs[0], b = Inputs[1];
        for (int i = 0; i < a.Rows; i++)
        {
            ReadOnlySpan<T> g = Row(Output.Gradient, i);
            if (b.Columns == a.Columns)
            {
                if (a.NeedsGradient) Spans.AddProduct(Row(a.Gradient, i), g, RowOfB(b.Value, i));
                if (b.NeedsGradient) Spans.AddProduct(RowOfB(b.Gradient, i), g, Row(a.Value, i));
            }
            else
            {
                if (a.NeedsGradient) Spans.AddScaled(Row(a.Gradient, i), b.Value[i], g);
                if (b.NeedsGradient) b.Gradient[i] += Numerics.Vectors.Dot<T>(g, Row(a.Value, i));
            }
        }
    }

    private Span<T> Row(Span<T> matrix, int i) => matrix.Slice(i * Output.Columns, Output.Columns);

    private Span<T> RowOfB(Span<T> matrix, int i) => Inputs[1].Rows == 1 && Output.Rows > 1 ? matrix : Row(matrix, i);
}

internal sealed class ScaleStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Factor { get; set; }

    protected override void Forward()
    {
        Inputs[0].Value.CopyTo(Output.Value);
        Spans.Scale(Output.Value, Factor);
    }

    protected override void Backward() => Spans.AddScaled(Inputs[0].Gradient, Factor, Output.Gradient);
}

internal sealed class ApplyStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] scratch = [];

    public Nonlinearity Function { get; set; } = null!;

    protected override void Forward() => Function.Apply(Inputs[0].Value, Output.Value);

    protected override void Backward()
    {
        int length = Output.Length;
        if (scratch.Length < length) scratch = new T[length];
        Span<T> g = scratch.AsSpan(0, length);
        Output.Gradient.CopyTo(g);
        Function.MultiplyBySlope(Function.SlopeFromValue ? Output.Value : Inputs[0].Value, g);
        Spans.Add(Inputs[0].Gradient, g);
    }
}
