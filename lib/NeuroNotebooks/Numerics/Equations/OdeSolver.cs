namespace NeuroNotebooks.Numerics;

/// <summary>Integrates dx/dt = f(t, x) from t = 0.</summary>
public static class OdeSolver
{
    /// <summary>The classical fourth-order Runge-Kutta method with a fixed step.</summary>
    /// <param name="field">The right-hand side.</param>
    /// <param name="start">The state at t = 0, finite.</param>
    /// <param name="duration">How long, above zero, in the field's unit of time.</param>
    /// <param name="step">The step, above zero; the last one is shortened to end at <paramref name="duration"/>.</param>
    /// <param name="recordEvery">How many steps between two recorded states; start and end are always recorded.</param>
    /// <param name="cancellation">Stops the integration.</param>
    public static Trajectory RungeKutta4(
        VectorField field, ReadOnlySpan<double> start, double duration, double step, int recordEvery = 1, CancellationToken cancellation = default)
    {
        Require.NotNull(field);
        Require.Finite(start);
        Require.Positive(duration);
        Require.Positive(step);
        Require.Positive(recordEvery);

        double[] x = start.ToArray(), k1 = new double[x.Length], k2 = new double[x.Length], k3 = new double[x.Length], k4 = new double[x.Length],
            stage = new double[x.Length];
        List<double> times = [0.0];
        List<System.Collections.Immutable.ImmutableArray<double>> states = [[.. x]];
        long steps = (long)Math.Ceiling(duration / step - 1e-9);

        for (long i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double t = i * step, h = Math.Min(step, duration - t);
            field(t, x, k1);
            Move(x, 0.5 * h, k1, stage);
            field(t + 0.5 * h, stage, k2);
            Move(x, 0.5 * h, k2, stage);
            field(t + 0.5 * h, stage, k3);
            Move(x, h, k3, stage);
            field(t + h, stage, k4);
            for (int j = 0; j < x.Length; j++) x[j] += h / 6.0 * (k1[j] + 2.0 * (k2[j] + k3[j]) + k4[j]);

            if ((i + 1) % recordEvery != 0 && i + 1 < steps) continue;
            times.Add(i + 1 == steps ? duration : t + h);
            states.Add([.. x]);
        }
        return new Trajectory([.. times], [.. states]);
    }

    private static void Move(double[] x, double h, double[] k, double[] result)
    {
        for (int j = 0; j < x.Length; j++) result[j] = x[j] + h * k[j];
    }
}
