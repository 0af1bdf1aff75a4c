using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>What <see cref="TrajectoryAnnealing"/> must remember.</summary>
internal sealed record TrajectoryState(byte[] Visible, double[] LogWeights, double Start, int Resamplings);

/// <summary>
/// Annealed importance sampling whose temperatures are the machines met during training: an online ln Z for one sweep an update.
/// </summary>
/// <remarks>Source: Béreux et al., Fast training and sampling of RBMs, ICLR 2025 (arXiv:2405.15376).</remarks>
internal sealed class TrajectoryAnnealing
{
    private const double ResampleBelow = 0.3;

    private readonly GibbsKernel kernel;
    private readonly Philox sweeps, choices;
    private readonly double[] logWeights, freeEnergies;
    private readonly byte[] resampled;
    private double start;
    private int resamplings;

    public TrajectoryAnnealing(RbmParameters parameters, int chains, int threads, Philox random)
    {
        (sweeps, choices) = (random.Child(1), random.Child(2));
        kernel = new GibbsKernel(chains, parameters.Visible, parameters.Hidden, threads);
        logWeights = new double[chains];
        freeEnergies = new double[chains];
        resampled = new byte[chains * parameters.Visible];
        start = Partition.Independent(parameters);
        Partition.StartIndependent(kernel, parameters, random.Child(0));
        FirstStep(parameters);
    }

    public TrajectoryState State => new(kernel.Visible.ToArray(), [.. logWeights], start, resamplings);

    public void Restore(TrajectoryState state)
    {
        state.Visible.CopyTo(kernel.Visible);
        state.LogWeights.CopyTo(logWeights, 0);
        (start, resamplings) = (state.Start, state.Resamplings);
    }

    /// <summary>Weighs the chains under the parameters that are about to change.</summary>
    public void Leave(RbmParameters parameters)
    {
        kernel.HiddenInputs(parameters);
        kernel.FreeEnergiesFromInputs(parameters, freeEnergies);
        for (int n = 0; n < logWeights.Length; n++) logWeights[n] += freeEnergies[n];
    }

    /// <summary>Weighs them under the new parameters and lets them follow by one sweep.</summary>
    public void Enter(RbmParameters parameters, ulong update)
    {
        kernel.HiddenInputs(parameters);
        kernel.FreeEnergiesFromInputs(parameters, freeEnergies);
        for (int n = 0; n < logWeights.Length; n++) logWeights[n] -= freeEnergies[n];
        kernel.SweepFromInputs(parameters, sweeps, update);
        var estimate = Estimate();
        if (estimate.EffectiveShare < ResampleBelow) Resample(estimate);
    }

    public PartitionEstimate Estimate() => PartitionEstimate.FromLogWeights("trajectory AIS", start, logWeights);

    // the first machine's weights are small but not zero: one step leads there from none
    private void FirstStep(RbmParameters parameters)
    {
        kernel.HiddenInputs(parameters);
        for (int n = 0; n < logWeights.Length; n++)
        {
            var row = kernel.Hidden.Slice(n * kernel.HiddenUnits, kernel.HiddenUnits);
            logWeights[n] = Logistic.SoftplusSum(row, parameters.C, 1.0) - kernel.HiddenUnits * Math.Log(2.0);
        }
    }

    /// <summary>
    /// Systematic resampling: chains are copied about as often as they weigh, and the estimate so far becomes the new start.
    /// </summary>
    private void Resample(PartitionEstimate estimate)
    {
        double top = logWeights.Max(), total = logWeights.Sum(l => Math.Exp(l - top));
        double step = total / logWeights.Length, mark = step * choices.Uniform((ulong)resamplings++), passed = 0.0;
        int units = kernel.VisibleUnits, source = -1;
        for (int n = 0; n < logWeights.Length; n++, mark += step)
        {
            while (passed <= mark && source < logWeights.Length - 1) passed += Math.Exp(logWeights[++source] - top);
            kernel.Visible.Slice(source * units, units).CopyTo(resampled.AsSpan(n * units));
        }
        resampled.CopyTo(kernel.Visible);
        start = estimate.Value;
        logWeights.AsSpan().Clear();
    }
}
