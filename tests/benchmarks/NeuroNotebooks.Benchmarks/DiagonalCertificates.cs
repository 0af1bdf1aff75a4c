using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>Lyapunov diagonal stability of random Dale networks, with proofs of both answers; the aim is n = 100 in under ten seconds.</summary>
internal static class DiagonalCertificates
{
    public static void Run(TextWriter output)
    {
        output.WriteLine($"{"n",5}{"w_EE",7}  {"decision",-10}{"found by",-18}{"margin",10}{"seconds",10}{"verify, s",11}{"optimum, s",12}{"gap",10}");
        foreach (int n in new[] { 10, 20, 50, 100 })
            foreach (double wEE in new[] { 0.5, 0.9, 1.1 }) Row(output, n, wEE);
    }

    private static void Row(TextWriter output, int n, double wEE)
    {
        double[,] interaction = Circuits.RandomDale(n * 4 / 5, n / 5, new Philox(11), wEE, wEI: 2.0, wIE: 2.0, wII: 1.0).Interaction();
        DiagonalStabilityResult result = DiagonalStability.Test(interaction);
        DiagonalOptimum optimum = DiagonalStability.Optimum(interaction);
        double test = Measure.Seconds(() => DiagonalStability.Test(interaction), rounds: 1);
        double verify = Measure.Seconds(() => result.Verify(), rounds: 1), best = Measure.Seconds(() => DiagonalStability.Optimum(interaction), rounds: 1);
        output.WriteLine(
            $"{n,5}{wEE,7:f1}  {result.IsLds,-10}{result.Method,-18}{result.Margin,10:g3}{test,10:f3}{verify,11:f5}{best,12:f3}"
            + $"{optimum.Value - optimum.LowerBound,10:g2}");
    }
}
