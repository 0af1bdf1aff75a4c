using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Recording, events, endings and bad input.</summary>
public class OdeSolverTests
{
    private static readonly VectorField Decay = (t, x, dx) => dx[0] = -x[0];
    private static readonly VectorField Rotation = (t, x, dx) => (dx[0], dx[1]) = (x[1], -x[0]);
    private static readonly OdeOptions Fine = new() { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-12 };

    [Fact]
    public void A_fixed_step_lands_on_the_end_and_records_start_and_end()
    {
        var run = OdeSolver.RungeKutta4(Decay, [1.0], duration: 1.0, step: 0.3, recordEvery: 3);
        Close.All([0.0, 0.9, 1.0], run.Times, 1e-15);
        Close.All([1.0, Math.Exp(-0.9), Math.Exp(-1.0)], run.Component(0), 1e-4);       // 0.3⁴ / 120 a step
        Assert.Equal(run.States[^1], run.End);
        Assert.Equal((4L, 0L, IntegrationStatus.Completed), (run.Cost.Steps, run.Cost.Rejected, run.Status));

        Assert.Equal("completed at t = 1 after 4 steps (0 rejected, 17 evaluations)", run.ToString());
        Assert.Equal(10, OdeSolver.Euler(Decay, [1.0], 1.0, 0.1).Cost.Steps);           // 10 · 0.1 is 1, whatever the rounding
        Assert.Equal(Math.Pow(0.9, 10), OdeSolver.Euler(Decay, [1.0], 1.0, 0.1).End[0], 1e-15);
        Close.All([0.0, 1.0], OdeSolver.Euler(Decay, [1.0], 1.0, step: 5.0).Times, 0.0);
    }

    [Fact]
    public void States_are_recorded_at_asked_times_whatever_the_steps()
    {
        double[] times = [2.0, 2.0, 2.5, 3.141, 9.75, 12.0];
        var run = OdeSolver.Solve(Rotation, [0.0, 1.0], 10.0, Fine with { StartTime = 2.0, RecordAt = [.. times] });
        Assert.Equal(times, run.Times);
        // a hundred tolerances after ten units
        for (int i = 0; i < times.Length; i++) Close.To(Math.Sin(times[i] - 2.0), run.States[i][0], 1e-8);
        Assert.Equal(12.0, run.EndTime);
    }

    [Fact]
    public void The_interpolant_knows_the_whole_solution_and_nothing_else()
    {
        var run = OdeSolver.Solve(Rotation, [0.0, 1.0], 7.0, Fine with { KeepInterpolant = true });
        var interpolant = run.Interpolant!;
        Assert.Equal((0.0, 7.0), (interpolant.Start, interpolant.End));
        for (double t = 0.0; t <= 7.0; t += 0.01) Close.All([Math.Sin(t), Math.Cos(t)], interpolant.At(t), 1e-8);
        for (int i = 0; i < run.Times.Length; i++) Close.All(run.States[i], interpolant.At(run.Times[i]), 1e-13);
        Assert.Throws<ArgumentOutOfRangeException>("time", () => interpolant.At(7.1));
        Assert.Throws<ArgumentOutOfRangeException>("time", () => interpolant.At(double.NaN));
        Assert.Throws<ArgumentException>("state", () => interpolant.At(1.0, new double[3]));
        Assert.Null(OdeSolver.Solve(Rotation, [0.0, 1.0], 7.0).Interpolant);
    }

    [Theory]
    [InlineData(Crossing.Either, 6)]
    [InlineData(Crossing.Rising, 3)]
    [InlineData(Crossing.Falling, 3)]
    public void Zero_crossings_are_found_in_their_direction_and_at_their_time(Crossing crossing, int count)
    {
        var watch = new OdeEvent((t, x) => x[0], crossing);
        // from phase 1/2, sin(t + 1/2) has zeros at kπ − 1/2, falling first
        var run = OdeSolver.Solve(Rotation, [Math.Sin(0.5), Math.Cos(0.5)], 20.0 - 0.5, Fine with { Events = [watch] });
        int first = crossing == Crossing.Rising ? 2 : 1, every = crossing == Crossing.Either ? 1 : 2;
        double[] expected = [.. Enumerable.Range(0, count).Select(i => (first + i * every) * Math.PI - 0.5)];
        Close.All(expected, [.. run.Events.Select(happened => happened.Time)], 1e-8);       // the tolerances, over twenty units
        Assert.All(run.Events, happened => Close.To(0.0, happened.State[0], 1e-9));
        Assert.Equal(IntegrationStatus.Completed, run.Status);
    }

