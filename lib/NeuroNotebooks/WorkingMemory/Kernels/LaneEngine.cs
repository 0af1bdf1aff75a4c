using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Memory of a block in lanes: every state of every step, so that nothing is computed twice on the way back.</summary>
internal sealed unsafe class LaneWorkspace<T> : TrialWorkspace<T> where T : unmanaged
{
    /// <summary>What the recurrent matrix acts on, inputs and a row of ones below it: (steps + 1) × depth × lanes.</summary>
    public required AlignedBuffer<T> Sources { get; init; }

    /// <summary>On the way forward φ(z), on the way back the adjoint of z: steps × columns × lanes.</summary>
    public required AlignedBuffer<T> Drives { get; init; }

    /// <summary>Further states of the kind of network: (steps + 1) × rows × lanes each.</summary>
    public AlignedBuffer<T>[] States { get; init; } = [];

    /// <summary>Adjoints of those states, rows × lanes each.</summary>
    public AlignedBuffer<T>[] StateAdjoints { get; init; } = [];

    public required AlignedBuffer<T> Product { get; init; }

    public required AlignedBuffer<T> Adjoint { get; init; }

    public required AlignedBuffer<T> Readout { get; init; }

    public required AlignedBuffer<T> ReadoutAdjoints { get; init; }
}

