namespace NeuroNotebooks.Games;

/// <summary>How the motion of a network is stepped.</summary>
public enum SteppingScheme
{
    /// <summary>Fixed Euler steps: for τ = 1 and step h, x ← (1 − h) x + h Φ(W x + u).</summary>
    Euler,

    /// <summary>Fixed steps of the classical fourth-order Runge-Kutta method.</summary>
    RungeKutta4,

    /// <summary>Heun steps, as long as the velocity changes by half over a step.</summary>
    Adaptive,
}

/// <summary>The network's own motion, followed until it rests: every neuron slides towards its proximal answer.</summary>
/// <param name="Scheme">How it is stepped.</param>
/// <param name="Step">The step, or the first one, in units of the shortest time constant; above zero, at most 1 for Euler steps.</param>
public sealed record ProximalDynamics(SteppingScheme Scheme = SteppingScheme.Euler, double Step = 0.5) : INashSolver
{
    /// <inheritdoc/>
    public string Name => Scheme switch
    {
        SteppingScheme.Euler => $"proximal dynamics, Euler {Step:0.###}",
        SteppingScheme.RungeKutta4 => $"proximal dynamics, RK4 {Step:0.###}",
        _ => "proximal dynamics, adaptive",
    };

    /// <inheritdoc/>
    public NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        if (!(Step > 0.0) || (Scheme == SteppingScheme.Euler && Step > 1.0))
            throw new InvalidOperationException($"Step is {Step}: expected a number above 0, at most 1 for Euler steps.");

        double h = Step * network.TimeConstants.Min();
        Action<double[]> round = Scheme switch
        {
            SteppingScheme.Euler => rates => Move(rates, h, Velocity(network, rates)),
            SteppingScheme.RungeKutta4 => rates => RungeKutta(network, rates, h),
            _ => rates => h = Heun(network, rates, h),
        };
        return Iteration.Run(network, start, options, round, cancellation);
    }

    private static double[] Velocity(FiringRateNetwork network, double[] rates)
    {
        var velocity = new double[rates.Length];
        network.Motion(0.0, rates, velocity);
        return velocity;
    }

    private static void RungeKutta(FiringRateNetwork network, double[] rates, double h)
    {
        double[] k1 = Velocity(network, rates), k2 = Velocity(network, Moved(rates, 0.5 * h, k1)),
            k3 = Velocity(network, Moved(rates, 0.5 * h, k2)), k4 = Velocity(network, Moved(rates, h, k3));
        for (int i = 0; i < rates.Length; i++) rates[i] += h / 6.0 * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
    }

    /// <summary>One accepted Heun step; returns the length to try next.</summary>
    private static double Heun(FiringRateNetwork network, double[] rates, double h)
    {
        const double Allowed = 0.5;
        double[] k1 = Velocity(network, rates);
        double size = k1.Max(Math.Abs);
        while (true)
        {
            double[] k2 = Velocity(network, Moved(rates, h, k1));
            double change = 0.0;
            for (int i = 0; i < k1.Length; i++) change = Math.Max(change, Math.Abs(k2[i] - k1[i]));
            double next = h * Math.Clamp(0.8 * Allowed * size / Math.Max(change, 1e-300), 0.2, 2.0);
            if (change <= Allowed * size || size == 0.0 || !double.IsFinite(change))
            {
                for (int i = 0; i < rates.Length; i++) rates[i] += 0.5 * h * (k1[i] + k2[i]);
                return next;
            }
            h = next;
        }
    }

    private static void Move(double[] rates, double h, double[] velocity)
    {
        for (int i = 0; i < rates.Length; i++) rates[i] += h * velocity[i];
    }

    private static double[] Moved(double[] rates, double h, double[] velocity)
    {
        double[] moved = [.. rates];
        Move(moved, h, velocity);
        return moved;
    }
}
