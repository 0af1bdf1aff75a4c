using NeuroNotebooks.TestSupport;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.LearningTests;

public class StepGradientTests
{
    // central differences of step h err by h² and by rounding over h: 1e-9 at best, and losses here are of order 1 to 10
    private const double Tolerance = 1e-7;

    private static readonly Parameter<double> A = Models.Random("a", 4, 3), B = Models.Random("b", 4, 3), C = Models.Random("c", 3, 5);
    private static readonly Parameter<double> Row = Models.Random("r", 1, 3), Column = Models.Random("k", 4, 1), Rotations = Models.Random("o", 8, 4);
    private static readonly Parameter<double> Square = Models.Random("s", 3, 3), Bias = Models.Random("h", 1, 5), Units = Models.Random("u", 5, 3);
    private static readonly Parameter<double> Drive = Models.Random("d", 12, 3), Scores = Models.Random("z", 4, 5);
    private static readonly Parameter<double> Positive = new Parameter<double>("p", 1, 3).From([0.5, 1.5, 2.5]);

    private static readonly Dictionary<string, Func<Tape<double>, Variable<double>>> Losses = new()
    {
        ["plus"] = t => (t.Use(A) + t.Use(B)).Weighed(),
        ["plus a row"] = t => (t.Use(A) + t.Use(Row)).Weighed(),
        ["minus"] = t => (t.Use(A) - t.Use(B)).Weighed(),
        ["minus a row"] = t => (t.Use(A) - t.Use(Row)).Weighed(),
        ["negative"] = t => (-t.Use(A)).Weighed(),
        ["scaled"] = t => (2.5 * t.Use(A)).Weighed(),
        ["times each"] = t => (t.Use(A) * t.Use(B)).Weighed(),
        ["times itself"] = t => (t.Use(A) * t.Use(A)).Weighed(),
        ["times a row"] = t => (t.Use(A) * t.Use(Row)).Weighed(),
        ["times a column"] = t => (t.Use(A) * t.Use(Column)).Weighed(),
        ["times"] = t => t.Use(A).Times(t.Use(C)).Weighed(),
        ["affine"] = t => t.Use(A).Affine(t.Use(Units), t.Use(Bias)).Weighed(),
        ["affine without bias"] = t => t.Use(A).Affine(t.Use(Units)).Weighed(),
        ["transposed"] = t => t.Use(A).Transposed().Weighed(),
        ["rows"] = t => t.Use(A).RowsFrom(1, 2).Weighed(),
        ["sum"] = t => t.Use(A).Apply(Nonlinearity.Square).Sum(),
        ["mean"] = t => t.Use(A).Apply(Nonlinearity.Square).Mean(),
        ["row sums"] = t => t.Use(A).RowSums().Weighed(),
        ["identity"] = t => t.Use(A).Apply(Nonlinearity.Identity).Weighed(),
        ["ReLU"] = t => t.Use(A).Apply(Nonlinearity.Relu).Weighed(),
        ["tanh"] = t => t.Use(A).Apply(Nonlinearity.Tanh).Weighed(),
        ["sigmoid"] = t => t.Use(A).Apply(Nonlinearity.Sigmoid).Weighed(),
        ["softplus"] = t => t.Use(A).Apply(Nonlinearity.Softplus).Weighed(),
        ["exp"] = t => t.Use(A).Apply(Nonlinearity.Exp).Weighed(),
        ["square"] = t => t.Use(A).Apply(Nonlinearity.Square).Weighed(),
        ["root"] = t => t.Use(Positive).Apply(Nonlinearity.Root).Weighed(),
        ["inverse"] = t => t.Use(Positive).Apply(Nonlinearity.Inverse).Weighed(),
        ["absolute value"] = t => t.Use(A).Apply(Nonlinearity.Absolute).Weighed(),
        ["custom"] = t => t.Use(A).Apply(Nonlinearity.Custom(Math.Sin, Math.Cos)).Weighed(),
        ["cross-entropy"] = t => t.Use(Scores).SoftmaxCrossEntropy([0, 4, 2, 2]),
        ["squared error"] = t => t.Use(A).MeanSquaredError(t.Use(B)),
        ["squared error in a window"] = t => t.Use(A).MeanSquaredError(t.Use(B), t.Constant(4, 1, [0.0, 1.0, 0.5, 0.0])),
        ["leaky step"] = t => t.Use(A).LeakyStep(t.Use(B), 0.3, Nonlinearity.Tanh).Weighed(),
        ["leaky step, softplus"] = t => t.Use(A).LeakyStep(t.Use(B), 0.3, Nonlinearity.Softplus).Weighed(),
        ["recurrence"] = t => t.Use(A).LeakyRecurrence(t.Use(Square), t.Use(Drive), 0.3, Nonlinearity.Tanh).Weighed(),
        ["recurrence, softplus"] = t => t.Use(A).LeakyRecurrence(t.Use(Square), t.Use(Drive), 0.3, Nonlinearity.Softplus).Weighed(),
        ["recurrence with noise"] = t =>
            t.Use(A).LeakyRecurrence(t.Use(Square), t.Use(Drive), 0.3, Nonlinearity.Relu, t.Constant(12, 3, new double[36])).Weighed(),
        ["recurrence of one moment"] = t => t.Use(A).LeakyRecurrence(t.Use(Square), t.Use(B), 0.3, Nonlinearity.Tanh).Weighed(),
        ["Dale"] = t => t.Use(A).Dale(t.Constant(1, 3, [1.0, -1.0, 1.0])).Weighed(),
        ["Cayley rotation"] = t => t.Use(Rotations).CayleyRotation().Weighed(),
        ["Cayley map"] = t => t.Use(Rotations).CayleyMap().Weighed(),
        ["exponential rotation"] = t => t.Use(Rotations).ExponentialRotation().Weighed(),
        ["negative feedback"] = t => t.Use(Square).NegativeFeedback().Weighed(),
        ["negative feedback in a metric"] = t => t.Use(Square).NegativeFeedback(t.Use(Positive)).Weighed(),
        ["scan"] = t => Scanned(t, segment: 0),
        ["scan in segments"] = t => Scanned(t, segment: 2),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_gradient_agrees_with_central_differences(string name)
    {
        GradientCheck check = GradientCheck.Run(
            [A, B, C, Row, Column, Rotations, Square, Bias, Units, Drive, Scores, Positive], Losses[name]);

        Assert.True(check.RelativeError < Tolerance, check.ToString());
        Assert.Contains(check.Parameters, parameter => parameter.Size > 1e-3);
    }

    [Fact]
    public void The_check_sees_a_wrong_derivative()
    {
        var wrong = Nonlinearity.Custom(Math.Sin, x => 1.02 * Math.Cos(x));

        GradientCheck check = GradientCheck.Run([A], t => t.Use(A).Apply(wrong).Weighed());

        Close.To(0.02 / 1.02, check.RelativeError, 1e-6);     // 2 % too steep everywhere, of the steeper
        Assert.StartsWith("a: off by ", check.ToString());
    }

    [Fact]
    public void The_check_leaves_the_parameters_as_they_were()
    {
        double[] before = A.Value.ToArray();

        GradientCheck.Run([A], t => t.Use(A).Sum());

        Assert.Equal(before, A.Value.ToArray());
    }

    internal static Variable<double> Scanned(Tape<double> tape, int segment)
    {
        Variable<double>[] states = [tape.Use(A), tape.Constant(1, 1, [0.0])];
        tape.Scan<double>(5, states, [tape.Use(Row)], (inner, t, now, shared) =>
        {
            Variable<double> next = now[0].LeakyStep(now[0].Affine(inner.Use(Square)).Plus(shared[0]), 0.3, Nonlinearity.Tanh);
            now[1] = now[1].Plus(next.Apply(Nonlinearity.Square).Sum().Scaled(1.0 + t));
            now[0] = next;
        }, segment);
        return states[1].Plus(states[0].Weighed());
    }
}
