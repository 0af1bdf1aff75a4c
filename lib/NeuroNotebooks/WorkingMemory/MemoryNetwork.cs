using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>A recurrent network for the delayed-match-to-sample task: units with a time constant of 100 ms and a linear readout.</summary>
/// <remarks>
/// The parameters lie in one vector: input weights (channels × units), recurrent parameters (units × units, from the row to the column),
/// biases, readout weights (units × channels), readout biases: N² + N + 2 · 11 N + 11 for N units and 11 channels. Trials run side by side in
/// single precision; the result does not depend on the number of threads. A network is immutable and may be used by many threads.
/// </remarks>
public abstract class MemoryNetwork
{
    /// <summary>The units' time constant τ, ms.</summary>
    public const double TimeConstantMs = 100.0;

    private protected MemoryNetwork(int units, int channels, ReadOnlySpan<float> parameters)
    {
        Require.InRange(units, 1, 2000);
        Require.InRange(channels, 1, 2000);
        Require.Length(ParameterLayout.Count(units, channels), parameters.Length, nameof(parameters), "parameter of such a network");
        foreach (float value in parameters)
            if (!float.IsFinite(value)) throw new ArgumentException($"parameters has the entry {value}: expected finite numbers.", nameof(parameters));
        (Units, Channels, Parameters) = (units, channels, [.. parameters]);
    }

    /// <summary>N, the number of units.</summary>
    public int Units { get; }

    /// <summary>Inputs, and as many outputs.</summary>
    public int Channels { get; }

    /// <summary>All trained numbers.</summary>
    public ImmutableArray<float> Parameters { get; }

    /// <summary>What papers call this kind: FS-relu, FS-tanh, PS-pre or PS-hebb.</summary>
    public abstract string Kind { get; }

    /// <summary>Numbers that describe the state of the synapses; zero if they are fixed.</summary>
    public abstract int SynapticStates { get; }

    /// <summary>The same network with other parameters.</summary>
    /// <param name="parameters">As many as <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one is not finite.</exception>
    public abstract MemoryNetwork With(ReadOnlySpan<float> parameters);

    /// <summary>Runs trials through the network.</summary>
    /// <param name="batch">The trials; their task has as many channels as the network.</param>
    /// <param name="random">The stream of the noise.</param>
    /// <param name="perturbation">What is done to the network; nothing but the noise of training if left out.</param>
    /// <param name="recording">What to keep; readouts in the response windows alone if left out.</param>
    /// <param name="threads">Threads; one a processor if left out.</param>
    /// <exception cref="ArgumentException">The numbers of channels differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The recording would hold more numbers than one array can.</exception>
    public NetworkRun Run(
        TrialBatch batch, Philox random, NetworkPerturbation? perturbation = null, Recording? recording = null, int? threads = null)
    {
        CheckChannels(batch);
        perturbation ??= NetworkPerturbation.None;
        SynapseMask? mask = Mask(perturbation);
        TrialEngine<float> engine = NewEngine<float>(batch.Timing.StepMs);
        engine.Prepare(Parameters.AsSpan(), mask);
        TrialSeries? activity = Series(batch, Units, recording?.ActivityEvery ?? 0, nameof(recording));
        TrialSeries? synapses = Series(batch, mask is null ? SynapticStates : MaskedSynapticStates, recording?.SynapsesEvery ?? 0, nameof(recording));
        var output = new RunOutput(new float[(long)batch.Trials * batch.Steps * Channels], recording is not null, activity, synapses);
        TrialBlock[] blocks = TrialBlock.Of(batch, Lanes<float>.Count, perturbation.ProcessNoise, random);
        BlockWorkers.Run(blocks.Length, threads ?? Environment.ProcessorCount, () => engine.NewWorkspace(batch.Steps),
            (block, workspace) => engine.Run(workspace, blocks[block], output));
        return new NetworkRun(batch, output.Readout, activity, synapses);
    }

