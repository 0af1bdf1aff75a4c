using System.Diagnostics;
using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>Training of RBMs from a hundred neurons to ten thousand: time per 1000 updates, memory, share of the measured product peak.</summary>
internal static class RbmScaling
{
    private const int Hidden = 100, Chains = 500, Steps = 10, Batch = 500;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"{LinearAlgebra.InUse}; {Environment.ProcessorCount} processors; N_h {Hidden}, {Chains} chains, k {Steps}, batch {Batch}");
        double peak = Measure.ProductPeak(2048);
        output.WriteLine($"product peak measured here, 2048 x 2048 single precision: {peak:f0} GFLOP/s");
        output.WriteLine("     N   ms/update   s/1000 updates   GFLOP/s   share of peak   MiB held");
        foreach (int n in (int[])[100, 500, 1500, 3000, 10_000]) Row(n, peak, output);
    }

    private static void Row(int n, double peak, TextWriter output)
    {
        var rates = new double[n];
        Array.Fill(rates, 0.1);
        var data = new IndependentModel([.. rates]).Sample(2000, new Philox(1));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var trainer = new RbmTrainer { LearningRate = 0.01, GibbsSteps = Steps, Chains = Chains, BatchSize = Batch };
        var training = trainer.Begin(data, BernoulliRbm.FromRates(data.Rates(), Hidden, 0.01, new Philox(2)), new Philox(3));
        for (int k = 0; k < 3; k++) training.Step();
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        int updates = (int)Math.Clamp(60_000L / n, 10, 400);
        double best = double.PositiveInfinity;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int k = 0; k < updates; k++) training.Step();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / updates);
        }
        double products = (2.0 * Steps + 1.0) * Chains + Batch + Batch + Chains;       // rows that pass through W, twice N N_h operations each
        double speed = products * 2.0 * n * Hidden / best / 1e9;
        output.WriteLine($"{n,6}   {1e3 * best,9:f2}   {1e3 * best,14:f1}   {speed,7:f0}   {speed / peak,13:p0}   {held / 1048576.0,8:f0}");
    }
}
