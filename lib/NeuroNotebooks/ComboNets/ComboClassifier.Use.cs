using NeuroNotebooks.Contraction;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

public sealed partial class ComboClassifier<T>
{
    private const int BatchOfAnswers = 125;

    /// <summary>The class with the highest score of each sequence.</summary>
    /// <param name="streams">The sequences.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The sequences have another number of channels.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>On all processors.</remarks>
    public int[] Classify(ImageStreams streams, CancellationToken cancellation = default)
    {
        Require.NotNull(streams);
        Require.Length(Design.Channels, streams.Channels, nameof(streams), "channel of the network");
        var answers = new int[streams.Count];
        int batches = (streams.Count + BatchOfAnswers - 1) / BatchOfAnswers;
        Parallel.For(0, batches, new ParallelOptions { CancellationToken = cancellation }, () => new Tape<T>(), (batch, _, tape) =>
        {
            tape.Clear();
            int first = batch * BatchOfAnswers, count = Math.Min(BatchOfAnswers, streams.Count - first);
            Variable<T> scores = Scores(tape, streams, [.. Enumerable.Range(first, count)], learning: false);
            for (int i = 0; i < count; i++) answers[first + i] = Largest(scores.Value.Slice(i * ImageStreams.Classes, ImageStreams.Classes));
            return tape;
        }, _ => { });
        return answers;
    }

    /// <summary>The part of the sequences that are classified rightly, from 0 to 1.</summary>
    /// <param name="streams">The sequences.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The sequences have another number of channels.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Accuracy(ImageStreams streams, CancellationToken cancellation = default)
    {
        int[] answers = Classify(streams, cancellation);
        return answers.Index().Count(answer => answer.Item == streams.Label(answer.Index)) / (double)answers.Length;
    }

    /// <summary>The network of networks as the contraction toolbox sees it: its modules in their metrics, joined by what was learned.</summary>
    public ComboNetwork Network()
    {
        var tape = new Tape<T>();
        int n = Design.Size, m = Design.Kind == ComboKind.Plain ? n : Design.Units;
        double[] blocks = [.. Blocks(tape).Select(double.CreateChecked)];
        double[]? metric = MetricDiagonal(tape)?.Select(double.CreateChecked).ToArray();
        var weights = Enumerable.Range(0, n / m).Select(i => Dense.Build(m, m, (r, c) => blocks[(i * m + r) * m + c]));
        var metrics = Enumerable.Range(0, n / m).Select(i => metric is null ? Metric.Identity(m) : Metric.Diagonal(metric.AsSpan(i * m, m)));
        ComboNetwork network = ComboNetwork.Of(weights, metrics);
        double unit = Rotates ? 1.0 / Design.Alpha : 1.0;
        return Feedback(tape) is { } feedback ? network.WithCoupling(Dense.Build(n, n, (i, j) => unit * double.CreateChecked(feedback[i * n + j]))) : network;
    }

    /// <summary>What holds of the network as it stands, whatever its input.</summary>
    /// <remarks>n² operations, and for SVD modules a singular value decomposition each: cheap beside an update, so it can be asked for at every one.</remarks>
    public ComboCertificate Certify() => ComboCertificate.Of(Network());

    internal ComboStepper Stepper()
    {
        ComboNetwork network = Network();
        double[,] coupling = Dense.Scaled(network.Coupling, Design.Alpha);
        double[,] rotation = Rotates ? CayleyStep<double>.Of(coupling) : Dense.Identity(Design.Size);
        return new ComboStepper(Design.Alpha, Dense.Scaled(network.Weights, Design.Alpha), Rotates ? null : coupling, rotation,
            [.. input.Value.ToArray().Select(double.CreateChecked)], [.. bias.Value.ToArray().Select(double.CreateChecked)]);
    }

    private static int Largest(ReadOnlySpan<T> scores)
    {
        int best = 0;
        for (int k = 1; k < scores.Length; k++)
            if (scores[k] > scores[best]) best = k;
        return best;
    }
}
