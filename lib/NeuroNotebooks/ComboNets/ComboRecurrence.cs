using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>A network of networks through time in one step of the tape: only its last state comes out.</summary>
/// <remarks>
/// <code>
/// x_{t+1} = x_t + α (−x_t + W φ(x_t) + L x_t + U s_t + b),   x_0 = 0,   φ = ReLU
/// x_{t+1} = R y_t,   y_t = x_t + α (−x_t + W φ(x_t) + U s_t + b)      if it rotates: the coupling is then R
/// </code>
/// W is block diagonal: its zeros are not multiplied. Gradients of the weights are gathered some moments at a time, one product each.
/// </remarks>
internal sealed class ComboRecurrence<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 16;       // moments per product: long enough to be fast, short enough for the second-level cache

    private readonly PackedMatrix<T> coupling = new(), input = new();
    private readonly ModuleWeights<T> modules = new();
    private T[] states = [], halfway = [], rates = [], gradients = [], after = [], carried = [];

    public T Alpha { get; set; }

    /// <summary>Whether the coupling is applied after the modules' step, and not within it.</summary>
    public bool Rotates { get; set; }

    public int Moments { get; set; }

    private Variable<T> Stream => Inputs[0];

    private Variable<T> InputWeights => Inputs[1];

    private Variable<T> Bias => Inputs[2];

    private Variable<T> Modules => Inputs[3];

    private Variable<T>? Coupling => Inputs.Length > 4 ? Inputs[4] : null;

    private int Trials => Output.Rows;

    private int Units => Output.Columns;

    private int Moment => Output.Length;

    protected override void Forward()
    {
        bool keep = Output.NeedsGradient;
        Reserve(ref states, keep ? (Moments + 1) * Moment : 2 * Moment);
        if (Rotates) Reserve(ref halfway, keep ? Moments * Moment : Moment);
        Reserve(ref rates, Chunk * Moment);
        if (Coupling is { } l) coupling.Pack(l.Matrix.View.Transposed);
        input.Pack(InputWeights.Matrix.View.Transposed);
        modules.Take(Modules);
        states.AsSpan(0, Moment).Clear();
        for (int t = 0; t < Moments; t++)
        {
            Span<T> next = State(keep ? t + 1 : (t + 1) % 2), own = Rotates ? Halfway(keep ? t : 0) : next;
            Next(State(keep ? t : t % 2), own, t);
            if (Rotates) coupling.Multiply(own, Trials, next, T.One, T.Zero);
        }
        State(keep ? Moments : Moments % 2).CopyTo(Output.Value);
    }

    protected override void Backward()
    {
        Reserve(ref gradients, Chunk * Moment);
        if (Rotates) Reserve(ref after, Chunk * Moment);
        Reserve(ref carried, Moment);
        if (Coupling is { } l) coupling.Pack(l.Matrix.View);
        modules.TakeTransposed(Modules);
        Span<T> back = carried.AsSpan(0, Moment);
        Output.Gradient.CopyTo(back);
        for (int end = Moments; end > 0; end -= Chunk)
        {
            int start = Math.Max(0, end - Chunk);
            for (int t = end - 1; t >= start; t--)
            {
                Span<T> slope = gradients.AsSpan((t - start) * Moment, Moment);     // α ∂ℓ/∂x_{t+1}, or α ∂ℓ/∂y_t
                if (Rotates) GoBackThroughRotation(back, after.AsSpan((t - start) * Moment, Moment));
                back.CopyTo(slope);
                Spans.Scale(slope, Alpha);
                Before(State(t), slope, back);
            }
            Gather(start, end - start);
        }
    }

    private Span<T> State(int t) => states.AsSpan(t * Moment, Moment);

    private Span<T> Halfway(int t) => halfway.AsSpan(t * Moment, Moment);

    private void Next(ReadOnlySpan<T> x, Span<T> next, int t)
    {
        Span<T> rate = rates.AsSpan(0, Moment);
        Nonlinearity.Relu.Apply(x, rate);
        AddInput(next, t);
        Spans.Combine(next, T.One - Alpha, x, Alpha, next);
        modules.Multiply(rate, Trials, next, Alpha);
        if (Coupling is not null && !Rotates) coupling.Multiply(x, Trials, next, Alpha, T.One);
    }

    /// <summary>∂ℓ/∂y_t from ∂ℓ/∂x_{t+1}, in place; the latter is kept.</summary>
    private void GoBackThroughRotation(Span<T> back, Span<T> kept)
    {
        back.CopyTo(kept);
        coupling.Multiply(kept, Trials, back, T.One, T.Zero);
    }

    /// <summary>U s + b in each row.</summary>
    private void AddInput(Span<T> target, int t)
    {
        int channels = Stream.Columns;
        ReadOnlySpan<T> signal = Stream.Value.Slice(t * Trials * channels, Trials * channels), weights = InputWeights.Value, bias = Bias.Value;
        for (int row = 0; row < Trials; row++)
        {
            Span<T> at = target.Slice(row * Units, Units);
            if (channels == 1) Vectors.AddScaled(bias, signal[row], weights, at);
            else bias.CopyTo(at);
        }
        if (channels > 1) input.Multiply(signal, Trials, target, T.One, T.One);
    }

    /// <summary>∂ℓ/∂x_t from ∂ℓ/∂x_{t+1}, or from ∂ℓ/∂y_t, in place.</summary>
    private void Before(ReadOnlySpan<T> x, ReadOnlySpan<T> slope, Span<T> back)
    {
        Spans.Scale(back, T.One - Alpha);
        if (Coupling is not null && !Rotates) coupling.Multiply(slope, Trials, back, T.One, T.One);
        Span<T> toRates = rates.AsSpan(0, Moment);
        toRates.Clear();
        modules.Multiply(slope, Trials, toRates, T.One);
        Nonlinearity.Relu.MultiplyBySlope(x, toRates);      // x > 0 where max(x, 0) is
        Spans.Add(back, toRates);
    }

    /// <summary>What some consecutive moments add to the gradients of all weights.</summary>
    private void Gather(int start, int moments)
    {
        int rows = moments * Trials;
        var slopes = new MatrixView<T>(gradients.AsSpan(0, rows * Units), rows, Units);
        ReadOnlySpan<T> before = states.AsSpan(start * Moment, rows * Units);
        if (Coupling is { NeedsGradient: true } l)
        {
            MatrixView<T> to = Rotates ? new(after.AsSpan(0, rows * Units), rows, Units) : slopes;
            MatrixView<T> from = new(Rotates ? halfway.AsSpan(start * Moment, rows * Units) : before, rows, Units);
            SerialProduct.Multiply(to.Transposed, from, l.Gradient, T.One, T.One);
        }
        if (Bias.NeedsGradient) Spans.AddColumnSums(Bias.Gradient, slopes.Values);
        if (InputWeights.NeedsGradient) GatherInput(slopes, Stream.Value.Slice(start * Trials * Stream.Columns, rows * Stream.Columns));
        if (!Modules.NeedsGradient) return;
        Span<T> active = rates.AsSpan(0, rows * Units);
        Nonlinearity.Relu.Apply(before, active);
        modules.Gather(slopes.Values, active, rows, Modules.Gradient);
    }

    private void GatherInput(MatrixView<T> slopes, ReadOnlySpan<T> signal)
    {
        if (Stream.Columns > 1)
            SerialProduct.Multiply(slopes.Transposed, new MatrixView<T>(signal, slopes.Rows, Stream.Columns), InputWeights.Gradient, T.One, T.One);
        else
            for (int row = 0; row < slopes.Rows; row++)
                if (signal[row] != T.Zero) Spans.AddScaled(InputWeights.Gradient, signal[row], slopes.Values.Slice(row * Units, Units));
    }

    private static void Reserve(ref T[] array, int length)
    {
        if (array.Length < length) array = new T[length];
    }
}
