using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>A network that learns the task, from fresh trials in every update.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MemoryLearner<T> : ILearner<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MemoryNetwork network;
    private readonly DelayedMatchToSampleTask task;
    private readonly Philox random;

    /// <summary>Sets up the learning.</summary>
    /// <param name="network">The network to begin with; it is left as it is.</param>
    /// <param name="task">The task, with as many channels as the network.</param>
    /// <param name="random">The stream of the trials and of the noise.</param>
    /// <param name="processNoise">σ while it learns.</param>
    /// <exception cref="ArgumentException">The numbers of channels differ.</exception>
    public MemoryLearner(MemoryNetwork network, DelayedMatchToSampleTask task, Philox random, double processNoise = NetworkPerturbation.TrainingNoise)
    {
        Require.NotNull(network);
        Require.NotNull(task);
        Require.NotNegative(processNoise);
        Require.Length(network.Channels, task.Channels, nameof(task), "channel of the network");
        (this.network, this.task, this.random, ProcessNoise) = (network, task, random, processNoise);
        var all = new Parameter<T>("network", 1, network.Parameters.Length);
        for (int i = 0; i < all.Length; i++) all.Value[i] = T.CreateTruncating(network.Parameters[i]);
        Parameters = [all];
    }

    /// <summary>σ while it learns.</summary>
    public double ProcessNoise { get; }

    /// <summary>One parameter: all of the network's numbers in a row.</summary>
    public ImmutableArray<Parameter<T>> Parameters { get; }

    /// <summary>The network as it stands.</summary>
    public MemoryNetwork Network
    {
        get
        {
            var values = new float[Parameters[0].Length];
            for (int i = 0; i < values.Length; i++) values[i] = float.CreateTruncating(Parameters[0].Value[i]);
            return network.With(values);
        }
    }

    /// <inheritdoc />
    public Variable<T> Loss(Tape<T> tape, Minibatch batch)
    {
        Require.NotNull(tape);
        Require.Positive(batch.Count, nameof(batch));
        Philox own = random.Child((ulong)batch.Update);
        var step = tape.Record<TrialLossStep<T>>(1, 1, tape.Use(Parameters[0]));
        step.Network = network;
        step.Batch = task.Sample(batch.Samples.Span, random.Child(ulong.MaxValue));
        step.Random = own.Child((ulong)batch.First);
        step.ProcessNoise = ProcessNoise;
        return step.Run();
    }
}
