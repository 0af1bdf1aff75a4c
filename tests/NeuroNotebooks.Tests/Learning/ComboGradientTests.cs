using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.LearningTests;

public class ComboGradientTests
{
    private static readonly ImageStreams OneChannel = ImageStreams.Of([.. Enumerable.Range(0, 20).Select(k => k % 7 / 7f)], [3, 1, 4, 1], 5);
    private static readonly ImageStreams TwoChannels = ImageStreams.Of(
        [.. Enumerable.Range(0, 40).Select(k => k % 7 / 7f)], [3, 1, 4, 1], 2, PixelOrder.Rows);

    private static readonly ComboDesign Small = new() { Modules = 3, Units = 3, Density = 0.5, Alpha = 0.2 };

    public static TheoryData<ComboKind, ComboStepping, double> Kinds => new()
    {
        { ComboKind.Sparse, ComboStepping.Euler, 0.0 },
        { ComboKind.Svd, ComboStepping.Euler, 0.0 },
        { ComboKind.NoFeedback, ComboStepping.Euler, 0.0 },
        { ComboKind.FreeFeedback, ComboStepping.Euler, 0.0 },
        { ComboKind.Plain, ComboStepping.Euler, 0.0 },
        { ComboKind.Sparse, ComboStepping.Euler, 0.7 },
        { ComboKind.Svd, ComboStepping.Euler, 0.7 },
        { ComboKind.Sparse, ComboStepping.Rotation, 0.0 },
        { ComboKind.Svd, ComboStepping.Rotation, 0.7 },
        { ComboKind.NoFeedback, ComboStepping.Rotation, 0.0 },
    };

    // three modules of three neurons, five moments: the size at which the derivation asks for 1e-5; ours is a thousand times better
    [Theory, MemberData(nameof(Kinds))]
    public void The_gradient_of_a_network_agrees_with_central_differences(ComboKind kind, ComboStepping stepping, double own)
    {
        foreach (ImageStreams streams in new[] { OneChannel, TwoChannels })
        {
            var net = new ComboClassifier<double>(
                Small with { Kind = kind, Stepping = stepping, SelfExcitation = own, Channels = streams.Channels }, new Philox(3));
            net.Parameters.Single(p => p.Name == "b").Normal(0.5, new Philox(4));       // away from the kink at zero

            GradientCheck check = GradientCheck.Run(
                net.Parameters, tape => net.Scores(tape, streams, [0, 1, 2, 3]).SoftmaxCrossEntropy([3, 1, 4, 1]));

            Assert.True(check.RelativeError < 1e-6, $"{streams.Name}: {check}");
            Assert.All(check.Parameters, parameter => Assert.True(parameter.Size > 1e-6, parameter.Name));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Going_through_time_at_once_is_the_same_as_step_by_step(ComboKind kind, ComboStepping stepping, double own)
    {
        var net = new ComboClassifier<double>(Small with { Kind = kind, Stepping = stepping, SelfExcitation = own }, new Philox(5));
        ComboStepper stepper = net.Stepper();
        double[] x = new double[9];
        foreach (float pixel in OneChannel.Stream(2)) stepper.Step(x, [pixel]);
        Parameter<double> readout = net.Parameters.Single(p => p.Name == "V");
        double[] scores = [.. Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, 9).Sum(i => readout.Value[c * 9 + i] * x[i]))];

        Close.All(scores, net.Scores(new Tape<double>(), OneChannel, [2], learning: false).Value.ToArray(), 1e-13);
        Close.All(scores, net.Scores(new Tape<double>(), OneChannel, [2], learning: true).Value.ToArray(), 1e-13);
    }

    // 16 moments make a chunk: 40 are two and a half
    [Theory, InlineData(ComboStepping.Euler), InlineData(ComboStepping.Rotation)]
    public void Gathering_gradients_in_pieces_loses_nothing(ComboStepping stepping)
    {
        ImageStreams streams = ImageStreams.Of([.. Enumerable.Range(0, 80).Select(k => k % 11 / 11f)], [3, 1], 40);
        var net = new ComboClassifier<double>(Small with { Alpha = 0.1, Stepping = stepping }, new Philox(3));
        net.Parameters.Single(p => p.Name == "b").Normal(0.5, new Philox(4));

        GradientCheck check = GradientCheck.Run(net.Parameters, tape => net.Scores(tape, streams, [0, 1]).SoftmaxCrossEntropy([3, 1]));

        Assert.True(check.RelativeError < 1e-6, check.ToString());
    }
}