    /// <summary>Accuracy on a batch: see <see cref="NetworkRun.Accuracy"/>.</summary>
    /// <param name="batch">The trials; their task has as many channels as the network.</param>
    /// <param name="random">The stream of the noise.</param>
    /// <param name="perturbation">What is done to the network; nothing but the noise of training if left out.</param>
    /// <param name="threads">Threads; one a processor if left out.</param>
    /// <exception cref="ArgumentException">The numbers of channels differ.</exception>
    public double Accuracy(TrialBatch batch, Philox random, NetworkPerturbation? perturbation = null, int? threads = null) =>
        Run(batch, random, perturbation, recording: null, threads).Accuracy;

    /// <summary>The loss of a batch and its gradient.</summary>
    /// <param name="batch">The trials; their task has as many channels as the network.</param>
    /// <param name="random">The stream of the noise.</param>
    /// <param name="gradient">Receives the gradient, as long as <see cref="Parameters"/>.</param>
    /// <param name="processNoise">σ.</param>
    /// <param name="threads">Threads; one a processor if left out.</param>
    /// <returns>
    /// The mean squared error of all outputs over the response windows, times the number of delays (the paper sums over the delays).
    /// </returns>
    /// <exception cref="ArgumentException">The numbers of channels differ, or the gradient has another length.</exception>
    /// <remarks>Back-propagation through all steps. The bits do not depend on the number of threads.</remarks>
    public double Loss(
        TrialBatch batch, Philox random, Span<float> gradient, double processNoise = NetworkPerturbation.TrainingNoise, int? threads = null)
    {
        CheckChannels(batch);
        Require.NotNegative(processNoise);
        Require.Length(Parameters.Length, gradient.Length, nameof(gradient), "parameter");
        return new BatchGradient<float>(this, batch.Timing.StepMs).Run(Parameters.AsSpan(), batch, random, processNoise, gradient, threads ?? Environment.ProcessorCount);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Kind}, {Units} units";

    internal abstract TrialEngine<T> NewEngine<T>(double stepMs) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>States of the synapses where a mask has broken their symmetry.</summary>
    private protected virtual int MaskedSynapticStates => SynapticStates;

    /// <summary>The sizes by which synapses are sorted where the largest are cut first: units × units, from the row to the column.</summary>
    private protected abstract double[,] SynapseSizes();

    internal SynapseMask? Mask(NetworkPerturbation perturbation)
    {
        double part = perturbation.SynapseAblationProbability;
        if (part == 0.0) return null;
        var kept = new bool[Units * Units];
        if (perturbation.LargestFirst)
        {
            double[] sizes = [.. SynapseSizes().Cast<double>()];
            int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(i => sizes[i])];
            for (int k = (int)Math.Round(part * order.Length); k < order.Length; k++) kept[order[k]] = true;
        }
        else
        {
            var random = new Philox(perturbation.MaskSeed);
            for (int i = 0; i < kept.Length; i++) kept[i] = random.Uniform((ulong)i) >= part;
        }
        return new SynapseMask(Units, kept);
    }

    private void CheckChannels(TrialBatch batch)
    {
        Require.NotNull(batch);
        if (batch.Task.Channels != Channels)
            throw new ArgumentException($"batch has {batch.Task.Channels} channels: expected {Channels}, as the network.", nameof(batch));
    }

    private static TrialSeries? Series(TrialBatch batch, int channels, int every, string name)
    {
        if (every == 0 || channels == 0) return null;
        long numbers = (long)batch.Trials * (batch.Steps / every) * channels;
        if (numbers > Array.MaxLength)
            throw new ArgumentOutOfRangeException(name, numbers,
                $"The recording would hold {numbers} numbers: expected at most {Array.MaxLength}; keep fewer steps or run fewer trials.");
        return new TrialSeries(batch.Trials, batch.Steps, channels, every, batch.Timing.StepMs);
    }

    /// <summary>Normal numbers of a standard deviation, in a span of the parameters.</summary>
    private protected static void Normals(Span<float> target, double deviation, Philox random)
    {
        random.Normals(target);
        for (int i = 0; i < target.Length; i++) target[i] *= (float)deviation;
    }

    /// <summary>Uniform numbers from −width to width.</summary>
    private protected static void Uniforms(Span<float> target, double width, Philox random)
    {
        random.Uniforms(target);
        for (int i = 0; i < target.Length; i++) target[i] = (float)(width * (2.0 * target[i] - 1.0));
    }
}