    [Theory]
    [InlineData("Euler", 2e-4)]                 // first order, step 1e-4
    [InlineData("Runge-Kutta 4", 1e-10)]        // the event tolerance
    [InlineData("Dormand-Prince 5(4)", 1e-10)]
    public void A_leaky_neuron_spikes_when_the_closed_form_says(string schemeName, double accuracy)
    {
        // τ v' = I − v from rest: v reaches θ at τ ln(I / (I − θ))
        const double Tau = 10.0, Current = 1.5, Threshold = 1.0;
        VectorField membrane = (t, v, dv) => dv[0] = (Current - v[0]) / Tau;
        var spike = new OdeEvent((t, v) => v[0] - Threshold, Crossing.Rising, IsTerminal: true);
        var scheme = Problem.Scheme(schemeName);
        var options = new OdeOptions { Scheme = scheme, FixedStep = scheme.Order == 1 ? 1e-4 : 0.01, Events = [spike], RecordEvery = 1000 };
        var run = OdeSolver.Solve(membrane, [0.0], 100.0, options);

        Assert.Equal(IntegrationStatus.TerminalEvent, run.Status);
        Close.To(Tau * Math.Log(Current / (Current - Threshold)), run.EndTime, 1.01 * accuracy);
        Assert.Equal(run.EndTime, run.Times[^1]);
        Assert.InRange(run.End[0], Threshold, Threshold + 1e-10);
        Assert.Equal(run.End.AsSpan(), Assert.Single(run.Events).State.AsSpan());
        Assert.True(run.Succeeded);
        Assert.StartsWith("stopped by an event at t = 10.98", run.OrThrow().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_terminal_event_ends_the_run_and_earlier_ones_are_kept()
    {
        OdeEvent At(double time, bool terminal) => new((t, x) => t - time, IsTerminal: terminal);
        // one step of length 1 holds all four
        var options = new OdeOptions
        {
            Scheme = RungeKuttaScheme.RungeKutta4, FixedStep = 1.0, KeepInterpolant = true,
            Events = [At(0.75, true), At(0.25, false), At(0.5, true), At(0.9, false)],
        };
        var run = OdeSolver.Solve(Decay, [1.0], 10.0, options);
        Assert.Equal([1, 2], run.Events.Select(happened => happened.Event));
        Close.To(0.5, run.EndTime, 1e-10);
        Close.To(run.EndTime, run.Interpolant!.End, 0.0);
        Close.All([0.0, run.EndTime], run.Times, 0.0);
    }

    [Fact]
    public void An_event_on_the_end_of_a_step_counts_once_and_one_at_the_start_does_not()
    {
        VectorField clock = (t, x, dx) => dx[0] = 1.0;
        var options =
            new OdeOptions { Scheme = RungeKuttaScheme.Euler, FixedStep = 0.5, Events = [new((t, x) => x[0] - 1.0), new((t, x) => x[0])] };
        var run = OdeSolver.Solve(clock, [0.0], 3.0, options);
        Close.To(1.0, Assert.Single(run.Events).Time, 0.0);
    }

    [Fact]
    public void Running_out_of_steps_is_told_with_the_state_so_far()
    {
        var run = OdeSolver.Solve(Rotation, [0.0, 1.0], 1000.0, Fine with { MaxSteps = 100, RecordEvery = 7 });
        Assert.Equal(IntegrationStatus.StepLimit, run.Status);
        Assert.Equal(100, run.Cost.Steps + run.Cost.Rejected);
        Close.To(Math.Sin(run.EndTime), run.End[0], 1e-8);
        Assert.Equal(run.EndTime, run.Times[^1]);
        Assert.Contains("raise MaxSteps", Assert.Throws<InvalidOperationException>(() => run.OrThrow()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solution_that_blows_up_ends_where_it_does()
    {
        // x' = x² from 1 leaves the numbers at t = 1
        VectorField explosion = (t, x, dx) => dx[0] = x[0] * x[0];
        var controlled = OdeSolver.Solve(explosion, [1.0], 2.0);
        Assert.Contains(controlled.Status, new[] { IntegrationStatus.StepTooSmall, IntegrationStatus.NonFinite });
        Close.To(1.0, controlled.EndTime, 1e-4);
        Assert.False(controlled.Succeeded);

        var stepped = OdeSolver.RungeKutta4(explosion, [1.0], 2.0, 0.01, recordEvery: 1000);
        Assert.Equal(IntegrationStatus.NonFinite, stepped.Status);
        Assert.InRange(stepped.EndTime, 1.0, 1.1);
        Assert.Equal(2, stepped.Times.Length);
        Assert.All(stepped.End, value => Assert.True(double.IsFinite(value)));
        Assert.Contains("left the finite numbers", stepped.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_without_numbers_ends_at_once()
    {
        var run = OdeSolver.Solve((t, x, dx) => dx[0] = double.NaN, [1.0], 1.0, new OdeOptions { KeepInterpolant = true });
        Assert.Equal((IntegrationStatus.NonFinite, 0.0, 1), (run.Status, run.EndTime, run.Times.Length));
        Assert.Null(run.Interpolant);
        // numbers at the start only: every step is refused until none is left
        run = OdeSolver.Solve((t, x, dx) => dx[0] = t == 0.0 ? 1.0 : double.NaN, [1.0], 1.0);
        Assert.Equal((IntegrationStatus.NonFinite, 0.0), (run.Status, run.EndTime));
    }

    [Fact]
    public void A_jump_that_no_step_can_cross_makes_the_step_vanish()
    {
        // the field alternates so fast in t that no step passes a tolerance below it
        VectorField rough = (t, x, dx) => dx[0] = BitConverter.DoubleToInt64Bits(t) % 2 == 0 ? 1e30 : -1e30;
        var run =
            OdeSolver.Solve(rough, [0.0], 1.0, new OdeOptions { StartTime = 1.0, RelativeTolerance = 0.0, AbsoluteTolerance = 1e-12 });
        Assert.Equal(IntegrationStatus.StepTooSmall, run.Status);
        Assert.Contains("the step vanished", run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_keep_within_the_given_bounds()
    {
        var run = OdeSolver.Solve(Decay, [1.0], 5.0, new OdeOptions { FirstStep = 0.001, LargestStep = 0.125 });
        double[] steps = [.. run.Times.Zip(run.Times.Skip(1), (a, b) => b - a)];
        Close.To(0.001, steps[0], 0.0);
        Assert.InRange(steps.Max(), 0.1, 0.125 + 1e-15);
    }

    [Fact]
    public void The_same_call_gives_the_same_bits_and_leaves_its_arguments_alone()
    {
        double[] start = [1.0, 0.5, -0.25, 1.0];
        var first = OdeSolver.Solve(Problem.Orbit.Field, start, 3.0);
        var second = OdeSolver.Solve(Problem.Orbit.Field, start, 3.0);
        Assert.Equal(first.Times.AsSpan(), second.Times.AsSpan());
        Assert.Equal(first.End.AsSpan(), second.End.AsSpan());
        Assert.Equal([1.0, 0.5, -0.25, 1.0], start);
    }

    [Fact]
    public void A_variable_comes_out_the_same_alone_and_among_others()
    {
        // nine copies fill vector registers and a rest: each must round as the one alone does
        VectorField logistic = (t, x, dx) => { for (int i = 0; i < x.Length; i++) dx[i] = x[i] * (1.0 - x[i]); };
        double alone = OdeSolver.RungeKutta4(logistic, [0.1], 3.0, 0.01).End[0];
        Assert.All(OdeSolver.RungeKutta4(logistic, [.. Enumerable.Repeat(0.1, 9)], 3.0, 0.01).End, value => Assert.Equal(alone, value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_allocates_nothing(bool isFixed)
    {
        var options = new OdeOptions
        {
            FixedStep = isFixed ? 0.01 : null, LargestStep = 0.01, RecordEvery = int.MaxValue, Events = [new((t, x) => x[0] - 10.0)],
        };
        long Allocated(double duration)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var run = OdeSolver.Solve(Problem.Orbit.Field, [1.0, 0.0, 0.0, 1.0], duration, options);
            Assert.InRange(run.Cost.Steps, 90 * duration, 110 * duration + 50);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        for (int i = 0; i < 5; i++) Allocated(10.0);        // until everything is compiled
        // the steps differ by thousands, and the smallest object has 24 bytes; compilation in the background may move a few
        Assert.InRange(Allocated(100.0) - Allocated(1.0), -1000, 1000);
    }

    [Fact]
    public void Progress_is_told_about_a_hundred_times_and_cancelling_stops()
    {
        List<double> parts = [];
        OdeSolver.Solve(Decay, [1.0], 100.0, new OdeOptions { FixedStep = 0.01 }, new Immediate(parts.Add));
        Assert.InRange(parts.Count, 95, 105);
        Assert.Equal(parts.Order(), parts);
        Assert.Equal(1.0, parts[^1]);

        using var stop = new CancellationTokenSource();
        var stopping = new Immediate(part => { if (part > 0.3) stop.Cancel(); });
        Assert.Throws<OperationCanceledException>(() =>
            OdeSolver.Solve(Decay, [1.0], 100.0, new OdeOptions { FixedStep = 0.01 }, stopping, stop.Token));
        Assert.Throws<OperationCanceledException>(() => OdeSolver.RungeKutta4(Decay, [1.0], 1.0, 0.1, 1, stop.Token));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Throws<ArgumentNullException>("field", () => OdeSolver.RungeKutta4(null!, [1.0], 1.0, 0.1));
        Assert.Throws<ArgumentException>("start", () => OdeSolver.RungeKutta4(Decay, [], 1.0, 0.1));
        Assert.Throws<ArgumentException>("start", () => OdeSolver.RungeKutta4(Decay, [double.NaN], 1.0, 0.1));
        foreach (double wrong in new[] { 0.0, -1.0, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("duration", () => OdeSolver.Solve(Decay, [1.0], wrong));
            Assert.Throws<ArgumentOutOfRangeException>("step", () => OdeSolver.Euler(Decay, [1.0], 1.0, wrong));
            Refused(nameof(OdeOptions.FixedStep), new OdeOptions { FixedStep = wrong });
            Refused(nameof(OdeOptions.FirstStep), new OdeOptions { FirstStep = wrong });
            Refused(nameof(OdeOptions.AbsoluteTolerance), new OdeOptions { AbsoluteTolerance = wrong });
            Refused(nameof(OdeOptions.EventTolerance), new OdeOptions { EventTolerance = wrong });
        }
        Assert.Throws<ArgumentOutOfRangeException>("recordEvery", () => OdeSolver.RungeKutta4(Decay, [1.0], 1.0, 0.1, recordEvery: 0));
        Refused(nameof(OdeOptions.LargestStep), new OdeOptions { LargestStep = 0.0 });
        Refused(nameof(OdeOptions.RelativeTolerance), new OdeOptions { RelativeTolerance = -1e-3 });
        Refused(nameof(OdeOptions.MaxSteps), new OdeOptions { MaxSteps = 0 });
        Refused(nameof(OdeOptions.StartTime), new OdeOptions { StartTime = double.NaN });
        Refused(nameof(OdeOptions.RecordEvery), new OdeOptions { RecordEvery = 0 });
        Refused(nameof(OdeOptions.RecordAt), new OdeOptions { RecordAt = [0.5, 0.25] });
        Refused(nameof(OdeOptions.RecordAt), new OdeOptions { RecordAt = [-0.1] });
        Refused(nameof(OdeOptions.RecordAt), new OdeOptions { RecordAt = [0.1, 1.1] });
        Refused(nameof(OdeOptions.Scheme), new OdeOptions { Scheme = RungeKuttaScheme.RungeKutta4 });
        Assert.Throws<ArgumentOutOfRangeException>("index", () => OdeSolver.Euler(Decay, [1.0], 1.0, 0.1).Component(1));
    }

    private static void Refused(string option, OdeOptions options) =>
        Assert.Equal(option, Assert.ThrowsAny<ArgumentException>(() => OdeSolver.Solve(Decay, [1.0], 1.0, options)).ParamName);

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
