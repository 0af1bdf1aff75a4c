using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>A network of networks through time in one step of the tape: only its last state comes out.</summary>
/// <remarks>
/// <code>
/// x_{t+1} = x_t + α (−x_t + W φ(x_t) + L x_t + U s_t + b),   x_0 = 0,   φ = ReLU
/// </code>
/// W is block diagonal: its zeros are not multiplied. Gradients of the weights are gathered some moments at a time, one product each.
/// </remarks>
internal sealed class ComboRecurrence<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 16;       // moments per product: long enough to be fast, short enough for the second-level cache

    private readonly PackedMatrix<T> coupling = new(), input = new();
    private readonly ModuleWeights<T> modules = new();
    private T[] states = [], rates = [], gradients = [], carried = [];

    public T Alpha { get; set; }

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
        Reserve(ref rates, Chunk * Moment);
        if (Coupling is { } l) coupling.Pack(l.Matrix.View.Transposed);
        input.Pack(InputWeights.Matrix.View.Transposed);
        modules.Take(Modules);
        states.AsSpan(0, Moment).Clear();
        for (int t = 0; t < Moments; t++)
            Next(State(keep ? t : t % 2), State(keep ? t + 1 : (t + 1) % 2), t);
        State(keep ? Moments : Moments % 2).CopyTo(Output.Value);
    }

    protected override void Backward()
    {
        Reserve(ref gradients, Chunk * Moment);
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
                Span<T> slope = gradients.AsSpan((t - start) * Moment, Moment);     // α ∂ℓ/∂x_{t+1}
                back.CopyTo(slope);
                Spans.Scale(slope, Alpha);
                Before(State(t), slope, back);
            }
            Gather(start, end - start);
        }
    }

    private Span<T> State(int t) => states.AsSpan(t * Moment, Moment);

    private void Next(ReadOnlySpan<T> x, Span<T> next, int t)
    {
        Span<T> rate = rates.AsSpan(0, Moment);
        Nonlinearity.Relu.Apply(x, rate);
        AddInput(next, t);
        Spans.Combine(next, T.One - Alpha, x, Alpha, next);
        modules.Multiply(rate, Trials, next, Alpha);
        if (Coupling is not null) coupling.Multiply(x, Trials, next, Alpha, T.One);
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

    /// <summary>∂ℓ/∂x_t from ∂ℓ/∂x_{t+1}, in place.</summary>
    private void Before(ReadOnlySpan<T> x, ReadOnlySpan<T> slope, Span<T> back)
    {
        Spans.Scale(back, T.One - Alpha);
        if (Coupling is not null) coupling.Multiply(slope, Trials, back, T.One, T.One);
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
            SerialProduct.Multiply(slopes.Transposed, new MatrixView<T>(before, rows, Units), l.Gradient, T.One, T.One);
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

/// <summary>A block-diagonal matrix, its blocks below each other, multiplied with the rows of a batch.</summary>
/// <remarks>Blocks that training changes are multiplied as they are; constant ones connection by connection if they are sparse.</remarks>
internal sealed class ModuleWeights<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int DenseFrom = 8;        // one of so many entries present: a dense product is faster

    private readonly List<PackedMatrix<T>> blocks = [];
    private readonly List<(int From, int To, T Weight)> connections = [];
    private T[] left = [], right = [];
    private int size, count, units;
    private bool isSparse;

    public void Take(Variable<T> stacked) => Take(stacked, transposed: false);

    public void TakeTransposed(Variable<T> stacked) => Take(stacked, transposed: true);

    /// <summary>target ← target + factor · rows Wᵀ.</summary>
    public void Multiply(ReadOnlySpan<T> rows, int count, Span<T> target, T factor)
    {
        if (isSparse)
        {
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<T> from = rows.Slice(row * units, units);
                Span<T> to = target.Slice(row * units, units);
                foreach ((int source, int place, T weight) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(connections))
                    to[place] += factor * weight * from[source];
            }
            return;
        }
        for (int block = 0; block < this.count; block++)
            blocks[block].Multiply(rows[(block * size)..], units, count, target[(block * size)..], units, factor, T.One);
    }

    /// <summary>gradient ← gradient + slopesᵀ rates, block by block.</summary>
    public void Gather(ReadOnlySpan<T> slopes, ReadOnlySpan<T> rates, int rows, Span<T> gradient)
    {
        if (left.Length < rows * size) (left, right) = (new T[rows * size], new T[rows * size]);
        for (int block = 0; block < count; block++)
        {
            for (int row = 0; row < rows; row++)
            {
                slopes.Slice(row * units + block * size, size).CopyTo(left.AsSpan(row * size));
                rates.Slice(row * units + block * size, size).CopyTo(right.AsSpan(row * size));
            }
            MatrixView<T> from = new(right.AsSpan(0, rows * size), rows, size), to = new(left.AsSpan(0, rows * size), rows, size);
            SerialProduct.Multiply(to.Transposed, from, gradient.Slice(block * size * size, size * size), T.One, T.One);
        }
    }

    private void Take(Variable<T> stacked, bool transposed)
    {
        (size, count, units) = (stacked.Columns, stacked.Rows / stacked.Columns, stacked.Rows);
        ReadOnlySpan<T> values = stacked.Value;
        int present = 0;
        foreach (T value in values)
            if (value != T.Zero) present++;
        isSparse = !stacked.NeedsGradient && (long)present * DenseFrom <= values.Length;
        if (isSparse) TakeConnections(values, transposed);
        else
            for (int block = 0; block < count; block++)
            {
                if (block == blocks.Count) blocks.Add(new PackedMatrix<T>());
                var view = new MatrixView<T>(values.Slice(block * size * size, size * size), size, size);
                blocks[block].Pack(transposed ? view : view.Transposed);
            }
    }

    private void TakeConnections(ReadOnlySpan<T> values, bool transposed)
    {
        connections.Clear();
        for (int to = 0; to < units; to++)
            for (int j = 0; j < size; j++)
            {
                T weight = values[to * size + j];
                int from = to / size * size + j;
                if (weight != T.Zero) connections.Add(transposed ? (to, from, weight) : (from, to, weight));
            }
    }
}