/// <summary>A network whose fixed recurrent matrix acts on sixteen trials at once.</summary>
/// <remarks>
/// x ← x + α (φ(z) − x) with z = Mᵀ s, where s stacks what the units send, the inputs and a row of ones, and M stacks recurrent weights, input
/// weights and biases. The gradient of M is gathered over <see cref="Chunk"/> steps at a time.
/// </remarks>
internal abstract unsafe class LaneEngine<T> : TrialEngine<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Steps whose states fit the second-level cache together.</summary>
    protected const int Chunk = 16;

    private readonly AlignedBuffer<T> forward, backward, readout, readoutBack;

    protected LaneEngine(int units, int channels, double alpha, bool hasOwnStates) : base(units, channels)
    {
        Alpha = T.CreateTruncating(alpha);
        NoiseScale = Math.Sqrt(2.0 / alpha);
        Depth = LaneProduct<T>.RoundUp(units + channels + 1, LaneProduct<T>.GradientRows);
        Columns = LaneProduct<T>.RoundUp(units, LaneProduct<T>.GradientColumns);
        Outputs = LaneProduct<T>.RoundUp(channels, 2 * LaneProduct<T>.Panel);
        ReadoutDepth = hasOwnStates ? LaneProduct<T>.RoundUp(units + 1, LaneProduct<T>.GradientRows) : Depth;
        OneRow = hasOwnStates ? units : units + channels;
        forward = new AlignedBuffer<T>(Depth * LaneProduct<T>.PaddedColumns(units));
        backward = new AlignedBuffer<T>(units * LaneProduct<T>.PaddedColumns(units));
        readout = new AlignedBuffer<T>(ReadoutDepth * Outputs);
        readoutBack = new AlignedBuffer<T>(Outputs * LaneProduct<T>.PaddedColumns(units));
    }

    protected T Alpha { get; }

    protected static int LaneCount => Lanes<T>.Count;

    /// <summary>√(2/α): noise of the model per unit of σ.</summary>
    private double NoiseScale { get; }

    private int Depth { get; }
    private int Columns { get; }
    private int Outputs { get; }
    private int ReadoutDepth { get; }
    private int OneRow { get; }

    protected nint SourceStride => Depth * LaneCount;
    protected nint DriveStride => Columns * LaneCount;
    protected nint StateStride => ReadoutDepth * LaneCount;

    private int GradientSize => Depth * Columns;

    /// <summary>The weight from one unit to another as the step uses it.</summary>
    protected abstract T EffectiveWeight(ReadOnlySpan<T> recurrent, int from, int to);

    /// <summary>How much the effective weight moves with its parameter.</summary>
    protected abstract T EffectiveSlope(ReadOnlySpan<T> recurrent, int from, int to);

    protected abstract AlignedBuffer<T>[] NewStates(int steps);

    protected abstract int StateAdjointCount { get; }

    /// <summary>The activity at the beginning of a step, ones below it.</summary>
    protected abstract T* Activity(LaneWorkspace<T> workspace, int step);

    /// <summary>States before the first step.</summary>
    protected abstract void Begin(LaneWorkspace<T> workspace);

    /// <summary>From z, in the workspace's product, to the states after the step and the sources of the next.</summary>
    protected abstract void Step(LaneWorkspace<T> workspace, int step);

    /// <summary>From the adjoint of the activity after the step to that of z, in the drives, and whatever else needs no product.</summary>
    protected abstract void BackToDrive(LaneWorkspace<T> workspace, int step);

    /// <summary>From the adjoint of the sources, in the product, to those of the states before the step.</summary>
    protected abstract void BackToStates(LaneWorkspace<T> workspace, int step);

    /// <summary>Writes the state of one lane's synapses after some steps.</summary>
    protected abstract void WriteSynapses(LaneWorkspace<T> workspace, int step, int lane, Span<float> target);

    public override TrialWorkspace<T> NewWorkspace(int steps) => new LaneWorkspace<T>
    {
        Sources = new AlignedBuffer<T>((steps + 1) * SourceStride),
        Drives = new AlignedBuffer<T>(steps * DriveStride),
        States = NewStates(steps),
        StateAdjoints = [.. Enumerable.Range(0, StateAdjointCount).Select(_ => new AlignedBuffer<T>(StateStride))],
        Product = new AlignedBuffer<T>(LaneProduct<T>.PaddedColumns(Units) * LaneCount),
        Adjoint = new AlignedBuffer<T>(LaneProduct<T>.PaddedColumns(Units) * LaneCount),
        Readout = new AlignedBuffer<T>(Outputs * LaneCount),
        ReadoutAdjoints = new AlignedBuffer<T>(Chunk * Outputs * LaneCount),
        Gradient = new AlignedBuffer<T>(GradientSize + ReadoutDepth * Outputs),
    };

    public override void Prepare(ReadOnlySpan<T> parameters, SynapseMask? mask = null)
    {
        T[] all = parameters.ToArray();
        int n = Units;
        T Weight(int from, int to) =>
            mask?[from, to] == false ? T.Zero : EffectiveWeight(all.AsSpan(Layout.Recurrent, n * n), from, to);
        LaneProduct<T>.Pack(Depth, n, forward.Address, (k, j) =>
            k < n ? Weight(k, j)
            : k < n + Channels ? all[ParameterLayout.Input + (k - n) * n + j]
            : k == n + Channels ? all[Layout.Bias + j] : T.Zero);
        LaneProduct<T>.Pack(n, n, backward.Address, (k, j) => Weight(j, k));
        LaneProduct<T>.Pack(ReadoutDepth, Outputs, readout.Address, (k, c) => c >= Channels ? T.Zero
            : k < n ? all[Layout.Readout + k * Channels + c]
            : k == OneRow ? all[Layout.ReadoutBias + c] : T.Zero);
        LaneProduct<T>.Pack(Outputs, n, readoutBack.Address, (c, i) => c < Channels ? all[Layout.Readout + i * Channels + c] : T.Zero);
    }

    public override void Run(TrialWorkspace<T> workspace, TrialBlock block, RunOutput output)
    {
        var own = (LaneWorkspace<T>)workspace;
        Forward(own, block);
        for (int step = 0; step < block.Steps; step++)
        {
            if (output.AllSteps || block.IsInAnyWindow(step))
            {
                LaneProduct<T>.Multiply(readout.Address, ReadoutDepth, Outputs, Activity(own, step + 1), own.Readout.Address, add: false);
                for (int lane = 0; lane < block.Count; lane++)
                    for (int c = 0; c < Channels; c++)
                        output.Readout[((long)(block.First + lane) * block.Steps + step) * Channels + c] =
                            float.CreateTruncating(own.Readout.Address[c * LaneCount + lane]);
            }
            for (int lane = 0; lane < block.Count; lane++) Record(own, block, step, lane, output);
        }
    }

    private void Record(LaneWorkspace<T> workspace, TrialBlock block, int step, int lane, RunOutput output)
    {
        T* activity = Activity(workspace, step + 1);
        Span<float> ofUnits = output.Activity is null ? [] : output.Activity.Row(block.First + lane, step);
        Span<float> ofSynapses = output.Synapses is null ? [] : output.Synapses.Row(block.First + lane, step);
        for (int i = 0; i < ofUnits.Length; i++) ofUnits[i] = float.CreateTruncating(activity[i * LaneCount + lane]);
        if (ofSynapses.Length > 0) WriteSynapses(workspace, step + 1, lane, ofSynapses);
    }

    private void Forward(LaneWorkspace<T> workspace, TrialBlock block)
    {
        Load(workspace, block);
        Begin(workspace);
        T* z = workspace.Product.Address;
        double noise = block.Noise * NoiseScale;
        ulong perStep = (ulong)(Units * LaneCount / Numerics.Philox.WordsPerBlock);
        for (int step = 0; step < block.Steps; step++)
        {
            if (noise > 0.0) ProcessNoise.Fill(new Span<T>(z, Units * LaneCount), noise, block.Random, (ulong)step * perStep);
            LaneProduct<T>.Multiply(forward.Address, Depth, Units, workspace.Sources.Address + step * SourceStride, z, add: noise > 0.0);
            Step(workspace, step);
        }
    }

    private void Load(LaneWorkspace<T> workspace, TrialBlock block)
    {
        for (int step = 0; step <= block.Steps; step++)
        {
            T* rows = workspace.Sources.Address + step * SourceStride + Units * LaneCount;
            new Span<T>(rows + Channels * LaneCount, LaneCount).Fill(T.One);
            if (step == block.Steps) break;
            for (int lane = 0; lane < LaneCount; lane++)
            {
                ReadOnlySpan<float> input = lane < block.Count ? block.Input(lane, step) : [];
                for (int c = 0; c < Channels; c++) rows[c * LaneCount + lane] = input.IsEmpty ? T.Zero : T.CreateTruncating(input[c]);
            }
        }
    }

    public override double LossAndGradient(TrialWorkspace<T> workspace, TrialBlock block)
    {
        var own = (LaneWorkspace<T>)workspace;
        Forward(own, block);
        own.Gradient.Clear();
        own.Adjoint.Clear();
        foreach (var adjoint in own.StateAdjoints) adjoint.Clear();
        double loss = 0.0;
        for (int last = block.Steps; last > 0;)
        {
            int first = (last - 1) / Chunk * Chunk;
            bool answered = false;
            own.ReadoutAdjoints.Clear();
            for (int step = last - 1; step >= first; step--)
            {
                if (block.IsInAnyWindow(step))
                {
                    loss += BackFromReadout(own, block, step, own.ReadoutAdjoints.Address + (step - first) * Outputs * LaneCount);
                    answered = true;
                }
                BackToDrive(own, step);
                LaneProduct<T>.Multiply(backward.Address, Units, Units, own.Drives.Address + step * DriveStride, own.Product.Address, add: false);
                BackToStates(own, step);
            }
            LaneProduct<T>.AddOuter(own.Sources.Address + first * SourceStride, SourceStride, Depth,
                own.Drives.Address + first * DriveStride, DriveStride, Columns, last - first, own.Gradient.Address);
            if (answered)
                LaneProduct<T>.AddOuter(Activity(own, first + 1), StateStride, ReadoutDepth,
                    own.ReadoutAdjoints.Address, Outputs * LaneCount, Outputs, last - first, own.Gradient.Address + GradientSize);
            last = first;
        }
        return loss;
    }

    private double BackFromReadout(LaneWorkspace<T> workspace, TrialBlock block, int step, T* adjoints)
    {
        T* y = workspace.Readout.Address;
        LaneProduct<T>.Multiply(readout.Address, ReadoutDepth, Outputs, Activity(workspace, step + 1), y, add: false);
        double loss = 0.0;
        for (int lane = 0; lane < block.Count; lane++)
        {
            if (!block.IsInWindow(lane, step)) continue;
            T weight = T.CreateTruncating(block.ErrorWeight[lane]);
            for (int c = 0; c < Channels; c++)
            {
                T error = y[c * LaneCount + lane] - (c == block.Batch.Labels[block.First + lane] ? T.One : T.Zero);
                loss += double.CreateTruncating(weight * error * error);
                adjoints[c * LaneCount + lane] = (weight + weight) * error;
            }
        }
        LaneProduct<T>.Multiply(readoutBack.Address, Outputs, Units, adjoints, workspace.Adjoint.Address, add: true);
        return loss;
    }

    public override void Collect(ReadOnlySpan<T> sum, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        int n = Units;
        ReadOnlySpan<T> recurrent = parameters.Slice(Layout.Recurrent, n * n), outer = sum[GradientSize..];
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
                gradient[Layout.Recurrent + i * n + j] = EffectiveSlope(recurrent, i, j) * sum[i * Columns + j];
            for (int c = 0; c < Channels; c++)
            {
                gradient[ParameterLayout.Input + c * n + j] = sum[(n + c) * Columns + j];
                gradient[Layout.Readout + j * Channels + c] = outer[j * Outputs + c];
            }
            gradient[Layout.Bias + j] = sum[(n + Channels) * Columns + j];
        }
        for (int c = 0; c < Channels; c++) gradient[Layout.ReadoutBias + c] = outer[OneRow * Outputs + c];
    }

    protected static Vector256<T> Load(T* source) => Vector256.Load(source);
}
