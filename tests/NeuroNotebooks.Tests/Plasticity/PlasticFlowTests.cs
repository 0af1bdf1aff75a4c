using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Plasticity;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Plasticity;

public class PlasticFlowTests
{
    private const int N = 4;

    private static readonly NetworkForm[] Forms = [NetworkForm.Linear, NetworkForm.FiringRate, NetworkForm.Hopfield];

    public static IEnumerable<object[]> Cases =>
        from form in Forms
        from activity in Enum.GetValues<ActivitySource>()
        from grows in new[] { false, true }
        select new object[] { form, activity, grows };

    private static NetworkInput Input => NetworkInput.RandomSinusoids(N, (0.5, 1.5), (0.5, 3.0), new Philox(5));

    private static PlasticNetwork Network(bool grows = false) => new(grows ? HebbianRule.Hebbian(0.7) : HebbianRule.AntiHebbian(0.7), Input);

    private static double[] State(PlasticFlow flow)
    {
        PlasticStart start = PlasticStart.Uniform(N, 1.0, new Philox(9));
        return flow.Join(start.X.AsSpan(), start.W);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_jacobian_is_the_slope_of_the_motion(NetworkForm form, ActivitySource activity, bool grows)
    {
        var flow = new PlasticFlow(Network(grows) with { Form = form, Activity = activity, Gamma = 0.6, Alpha = 1.2 });
        int m = flow.Dimension;
        double[] y = State(flow), jacobian = new double[m * m], up = new double[m], down = new double[m];
        flow.Jacobian(0.3, y, jacobian);
        const double h = 1e-5;
        for (int j = 0; j < m; j++)
        {
            double[] more = [.. y], less = [.. y];
            (more[j], less[j]) = (y[j] + h, y[j] - h);
            flow.Motion(0.3, more, up);
            flow.Motion(0.3, less, down);
            // the error of a central difference is h² times a third derivative of size 1, and rounding over h
            for (int i = 0; i < m; i++) Close.To((up[i] - down[i]) / (2.0 * h), jacobian[i * m + j], 1e-8, $"{i}, {j}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_step_of_a_run_is_an_euler_step_of_the_flow(NetworkForm form, ActivitySource activity, bool grows)
    {
        PlasticNetwork network = Network(grows) with { Form = form, Activity = activity, Input = Input.WithDisturbance(7, 2, 3.0) };
        PlasticTrajectory run = network.Simulate([0.1, 0.2, -0.3, 0.4], new double[N, N], 0.01, 10);
        Trajectory all = run.AllStates();
        var flow = new PlasticFlow(network);
        var change = new double[flow.Dimension];
        for (int k = 0; k < 10; k++)
        {
            flow.Motion(run.Times[k], all.States[k].AsSpan(), change);
            for (int i = 0; i < change.Length; i++) Close.To(all.States[k + 1][i], all.States[k][i] + 0.01 * change[i], 1e-13, $"step {k}, state {i}");
        }
    }

    [Fact]
    public void A_synapse_that_does_not_exist_touches_nothing()
    {
        var exists = new bool[N, N];
        exists[1, 2] = true;
        var flow = new PlasticFlow(Network() with { Synapses = exists });
        int m = flow.Dimension;
        double[] y = new double[m], jacobian = new double[m * m];
        for (int i = 0; i < N; i++) y[i] = 1.0 + i;
        flow.Jacobian(0.0, y, jacobian);
        int there = N + N + 2, missing = N + 2 * N + 1;
        Close.To(y[2], jacobian[m + there], 0.0);
        for (int i = 0; i < m; i++)
        {
            Close.To(i == missing ? -1.0 : 0.0, jacobian[i * m + missing], 0.0);
            Close.To(i == missing ? -1.0 : 0.0, jacobian[missing * m + i], 0.0);
        }
    }

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    [Theory, MemberData(nameof(Seeds))]
    public void In_the_joint_metric_all_states_contract_at_the_rate_of_the_hierarchy(ulong seed)
    {
        Philox draws = new(seed);
        var K = new double[N, N];
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) K[i, j] = (i == j ? 0.5 : 0.0) + (1.0 + i * draws.Uniform(3)) * (1.0 + j * draws.Uniform(3));
        HebbianRule rule = HebbianRule.AntiHebbian(K);
        var flow = new PlasticFlow(Network() with { Rule = rule });
        PlasticStart start = PlasticStart.Uniform(N, 0.4, draws.Child(1));
        double[] jacobian = new double[flow.Dimension * flow.Dimension], x = [.. start.X];
        flow.Jacobian(0.0, flow.Join(x, start.W), jacobian);
        var J = new double[flow.Dimension, flow.Dimension];
        jacobian.CopyTo(J.AsSpan());

        double inner = Math.Min(1.0 - Spectrum.OfSymmetricPart(start.W)[^1], 1.0), size = Math.Sqrt(x.Sum(value => value * value));
        Assert.True(inner > 0.0, $"seed {seed}: the start should contract");
        foreach (double epsilon in new[] { 1.0, 0.1, 0.01 })
        {
            double measure = MatrixMeasure.Of(J, AntiHebbianTheorem.JointMetric(rule, N, epsilon));
            // the condition number of the metric, 1/ε² times that of K, multiplies the rounding
            Assert.True(measure <= -Combinations.HierarchyRate(1.0, inner, size, epsilon) + 1e-9, $"seed {seed}, ε = {epsilon}");
        }
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Contains("covariance", Assert.Throws<ArgumentException>("network", () =>
            new PlasticFlow(Network() with { Rule = new CovarianceRule(1.0, 0.5) })).Message);
        Assert.Throws<ArgumentOutOfRangeException>("inputStep", () => new PlasticFlow(Network(), 0.0));
        Assert.Throws<ArgumentException>("x", () => new PlasticFlow(Network()).Join([1.0], new double[N, N]));
        Assert.Throws<ArgumentException>("W", () => new PlasticFlow(Network()).Join(new double[N], new double[2, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => AntiHebbianTheorem.JointMetric(HebbianRule.AntiHebbian(1.0), 2, 0.0));
    }
}
