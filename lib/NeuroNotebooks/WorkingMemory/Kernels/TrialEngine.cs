using System.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>What one thread needs to carry a block of trials forward and back.</summary>
internal abstract class TrialWorkspace<T> where T : unmanaged
{
    /// <summary>The gradient with respect to the engine's own matrices, summed over the trials of one block.</summary>
    public required AlignedBuffer<T> Gradient { get; init; }
}

/// <summary>Carries blocks of trials through one kind of network, forward and back.</summary>
/// <remarks>The parameters lie in one vector: input weights, recurrent parameters, biases, readout weights, readout biases.</remarks>
internal abstract class TrialEngine<T>(int units, int channels) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Units => units;

    public int Channels => channels;

    public int ParameterCount => ParameterLayout.Count(units, channels);

    protected ParameterLayout Layout { get; } = new(units, channels);

    public abstract TrialWorkspace<T> NewWorkspace(int steps);

    /// <summary>Takes over the parameters, in the order in which they are read.</summary>
    public abstract void Prepare(ReadOnlySpan<T> parameters, SynapseMask? mask = null);

    /// <summary>Runs a block and writes what is asked for.</summary>
    public abstract void Run(TrialWorkspace<T> workspace, TrialBlock block, RunOutput output);

    /// <summary>Runs a block forward and back: its part of the loss, and its gradient in the workspace.</summary>
    public abstract double LossAndGradient(TrialWorkspace<T> workspace, TrialBlock block);

    /// <summary>Turns the sum of the blocks' gradients into that of the parameters.</summary>
    public abstract void Collect(ReadOnlySpan<T> sum, ReadOnlySpan<T> parameters, Span<T> gradient);
}

/// <summary>Where the parts of a parameter vector lie.</summary>
internal readonly record struct ParameterLayout(int Units, int Channels)
{
    public const int Input = 0;
    public int Recurrent => Channels * Units;
    public int Bias => Recurrent + Units * Units;
    public int Readout => Bias + Units;
    public int ReadoutBias => Readout + Units * Channels;

    public static int Count(int units, int channels) => new ParameterLayout(units, channels).ReadoutBias + channels;
}

/// <summary>Which synapses are left: units × units, from the row to the column.</summary>
internal sealed record SynapseMask(int Units, bool[] Kept)
{
    public bool this[int from, int to] => Kept[from * Units + to];
}
