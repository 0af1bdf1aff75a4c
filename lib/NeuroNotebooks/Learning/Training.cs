using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>A training under way: stepped by whoever holds it, saved and taken up again to the same bits. For one thread at a time.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// A batch is cut into <see cref="TrainingSettings.Parts"/>, each with a tape of its own; their gradients are added in order, so that one
/// seed gives one result on any number of threads. Nothing is allocated per update after the first.
/// </remarks>
public sealed partial class Training<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ILearner<T> learner;
    private readonly TrainingSettings settings;
    private readonly Philox random;
    private readonly ImmutableArray<Parameter<T>> parameters;
    private readonly Tape<T>[] tapes;
    private readonly double[] losses;
    private readonly int[] samples;
    private readonly PieceWorkers workers;
    private readonly T[][] first, second;
    private readonly List<double> history = [];
    private readonly List<ScoreAt> scores = [];
    private int[] order = [];
    private int orderOf = -1, batchSize, sinceBest;
    private T[][]? best;

    /// <summary>A training at its start; the parameters are the learner's, and change in place.</summary>
    /// <param name="learner">What to train.</param>
    /// <param name="settings">How.</param>
    /// <param name="random">Random numbers for the order of the samples.</param>
    public Training(ILearner<T> learner, TrainingSettings settings, Philox random)
    {
        Require.NotNull(learner);
        Require.NotNull(settings);
        (this.learner, this.settings, this.random) = (learner, settings, random);
        parameters = Require.Some(learner.Parameters, nameof(learner));
        tapes = [.. Enumerable.Range(0, settings.Parts).Select(_ => new Tape<T>())];
        losses = new double[settings.Parts];
        samples = new int[settings.BatchSize];
        workers = new PieceWorkers(settings.Threads, settings.Parts, (part, _) => RunPart(part));
        first = [.. parameters.Select(p => new T[p.Length])];
        second = [.. parameters.Select(p => new T[p.Length])];
    }

    /// <summary>Updates made so far.</summary>
    public int Updates { get; private set; }

    /// <summary>Size of the last gradient over all parameters, before any shortening.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Loss of each batch, before its update.</summary>
    public ImmutableArray<double> Losses => [.. history];

    /// <summary>Scores taken so far.</summary>
    public ImmutableArray<ScoreAt> Scores => [.. scores];

    /// <summary>The best score so far; its update is 0 and its value −∞ if none was taken.</summary>
    public ScoreAt Best { get; private set; } = new(0, double.NegativeInfinity);

    /// <summary>One update.</summary>
    /// <returns>The batch's loss before it.</returns>
    /// <exception cref="LearningDivergedException">The loss or the gradient is not finite; the parameters are those before.</exception>
    public double Step()
    {
        Draw();
        workers.Run();
        int parts = Math.Min(settings.Parts, batchSize);
        double loss = 0.0;
        for (int part = 0; part < parts; part++) loss += losses[part];
        GatherGradients(parts);
        if (!double.IsFinite(loss) || !double.IsFinite(GradientNorm)) throw new LearningDivergedException(Updates);

        double rate = settings.Optimiser.Rate * settings.Schedule.At(Updates);
        for (int k = 0; k < parameters.Length; k++)
        {
            Parameter<T> parameter = parameters[k];
            if (GradientNorm > settings.ClipNorm) Spans.Scale(parameter.Gradient, T.CreateChecked(settings.ClipNorm / GradientNorm));
            settings.Optimiser.Move(parameter.Value, parameter.Gradient, first[k], second[k], rate * parameter.Pace, Updates + 1);
        }
        Updates++;
        history.Add(loss);
        return loss;
    }

    /// <summary>Trains until a number of updates is reached, or early.</summary>
    /// <param name="updates">How many there are to be in all, above zero.</param>
    /// <param name="stopping">What to score, and when to stop early.</param>
    /// <param name="file">A file to keep the state in, written whole or not at all: if it exists, the training goes on from there.</param>
    /// <param name="saveEvery">Updates between two writings, above zero.</param>
    /// <param name="progress">Told after every update.</param>
    /// <param name="cancellation">Stops between two updates, after writing the file.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another training.</exception>
    /// <exception cref="LearningDivergedException">The loss or the gradient is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingEnd Run(
        int updates, EarlyStopping? stopping = null, string? file = null, int saveEvery = 100, IProgress<LearningProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        Require.Positive(updates);
        Require.Positive(saveEvery);
        if (file is not null) ArgumentException.ThrowIfNullOrWhiteSpace(file);
        if (file is not null && File.Exists(file)) Resume(file);
        try
        {
            while (Updates < updates && EndOf(stopping) is null)
            {
                cancellation.ThrowIfCancellationRequested();
                double loss = Step();
                if (stopping is not null && Updates % stopping.Every == 0) TakeScore(stopping);
                if (file is not null && Updates % saveEvery == 0) Save(file);
                progress?.Report(new LearningProgress(Updates, updates, loss, GradientNorm, scores.Count > 0 ? scores[^1].Value : null));
            }
        }
        catch (OperationCanceledException) when (file is not null)
        {
            Save(file);
            throw;
        }
        if (file is not null) Save(file);
        if (stopping is { KeepBest: true }) TakeBest();
        return EndOf(stopping) ?? TrainingEnd.Completed;
    }

    private TrainingEnd? EndOf(EarlyStopping? stopping) => stopping is null ? null
        : Best.Value >= stopping.Goal ? TrainingEnd.GoalReached
        : sinceBest >= stopping.Patience ? TrainingEnd.OutOfPatience
        : null;

    private void TakeScore(EarlyStopping stopping)
    {
        double score = stopping.Score();
        scores.Add(new ScoreAt(Updates, score));
        sinceBest++;
        if (!(score > Best.Value)) return;
        (Best, sinceBest) = (scores[^1], 0);
        best ??= [.. parameters.Select(p => new T[p.Length])];
        for (int k = 0; k < best.Length; k++) parameters[k].Value.CopyTo(best[k]);
    }

    private void TakeBest()
    {
        if (best is null) return;
        for (int k = 0; k < best.Length; k++) best[k].CopyTo(parameters[k].Value);
    }

    /// <summary>The numbers of the next batch.</summary>
    private void Draw()
    {
        batchSize = settings.BatchSize;
        if (settings.Samples == 0)
        {
            for (int i = 0; i < batchSize; i++) samples[i] = unchecked(Updates * batchSize + i) & int.MaxValue;
            return;
        }
        int epoch = Updates / settings.UpdatesPerEpoch, start = Updates % settings.UpdatesPerEpoch * batchSize;
        if (orderOf != epoch)
        {
            if (order.Length == 0) order = new int[settings.Samples];
            for (int i = 0; i < order.Length; i++) order[i] = i;
            random.Shuffle((ulong)epoch, order.AsSpan());
            orderOf = epoch;
        }
        batchSize = Math.Min(batchSize, settings.Samples - start);
        order.AsSpan(start, batchSize).CopyTo(samples);
    }

    private void RunPart(int part)
    {
        int parts = Math.Min(settings.Parts, batchSize);
        if (part >= parts) return;
        int from = (int)((long)batchSize * part / parts), end = (int)((long)batchSize * (part + 1) / parts);
        Tape<T> tape = tapes[part];
        tape.Clear();
        double share = (double)(end - from) / batchSize;
        Variable<T> loss = learner.Loss(tape, new Minibatch(samples.AsMemory(from, end - from), from, Updates));
        tape.Backward(loss, share);
        losses[part] = share * double.CreateChecked(loss.Value[0]);
    }

    private void GatherGradients(int parts)
    {
        double squares = 0.0;
        foreach (Parameter<T> parameter in parameters)
        {
            Span<T> gradient = parameter.Gradient;
            gradient.Clear();
            for (int part = 0; part < parts; part++)
                if (tapes[part].GradientOf(parameter) is { IsEmpty: false } share) Spans.Add(gradient, share);
            squares += double.CreateChecked(Vectors.Dot<T>(gradient, gradient));
        }
        GradientNorm = Math.Sqrt(squares);
    }
}
