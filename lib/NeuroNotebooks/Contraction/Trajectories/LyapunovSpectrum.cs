using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Lyapunov exponents of one trajectory: the mean rates at which the axes of a small ball of starts grow.</summary>
/// <param name="Exponents">Largest first, k of them, 1/time (of a map: per step).</param>
/// <param name="StandardErrors">One for each exponent, from the spread of twenty stretches of the run, which short runs underrate.</param>
/// <param name="Time">How long was averaged over, in the unit of time; of a map: steps.</param>
/// <param name="Times">When the exponents were looked at on the way, from the end of the transient, ascending; at most about 200.</param>
/// <param name="History">The exponents as they stood at <paramref name="Times"/>, k each.</param>
/// <param name="Dimension">n, how many variables the system has.</param>
/// <param name="Status">Completed, or NonFinite if the state or a tangent vector left the finite numbers or vanished.</param>
/// <remarks>
/// Benettin's method: k tangent vectors are carried along the trajectory and made orthonormal every few steps; an exponent is the mean
/// logarithm of a diagonal entry of the triangular factor. A sum of all exponents is the mean trace of the Jacobian, which the tests use:
/// Lorenz's system gives −13.6667 by Runge-Kutta steps of 0.01 but −13.95 by Euler steps, whose largest exponent is 1.04 instead of 0.91.
/// A step allocates nothing; a step of a flow costs four products of n × n and n × k (one with Euler's scheme), an orthonormalisation 2 n k²
/// multiplications. Source: Benettin, Galgani, Giorgilli, Strelcyn, Meccanica 15:9 (1980).
/// </remarks>
public sealed record LyapunovSpectrum(
    ImmutableArray<double> Exponents, ImmutableArray<double> StandardErrors, double Time, ImmutableArray<double> Times,
    ImmutableArray<ImmutableArray<double>> History, int Dimension, IntegrationStatus Status)
{
    private const int Stretches = 20, Looks = 200;

    /// <summary>Largest first, k of them, 1/time (of a map: per step).</summary>
    public ImmutableArray<double> Exponents { get; } = Require.Some(Exponents);

    /// <summary>One for each exponent, from the spread of twenty stretches of the run, which short runs underrate.</summary>
    public ImmutableArray<double> StandardErrors { get; } = Require.Given(StandardErrors);

    /// <summary>When the exponents were looked at on the way, from the end of the transient, ascending; at most about 200.</summary>
    public ImmutableArray<double> Times { get; } = Require.Given(Times);

    /// <summary>The exponents as they stood at <see cref="Times"/>, k each.</summary>
    public ImmutableArray<ImmutableArray<double>> History { get; } = Require.Given(History);

    /// <summary>The largest exponent: below zero, trajectories near this one close in on it.</summary>
    public double Largest => Exponents[0];

    /// <summary>The sum of the exponents: the rate at which a volume grows, if all were computed.</summary>
    public double Sum => Exponents.Sum();

    /// <summary>The sum of the exponents above zero, a bound on the rate at which uncertainty about the state is created, 1/time.</summary>
    public double EntropyRate => Exponents.Sum(exponent => Math.Max(0.0, exponent));

    /// <summary>
    /// Kaplan and Yorke's dimension of the attractor: how many leading exponents sum to zero, in fractions; null if too few exponents were
    /// computed to say.
    /// </summary>
    public double? KaplanYorkeDimension
    {
        get
        {
            double sum = 0.0;
            for (int j = 0; j < Exponents.Length; j++)
            {
                if (sum + Exponents[j] < 0.0) return j + sum / -Exponents[j];
                sum += Exponents[j];
            }
            return Exponents.Length == Dimension ? Dimension : null;
        }
    }

    /// <summary>This spectrum if the run completed; otherwise an exception that says how far it got.</summary>
    /// <exception cref="InvalidOperationException">The run ended early.</exception>
    public LyapunovSpectrum OrThrow() => Status == IntegrationStatus.Completed ? this : throw new InvalidOperationException(ToString());

    /// <summary>The exponents, or why there are none.</summary>
    public override string ToString() => Status == IntegrationStatus.Completed
        ? $"{Exponents.Length} exponents from {Exponents[0]:g4} to {Exponents[^1]:g4} over a time of {Time:g6}"
        : $"the state or a tangent vector left the finite numbers after a time of {Time:g6}: try a smaller step or fewer steps between "
            + "orthonormalisations";

    /// <summary>The exponents of a flow along the trajectory from a start at t = 0.</summary>
    /// <param name="field">dx/dt = f(t, x).</param>
    /// <param name="jacobian">∂f/∂x.</param>
    /// <param name="start">The state at t = 0, n, finite.</param>
    /// <param name="options">How; all exponents over 10 000 steps of 0.01 if left out.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range.</exception>
    public static LyapunovSpectrum OfFlow(
        VectorField field, JacobianField jacobian, ReadOnlySpan<double> start, LyapunovOptions? options = null,
        CancellationToken cancellation = default)
    {
        Require.NotNull(field);
        Require.NotNull(jacobian);
        var (frame, how) = Prepare(start, options);
        ITangentStepper stepper = how.Scheme == TangentScheme.Euler
            ? new EulerTangent(field, jacobian, start.ToArray(), frame)
            : new RungeKuttaTangent(field, jacobian, start.ToArray(), frame);
        return Run(stepper, how, how.Step, cancellation);
    }

    /// <summary>The exponents of a network along the trajectory from a start at t = 0.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">The state at t = 0, n, finite.</param>
    /// <param name="options">How; all exponents over 10 000 steps of 0.01 if left out.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range.</exception>
    public static LyapunovSpectrum OfFlow(
        RateNetwork network, ReadOnlySpan<double> start, LyapunovOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        Require.Length(network.Count, start.Length, nameof(start), "neuron");
        return OfFlow(network.Motion, network.Jacobian, start, options, cancellation);
    }

    /// <summary>The exponents of a map along the orbit from a start at step 0.</summary>
    /// <param name="map">x(t + 1) = f(t, x).</param>
    /// <param name="jacobian">∂f/∂x.</param>
    /// <param name="start">The state at step 0, n, finite.</param>
    /// <param name="options">How; the length of a step and the scheme are not used.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range.</exception>
    public static LyapunovSpectrum OfMap(
        IteratedMap map, JacobianField jacobian, ReadOnlySpan<double> start, LyapunovOptions? options = null,
        CancellationToken cancellation = default)
    {
        Require.NotNull(map);
        Require.NotNull(jacobian);
        var (frame, how) = Prepare(start, options);
        return Run(new MapTangent(map, jacobian, start.ToArray(), frame), how, 1.0, cancellation);
    }

    private static (TangentFrame Frame, LyapunovOptions Options) Prepare(ReadOnlySpan<double> start, LyapunovOptions? options)
    {
        options ??= new LyapunovOptions();
        if (start.IsEmpty) throw new ArgumentException("start is empty: expected at least one variable.", nameof(start));
        Require.Finite(start);
        return (TangentFrame.Random(start.Length, options.Check(start.Length, nameof(options)), new Philox(options.Seed)), options);
    }

    private static LyapunovSpectrum Run(ITangentStepper stepper, LyapunovOptions options, double length, CancellationToken cancellation)
    {
        int k = stepper.Frame.Vectors, total = options.Transient + options.Steps;
        var record = new Recording(k, options.Steps, length);
        var logs = new double[k];
        var status = IntegrationStatus.Completed;
        int sinceOrthonormal = 0;
        for (int step = 0; step < total; step++)
        {
            stepper.Step(step * length, length);
            int measured = step + 1 - options.Transient;
            if (++sinceOrthonormal < options.StepsPerOrthonormalisation && measured != 0 && measured != options.Steps) continue;

            cancellation.ThrowIfCancellationRequested();
            sinceOrthonormal = 0;
            bool independent = stepper.Frame.Orthonormalise(logs);
            if (!independent || !Vectors.AllFinite(logs) || !Vectors.AllFinite(stepper.State))
            {
                status = IntegrationStatus.NonFinite;
                break;
            }
            if (measured > 0) record.Add(measured, logs);
        }
        return record.Result(stepper.State.Length, status);
    }

    /// <summary>The sums of logarithms, with their looks on the way and their stretches.</summary>
    private sealed class Recording(int k, int steps, double length)
    {
        private readonly double[] sums = new double[k];
        private readonly List<(int Steps, double[] Sums)> looks = [];
        private int last;

        public void Add(int measured, double[] logs)
        {
            for (int j = 0; j < k; j++) sums[j] += logs[j];
            last = measured;
            if (measured == steps || (long)measured * Looks / steps > looks.Count) looks.Add((measured, [.. sums]));
        }

        public LyapunovSpectrum Result(int dimension, IntegrationStatus status) => new(
            [.. sums.Select(sum => sum / (last * length))],
            [.. Enumerable.Range(0, k).Select(StandardError)],
            last * length,
            [.. looks.Select(look => look.Steps * length)],
            [.. looks.Select(look => (ImmutableArray<double>)[.. look.Sums.Select(sum => sum / (look.Steps * length))])],
            dimension, status);

        private double StandardError(int j)
        {
            int stretches = Math.Min(Stretches, looks.Count);
            if (stretches < 2) return double.NaN;
            var rates = new double[stretches];
            for (int b = 0; b < stretches; b++)
            {
                var from = b == 0 ? (Steps: 0, Sums: new double[k]) : looks[b * looks.Count / stretches - 1];
                var to = looks[(b + 1) * looks.Count / stretches - 1];
                rates[b] = (to.Sums[j] - from.Sums[j]) / ((to.Steps - from.Steps) * length);
            }
            double mean = rates.Average();
            return Math.Sqrt(rates.Sum(rate => (rate - mean) * (rate - mean)) / (stretches * (stretches - 1.0)));
        }
    }
}
