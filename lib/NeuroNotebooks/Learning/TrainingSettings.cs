namespace NeuroNotebooks.Learning;

/// <summary>How a model is trained.</summary>
public sealed record TrainingSettings
{
    /// <summary>How a gradient moves the parameters.</summary>
    public Optimiser Optimiser { get; init => field = Given(value, nameof(Optimiser)); } = new Adam();

    /// <summary>Factor of the step size at each update.</summary>
    public Schedule Schedule { get; init => field = Given(value, nameof(Schedule)); } = Schedule.Constant;

    /// <summary>Largest norm of the gradient over all parameters; a longer one is shortened to it. None if infinite.</summary>
    public double ClipNorm { get; init => field = Above(value, nameof(ClipNorm)); } = double.PositiveInfinity;

    /// <summary>Samples per update, above zero.</summary>
    public int BatchSize { get; init => field = Require.Positive(value, nameof(BatchSize)); } = 64;

    /// <summary>
    /// Samples there are, each used once an epoch, in a new order each time; 0 for a task that makes as many as it is asked for, which are
    /// numbered on and on.
    /// </summary>
    public int Samples { get; init => field = Require.NotNegative(value, nameof(Samples)); }

    /// <summary>Parts that a batch is cut into, above zero: what threads can share. Another number gives another rounding.</summary>
    public int Parts { get; init => field = Require.Positive(value, nameof(Parts)); } = 2;

    /// <summary>Threads to use, above zero; any number gives the same bits.</summary>
    public int Threads { get; init => field = Require.Positive(value, nameof(Threads)); } = Environment.ProcessorCount;

    /// <summary>What is learned from, in words: a saved training is taken up only under the same.</summary>
    public string Task { get; init => field = Given(value, nameof(Task)); } = "";

    /// <summary>Updates that an epoch takes; 1 if there are no epochs.</summary>
    public int UpdatesPerEpoch => Samples == 0 ? 1 : (Samples + BatchSize - 1) / BatchSize;

    /// <summary>All but the number of threads, which changes nothing.</summary>
    internal string Key => FormattableString.Invariant(
        $"{Optimiser}, schedule {Schedule}, clip {ClipNorm:r}, batch {BatchSize} in {Parts}, samples {Samples}, task {Task}");

    private static TValue Given<TValue>(TValue value, string name) where TValue : class
    {
        Require.NotNull(value, name);
        return value;
    }

    private static double Above(double value, string name)
    {
        if (!(value > 0.0)) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected a number above zero.");
        return value;
    }
}

/// <summary>How far a training is.</summary>
/// <param name="Update">Updates made.</param>
/// <param name="Updates">Updates asked for.</param>
/// <param name="Loss">Loss of the last batch, before its update.</param>
/// <param name="GradientNorm">Size of its gradient over all parameters, before any shortening.</param>
/// <param name="Score">The last score, if one was taken.</param>
public readonly record struct LearningProgress(int Update, int Updates, double Loss, double GradientNorm, double? Score);

/// <summary>When a training has learned enough.</summary>
/// <param name="Score">How good the parameters are as they stand; higher is better.</param>
/// <param name="Every">Updates between two scores, above zero.</param>
/// <param name="Goal">A score that ends the training.</param>
/// <param name="Patience">So many scores without a new best one end it, above zero.</param>
/// <param name="KeepBest">
/// Whether the parameters in the end are those of the best score. Not for scores of the samples that are to judge the result.
/// </param>
public sealed record EarlyStopping(
    Func<double> Score, int Every, double Goal = double.PositiveInfinity, int Patience = int.MaxValue, bool KeepBest = true)
{
    /// <summary>How good the parameters are as they stand; higher is better.</summary>
    public Func<double> Score { get; } = Score ?? throw new ArgumentNullException(nameof(Score));

    /// <summary>Updates between two scores.</summary>
    public int Every { get; } = Require.Positive(Every, nameof(Every));

    /// <summary>A score that ends the training.</summary>
    public double Goal { get; } = !double.IsNaN(Goal) ? Goal : throw new ArgumentOutOfRangeException(nameof(Goal), Goal, "Goal is not a number.");

    /// <summary>So many scores without a new best one end it.</summary>
    public int Patience { get; } = Require.Positive(Patience, nameof(Patience));
}

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All updates were made.</summary>
    Completed,

    /// <summary>The score reached the goal.</summary>
    GoalReached,

    /// <summary>The score found no new best for too long.</summary>
    OutOfPatience,
}

/// <summary>A score on the way.</summary>
/// <param name="Update">Updates made before it was taken.</param>
/// <param name="Value">The score.</param>
public readonly record struct ScoreAt(int Update, double Value);

/// <summary>A training whose loss or gradient left the finite numbers.</summary>
/// <param name="update">Updates made before.</param>
public sealed class LearningDivergedException(int update) : InvalidOperationException(
    $"Training diverged at update {update}: its loss or gradient is no finite number. Lower the rate, or set ClipNorm.")
{
    /// <summary>Updates made before.</summary>
    public int Update { get; } = update;
}
