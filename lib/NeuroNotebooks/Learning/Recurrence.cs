using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Learning;

public static partial class Steps
{
    /// <summary>One Euler step of leaky units: x + α (−x + φ(a)).</summary>
    /// <param name="x">m × n.</param>
    /// <param name="argument">a, m × n.</param>
    /// <param name="alpha">α = Δt/τ, above zero.</param>
    /// <param name="function">φ.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> LeakyStep<T>(this Variable<T> x, Variable<T> argument, double alpha, Nonlinearity function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(x);
        Require.NotNull(argument);
        Require.Positive(alpha);
        Require.NotNull(function);
        if (argument.Rows != x.Rows || argument.Columns != x.Columns) throw Misfit(x, argument, "the same shape", nameof(argument));
        var step = x.Tape.Record<LeakyStep<T>>(x.Rows, x.Columns, x, argument);
        (step.Alpha, step.Function) = (T.CreateChecked(alpha), function);
        return step.Run();
    }

    /// <summary>A rate network through time in one step of the tape: x_{t+1} = x_t + α (−x_t + φ(W x_t + d_t + η_t)).</summary>
    /// <param name="start">x_0, m × n, a row a trial.</param>
    /// <param name="weights">W, n × n, from column to row.</param>
    /// <param name="drive">d, T m × n: the m rows of the first moment, then those of the second, and so on.</param>
    /// <param name="alpha">α = Δt/τ, above zero.</param>
    /// <param name="function">φ.</param>
    /// <param name="noise">η, of the drive's shape, constant; none if null.</param>
    /// <returns>x_1 … x_T, of the drive's shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <remarks>
    /// The weights are laid out once for all moments, and their gradient is one product over all moments: several times faster than step by
    /// step, the same result up to rounding.
    /// </remarks>
    public static Variable<T> LeakyRecurrence<T>(
        this Variable<T> start, Variable<T> weights, Variable<T> drive, double alpha, Nonlinearity function, Variable<T>? noise = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(start);
        Require.NotNull(weights);
        Require.NotNull(drive);
        Require.Positive(alpha);
        Require.NotNull(function);
        if (weights.Rows != start.Columns || weights.Columns != start.Columns)
            throw Misfit(start, weights, $"{start.Columns} × {start.Columns}", nameof(weights));
        if (drive.Columns != start.Columns || drive.Rows % start.Rows != 0)
            throw Misfit(start, drive, $"{start.Columns} columns, and {start.Rows} rows a moment", nameof(drive));
        if (noise is not null && (noise.Rows != drive.Rows || noise.Columns != drive.Columns)) throw Misfit(drive, noise, "the same shape", nameof(noise));
        if (noise is { NeedsGradient: true }) throw new ArgumentException("noise is to be learned: expected a constant; add it to the drive.", nameof(noise));
        var step = noise is null
            ? start.Tape.Record<RecurrenceStep<T>>(drive.Rows, drive.Columns, start, weights, drive)
            : start.Tape.Record<RecurrenceStep<T>>(drive.Rows, drive.Columns, start, weights, drive, noise);
        (step.Alpha, step.Function) = (T.CreateChecked(alpha), function);
        return step.Run();
    }
}

internal sealed class LeakyStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] rates = [], gradient = [];

    public T Alpha { get; set; }

    public Nonlinearity Function { get; set; } = null!;

    protected override void Forward()
    {
        int length = Output.Length;
        if (rates.Length < length) (rates, gradient) = (new T[length], new T[length]);
        Span<T> y = rates.AsSpan(0, length);
        Function.Apply(Inputs[1].Value, y);
        Spans.Combine(Output.Value, T.One - Alpha, Inputs[0].Value, Alpha, y);
    }

    protected override void Backward()
    {
        if (Inputs[0].NeedsGradient) Spans.AddScaled(Inputs[0].Gradient, T.One - Alpha, Output.Gradient);
        if (!Inputs[1].NeedsGradient) return;
        Span<T> g = gradient.AsSpan(0, Output.Length);
        Output.Gradient.CopyTo(g);
        Function.MultiplyBySlope(Function.SlopeFromValue ? rates.AsSpan(0, g.Length) : Inputs[1].Value, g);
        Spans.AddScaled(Inputs[1].Gradient, Alpha, g);
    }
}

internal sealed class RecurrenceStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PackedMatrix<T> packed = new();
    private T[] kept = [], carried = [], slopes = [];

    public T Alpha { get; set; }

    public Nonlinearity Function { get; set; } = null!;

    private int Moment => Inputs[0].Length;

    protected override void Forward()
    {
        Variable<T> start = Inputs[0], drive = Inputs[2];
        int moment = Moment, moments = drive.Length / moment;
        if (kept.Length < drive.Length) kept = new T[drive.Length];
        if (slopes.Length < moment) (carried, slopes) = (new T[moment], new T[moment]);

        packed.Pack(Inputs[1].Matrix.View.Transposed);
        ReadOnlySpan<T> x = start.Value;
        for (int t = 0; t < moments; t++)
        {
            Span<T> argument = kept.AsSpan(t * moment, moment), next = Output.Value.Slice(t * moment, moment);
            drive.Value.Slice(t * moment, moment).CopyTo(argument);
            if (Inputs.Length == 4) Spans.Add(argument, Inputs[3].Value.Slice(t * moment, moment));
            packed.Multiply(x, start.Rows, argument, T.One, T.One);
            Span<T> rates = Function.SlopeFromValue ? argument : slopes.AsSpan(0, moment);
            Function.Apply(argument, rates);
            Spans.Combine(next, T.One - Alpha, x, Alpha, rates);
            x = next;
        }
    }

    protected override void Backward()
    {
        Variable<T> start = Inputs[0], weights = Inputs[1], drive = Inputs[2];
        int moment = Moment, moments = drive.Length / moment;
        Span<T> back = carried.AsSpan(0, moment), argument = slopes.AsSpan(0, moment);
        back.Clear();
        packed.Pack(weights.Matrix.View);
        for (int t = moments - 1; t >= 0; t--)
        {
            // back: ∂ℓ/∂x_{t+1}, what came from later moments and what this moment's readers say
            Spans.Add(back, Output.Gradient.Slice(t * moment, moment));
            Span<T> values = kept.AsSpan(t * moment, moment);
            back.CopyTo(argument);
            Spans.Scale(argument, Alpha);
            Function.MultiplyBySlope(values, argument);
            argument.CopyTo(values);        // not needed any more: room for ∂ℓ/∂a_t
            Spans.Scale(back, T.One - Alpha);
            packed.Multiply(argument, start.Rows, back, T.One, T.One);
        }
        if (start.NeedsGradient) Spans.Add(start.Gradient, back);
        if (drive.NeedsGradient) Spans.Add(drive.Gradient, kept.AsSpan(0, drive.Length));
        if (!weights.NeedsGradient) return;
        int n = start.Columns;
        MatrixView<T> first = new(kept.AsSpan(0, moment), start.Rows, n);
        SerialProduct.Multiply(first.Transposed, start.Matrix.View, weights.Gradient, T.One, T.One);
        if (moments == 1) return;
        int rows = drive.Rows - start.Rows;
        MatrixView<T> later = new(kept.AsSpan(moment, rows * n), rows, n), before = new(Output.Value[..(rows * n)], rows, n);
        SerialProduct.Multiply(later.Transposed, before, weights.Gradient, T.One, T.One);
    }
}
