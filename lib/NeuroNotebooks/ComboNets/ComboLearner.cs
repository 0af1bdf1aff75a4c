using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>Learning to name the class of sequences: softmax cross-entropy of the scores at the end.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ComboLearner<T> : ILearner<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ImageStreams streams;

    /// <summary>A network and what it learns from.</summary>
    /// <param name="classifier">The network; its parameters change.</param>
    /// <param name="streams">The sequences.</param>
    /// <exception cref="ArgumentException">The sequences have another number of channels.</exception>
    public ComboLearner(ComboClassifier<T> classifier, ImageStreams streams)
    {
        Require.NotNull(classifier);
        Require.NotNull(streams);
        Require.Length(classifier.Design.Channels, streams.Channels, nameof(streams), "channel of the network");
        (Classifier, this.streams) = (classifier, streams);
    }

    /// <summary>The network.</summary>
    public ComboClassifier<T> Classifier { get; }

    /// <inheritdoc/>
    public ImmutableArray<Parameter<T>> Parameters => Classifier.Parameters;

    /// <inheritdoc/>
    public Variable<T> Loss(Tape<T> tape, Minibatch batch)
    {
        Require.NotNull(tape);
        if (batch.Count == 0) throw new ArgumentException("batch is empty: expected at least one sample.", nameof(batch));
        Span<int> labels = batch.Count <= 1024 ? stackalloc int[batch.Count] : new int[batch.Count];
        for (int i = 0; i < labels.Length; i++) labels[i] = streams.Label(batch.Samples.Span[i]);
        return Classifier.Scores(tape, streams, batch.Samples.Span).SoftmaxCrossEntropy(labels);
    }

    /// <summary>Trains for some epochs, and proves after every update that the network still contracts.</summary>
    /// <param name="epochs">How many, above zero.</param>
    /// <param name="rate">Step size of Adam, above zero.</param>
    /// <param name="batchSize">Sequences per update, above zero.</param>
    /// <param name="random">Random numbers for the order of the sequences.</param>
    /// <param name="test">Sequences to test on after every epoch; none if null.</param>
    /// <param name="file">A file to keep the state in: if it exists, the training goes on from there.</param>
    /// <param name="progress">Told after every update.</param>
    /// <param name="smooth">
    /// Whether the step size falls along half a cosine to a fiftieth; otherwise to a tenth at two thirds of the epochs and again at nine tenths.
    /// </param>
    /// <param name="cancellation">Stops between two updates.</param>
    /// <exception cref="NotContractingException">A network that is certified by design lost its certificate.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another training.</exception>
    /// <exception cref="LearningDivergedException">The loss or the gradient is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ComboTraining Train(
        int epochs, double rate, int batchSize, Philox random, ImageStreams? test = null, string? file = null,
        IProgress<LearningProgress>? progress = null, bool smooth = false, CancellationToken cancellation = default)
    {
        Require.Positive(epochs);
        Require.Positive(rate);
        Require.Positive(batchSize);
        var settings = new TrainingSettings
        {
            Samples = streams.Count, BatchSize = batchSize, Optimiser = new Adam(rate), ClipNorm = 1.0,
            Task = FormattableString.Invariant($"{Classifier.Design}, {streams.Name} × {streams.Count}"),
        };
        int perEpoch = settings.UpdatesPerEpoch, updates = epochs * perEpoch;
        settings = settings with
        {
            Schedule = smooth ? new CosineDecay(updates, 0.02) : new StepDecay(0.1, epochs * 2 / 3 * perEpoch, epochs * 9 / 10 * perEpoch),
        };
        var training = new Training<T>(this, settings, random);
        var guard = new Guard(Classifier, progress);
        var everyEpoch = test is null ? null : new EarlyStopping(() => Classifier.Accuracy(test, cancellation), perEpoch, KeepBest: false);
        training.Run(updates, everyEpoch, file, Math.Max(1, perEpoch / 2), guard, cancellation);
        return new ComboTraining(
            [.. training.Losses.Chunk(perEpoch).Select(epoch => epoch.Average())], [.. training.Scores.Select(score => score.Value)],
            Classifier.Certify(), guard.SmallestRate);
    }

    /// <summary>Certifies after every update.</summary>
    private sealed class Guard(ComboClassifier<T> classifier, IProgress<LearningProgress>? next) : IProgress<LearningProgress>
    {
        public double SmallestRate { get; private set; } = double.PositiveInfinity;

        public void Report(LearningProgress value)
        {
            if (classifier.Design.IsCertified)
            {
                ComboCertificate certificate = classifier.Certify();
                SmallestRate = Math.Min(SmallestRate, certificate.Rate);
                if (!certificate.Holds) throw new NotContractingException($"After update {value.Update}: {certificate}.");
            }
            next?.Report(value);
        }
    }
}

/// <summary>How a training went.</summary>
/// <param name="Losses">The mean loss of each epoch.</param>
/// <param name="Accuracies">The accuracy on the test sequences after each epoch, from 0 to 1.</param>
/// <param name="Certificate">What is proved of the network in the end.</param>
/// <param name="SmallestRate">The smallest rate proved after any update, 1/τ; infinite for a network without certificate.</param>
public sealed record ComboTraining(
    ImmutableArray<double> Losses, ImmutableArray<double> Accuracies, ComboCertificate Certificate, double SmallestRate);
