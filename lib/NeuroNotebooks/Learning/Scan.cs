using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>Records one moment of a model: replaces each state by the next one.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="tape">Where to record.</param>
/// <param name="moment">Which moment, from 0.</param>
/// <param name="states">The states before, to be replaced by those after, of the same shapes.</param>
/// <param name="shared">What all moments share. Take variables from here only: others are not on this tape. Parameters come by Use.</param>
public delegate void MomentStep<T>(Tape<T> tape, int moment, Span<Variable<T>> states, ReadOnlySpan<Variable<T>> shared)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

public static partial class Steps
{
    /// <summary>Records a model moment by moment; on request keeping only some states and computing the rest again on the way back.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="moments">How many, above zero.</param>
    /// <param name="states">The first states, at least one; receives the last ones.</param>
    /// <param name="shared">What all moments share.</param>
    /// <param name="step">Records one moment; the same whenever it is called again for it.</param>
    /// <param name="segment">
    /// Moments between two states that are kept, or 0 to keep everything. About √<paramref name="moments"/> needs least memory: that of so
    /// many moments, for the time of one more way forward.
    /// </param>
    /// <exception cref="ArgumentException">A step changed the shape of a state.</exception>
    /// <remarks>Gradients are the same to the bit with and without. Source: Griewank and Walther, ACM TOMS 26:19 (2000), at one level.</remarks>
    public static void Scan<T>(
        this Tape<T> tape, int moments, Span<Variable<T>> states, ReadOnlySpan<Variable<T>> shared, MomentStep<T> step, int segment = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(tape);
        Require.Positive(moments);
        Require.NotNull(step);
        Require.NotNegative(segment);
        if (states.IsEmpty) throw new ArgumentException("states is empty: expected at least one.", nameof(states));
        foreach (Variable<T> state in states) Require.NotNull(state, nameof(states));
        foreach (Variable<T> variable in shared) Require.NotNull(variable, nameof(shared));
        if (segment == 0)
        {
            for (int t = 0; t < moments; t++) Moment(tape, t, states, shared, step);
            return;
        }

        Variable<T>[] inputs = System.Buffers.ArrayPool<Variable<T>>.Shared.Rent(states.Length + shared.Length);
        states.CopyTo(inputs);
        shared.CopyTo(inputs.AsSpan(states.Length));
        var scan = tape.Record<ScanStep<T>>(1, 1, inputs.AsSpan(0, states.Length + shared.Length));
        System.Buffers.ArrayPool<Variable<T>>.Shared.Return(inputs, clearArray: true);
        scan.Set(moments, segment, states.Length, step);
        scan.Run();
        scan.TakeOutputs(states);
    }

    internal static void Moment<T>(Tape<T> tape, int t, Span<Variable<T>> states, ReadOnlySpan<Variable<T>> shared, MomentStep<T> step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int before = 0, after = 0;
        foreach (Variable<T> state in states) before = HashCode.Combine(before, state.Rows, state.Columns);
        step(tape, t, states, shared);
        foreach (Variable<T> state in states) after = HashCode.Combine(after, state.Rows, state.Columns);
        if (before != after) throw new ArgumentException($"step changed the shape of a state at moment {t}.", nameof(step));
    }
}

/// <summary>Moments in segments: between segments only the states are kept.</summary>
internal sealed class ScanStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Tape<T>? inner;
    private MomentStep<T> step = null!;
    private int moments, segment, stateCount;
    private Variable<T>[] states = [], starts = [], shared = [], outputs = [];
    private T[][] kept = [];
    private T[][] gradients = [];

    internal override bool UsesParameters => true;

    private int Segments => (moments + segment - 1) / segment;

    public void Set(int count, int length, int numberOfStates, MomentStep<T> moment)
    {
        (moments, segment, stateCount, step) = (count, length, numberOfStates, moment);
        inner ??= new Tape<T>(Tape);
    }

    /// <summary>Puts the last states on the outer tape, after this step, so that their readers' gradients are complete when it goes back.</summary>
    public void TakeOutputs(Span<Variable<T>> target)
    {
        for (int i = 0; i < stateCount; i++)
        {
            Variable<T> last = states[i];
            outputs[i] = Tape.Record<ScanOutput<T>>(last.Rows, last.Columns, Output).Output;
            last.Value.CopyTo(outputs[i].Value);
            target[i] = outputs[i];
        }
    }

    protected override void Forward()
    {
        Reserve();
        for (int s = 0; s < Segments; s++)
        {
            if (s > 0) Keep(s);
            RunSegment(s);
        }
        Output.Value.Clear();
    }

    protected override void Backward()
    {
        for (int i = 0; i < stateCount; i++) outputs[i].Gradient.CopyTo(Room(ref gradients[i], outputs[i].Length));
        for (int s = Segments - 1; s >= 0; s--)
        {
            RunSegment(s);
            inner!.ClearGradients();
            for (int i = 0; i < stateCount; i++)
                if (states[i].NeedsGradient) Spans.Add(states[i].Gradient, gradients[i].AsSpan(0, states[i].Length));
            inner.GoBack();
            if (s == 0) return;
            for (int i = 0; i < stateCount; i++) starts[i].Gradient.CopyTo(Room(ref gradients[i], starts[i].Length));
        }
    }

    private void Reserve()
    {
        if (states.Length != stateCount)
            (states, starts, outputs, gradients) = (new Variable<T>[stateCount], new Variable<T>[stateCount], new Variable<T>[stateCount], Empty(stateCount));
        if (shared.Length != Inputs.Length - stateCount) shared = new Variable<T>[Inputs.Length - stateCount];
        if (kept.Length < Segments * stateCount) kept = Empty(Segments * stateCount);
    }

    private void Keep(int s)
    {
        for (int i = 0; i < stateCount; i++) states[i].Value.CopyTo(Room(ref kept[s * stateCount + i], states[i].Length));
    }

    private void RunSegment(int s)
    {
        inner!.Clear();
        for (int i = 0; i < stateCount; i++)
        {
            Variable<T> first = Inputs[i];
            states[i] = starts[i] = s == 0 ? inner.LookAt(first)
                : inner.Start(first.Rows, first.Columns, kept[s * stateCount + i].AsSpan(0, first.Length), Output.NeedsGradient);
        }
        for (int i = 0; i < shared.Length; i++) shared[i] = inner.LookAt(Inputs[stateCount + i]);
        for (int t = s * segment; t < Math.Min(moments, (s + 1) * segment); t++) Steps.Moment(inner, t, states, shared, step);
    }

    private static Span<T> Room(ref T[] array, int length)
    {
        if (array.Length < length) array = new T[length];
        return array.AsSpan(0, length);
    }

    private static T[][] Empty(int count)
    {
        var arrays = new T[count][];
        Array.Fill(arrays, []);
        return arrays;
    }
}

/// <summary>A last state of a scan on the outer tape; the scan reads its gradient.</summary>
internal sealed class ScanOutput<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward() { }

    protected override void Backward() { }
}
