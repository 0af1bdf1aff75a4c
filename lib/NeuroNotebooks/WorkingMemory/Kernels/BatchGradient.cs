using System.Collections.Concurrent;
using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Loss and gradient of batches, with memory that is kept from one to the next.</summary>
/// <remarks>Blocks of trials have gradients of their own, which are summed in the order of the blocks whichever thread took them.</remarks>
internal sealed class BatchGradient<T>(MemoryNetwork network, double stepMs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrialEngine<T> engine = network.NewEngine<T>(stepMs);
    private readonly ConcurrentBag<TrialWorkspace<T>> idle = [];
    private T[][] ofBlocks = [];
    private double[] losses = [];

    public double Run(ReadOnlySpan<T> parameters, TrialBatch batch, Philox random, double processNoise, Span<T> gradient, int threads)
    {
        engine.Prepare(parameters);
        TrialBlock[] blocks = TrialBlock.Of(batch, Lanes<T>.Count, processNoise, random);
        if (ofBlocks.Length < blocks.Length)
        {
            ofBlocks = new T[blocks.Length][];
            losses = new double[blocks.Length];
        }
        BlockWorkers.Run(blocks.Length, threads, () => idle.TryTake(out var known) ? known : engine.NewWorkspace(batch.Steps), (block, workspace) =>
        {
            losses[block] = engine.LossAndGradient(workspace, blocks[block]);
            ofBlocks[block] ??= new T[workspace.Gradient.Length];
            workspace.Gradient.Span.CopyTo(ofBlocks[block]);
        }, idle.Add);
        var sum = (T[])ofBlocks[0].Clone();
        for (int block = 1; block < blocks.Length; block++) Vectors.AddScaled<T>(sum, T.One, ofBlocks[block], sum);
        engine.Collect(sum, parameters, gradient);
        return losses.Take(blocks.Length).Sum();
    }
}
