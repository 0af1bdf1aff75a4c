using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

public static partial class Partition
{
    /// <summary>ln Z by annealed importance sampling: from independent neurons to the machine by small steps in the strength of W and c.</summary>
    /// <param name="machine">Any size.</param>
    /// <param name="chains">Chains that are annealed, at least 2.</param>
    /// <param name="temperatures">Steps of the annealing, above zero.</param>
    /// <param name="random">Their random numbers.</param>
    /// <param name="threads">Threads to use, above zero; one a processor if left out.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>
    /// The visible fields are kept throughout, so the start is the independent model of the same fields, of which ln Z is known; one sweep at
    /// each temperature. Source: Salakhutdinov and Murray, ICML 2008.
    /// </remarks>
    public static PartitionEstimate Ais(
        BernoulliRbm machine, int chains, int temperatures, Philox random, int? threads = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Require.NotNull(machine);
        Require.InRange(chains, 2, int.MaxValue);
        Require.Positive(temperatures);
        int crew = threads ?? Environment.ProcessorCount;
        Require.Positive(crew, nameof(threads));

        var parameters = RbmParameters.Of(machine);
        var kernel = new GibbsKernel(chains, machine.Visible, machine.Hidden, crew);
        var annealing = new AnnealingStep(kernel, parameters);
        StartIndependent(kernel, parameters, random.Child(0));
        var sweeps = random.Child(1);
        for (int k = 0; k < temperatures; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            double now = (double)k / temperatures, next = (double)(k + 1) / temperatures;
            annealing.Weigh(now, next);
            if (k + 1 < temperatures) kernel.SweepFromInputs(parameters, sweeps, (ulong)k, (float)next);
            progress?.Report(next);
        }
        return PartitionEstimate.FromLogWeights($"AIS, {chains} chains, {temperatures} temperatures", Independent(parameters), annealing.LogWeights);
    }

    /// <summary>Visible units drawn from their fields alone.</summary>
    internal static void StartIndependent(GibbsKernel kernel, RbmParameters parameters, Philox random) =>
        kernel.SweepFromInputs(parameters, random, 0, scale: 0f);

    /// <summary>Adds what a step in temperature costs each chain, and leaves v W in the kernel for the sweep that follows.</summary>
    private sealed class AnnealingStep(GibbsKernel kernel, RbmParameters parameters) : IRowWork
    {
        private double now, next;

        public double[] LogWeights { get; } = new double[kernel.Chains];

        public void Weigh(double from, double to)
        {
            (now, next) = (from, to);
            kernel.HiddenInputs(parameters);
            kernel.Workers.Run(kernel.Chains, this);
        }

        void IRowWork.Rows(int first, int end, int share)
        {
            for (int n = first; n < end; n++)
            {
                var row = kernel.Hidden.Slice(n * kernel.HiddenUnits, kernel.HiddenUnits);
                LogWeights[n] += Logistic.SoftplusSum(row, parameters.C, next) - Logistic.SoftplusSum(row, parameters.C, now);
            }
        }
    }
}
