using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>Integrators on a small and a large system, beside Math.NET's.</summary>
internal static class Equations
{
    private static readonly VectorField Lorenz = (t, x, dx) =>
        (dx[0], dx[1], dx[2]) = (10.0 * (x[1] - x[0]), x[0] * (28.0 - x[2]) - x[1], x[0] * x[1] - 8.0 / 3.0 * x[2]);

    private static readonly VectorField Decay = (t, x, dx) =>
    {
        for (int i = 0; i < x.Length; i++) dx[i] = -x[i];
    };

    public static void Run(TextWriter output)
    {
        double[] small = [1.0, 1.0, 1.0], large = [.. Enumerable.Range(0, 1000).Select(i => 1.0 + 1e-3 * i)];
        output.WriteLine($"{"",-44}{"ns a step",12}{"ns an evaluation",18}");
        Row(output, "Euler, Lorenz", () => OdeSolver.Euler(Lorenz, small, 10.0, 1e-3, 10_000));
        Row(output, "Runge-Kutta 4, Lorenz", () => OdeSolver.RungeKutta4(Lorenz, small, 10.0, 1e-3, 10_000));
        Row(output, "Dormand-Prince, Lorenz, tolerance 1e-8", () => Adaptive(Lorenz, small, 10.0, 1e-8));
        Row(output, "Runge-Kutta 4, 1000 variables", () => OdeSolver.RungeKutta4(Decay, large, 1.0, 1e-3, 10_000));
        Row(output, "Dormand-Prince, 1000 variables", () => Adaptive(Decay, large, 100.0, 1e-8));
        VectorField noise = (t, x, g) => g.Fill(0.1);
        Row(output, "Euler-Maruyama, 1000 variables", () => SdeSolver.EulerMaruyama(Decay, noise, large, 1.0, 1e-3, new Philox(1), 10_000));
        Row(output, "Heun, 1000 variables", () => SdeSolver.Heun(Decay, noise, large, 1.0, 1e-3, new Philox(1), 10_000));

        double peer = Measure.Seconds(() => MathNet.Numerics.OdeSolvers.RungeKutta.FourthOrder(
            MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([1.0, 1.0, 1.0]), 0.0, 10.0, 10_001,
            (t, x) => MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(
                [10.0 * (x[1] - x[0]), x[0] * (28.0 - x[2]) - x[1], x[0] * x[1] - 8.0 / 3.0 * x[2]])));
        output.WriteLine($"{"  Math.NET Runge-Kutta 4, Lorenz",-44}{1e9 * peer / 10_000,12:f1}{1e9 * peer / 40_000,18:f1}");
    }

    private static IntegratedTrajectory Adaptive(VectorField field, double[] start, double duration, double tolerance) => OdeSolver.Solve(
        field, start, duration,
        new OdeOptions { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance, RecordEvery = int.MaxValue });

    private static void Row(TextWriter output, string what, Func<IntegratedTrajectory> run)
    {
        var cost = run().Cost;
        double seconds = Measure.Seconds(() => run());
        output.WriteLine($"{what,-44}{1e9 * seconds / (cost.Steps + cost.Rejected),12:f1}{1e9 * seconds / cost.Evaluations,18:f1}");
    }
}
