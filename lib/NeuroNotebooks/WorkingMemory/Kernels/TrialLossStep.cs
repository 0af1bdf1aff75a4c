using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>The loss of a batch of trials as one step of a tape: whole trials there and back in one go.</summary>
/// <remarks>The gradient is found together with the loss, so that no states outlive their block of trials.</remarks>
internal sealed class TrialLossStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BatchGradient<T>? engine;
    private MemoryNetwork? engineOf;
    private T[] gradient = [];

    public MemoryNetwork Network { get; set; } = null!;

    public TrialBatch Batch { get; set; } = null!;

    public Philox Random { get; set; }

    public double ProcessNoise { get; set; }

    protected override void Forward()
    {
        if (engine is null || !ReferenceEquals(engineOf, Network)) (engine, engineOf) = (new BatchGradient<T>(Network, Batch.Timing.StepMs), Network);
        if (gradient.Length == 0) gradient = new T[Inputs[0].Length];
        Output.Value[0] = T.CreateTruncating(engine.Run(Inputs[0].Value, Batch, Random, ProcessNoise, gradient, threads: 1));
    }

    protected override void Backward() => Vectors.AddScaled<T>(Inputs[0].Gradient, Output.Gradient[0], gradient, Inputs[0].Gradient);
}
