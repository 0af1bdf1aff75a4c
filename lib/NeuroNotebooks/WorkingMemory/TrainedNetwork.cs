using System.Collections.Immutable;
using NeuroNotebooks.Learning;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>A network after training, and how it got there.</summary>
/// <param name="Network">The network with the best score.</param>
/// <param name="Updates">Updates that were made.</param>
/// <param name="Accuracy">Its accuracy on the trials that training was judged by.</param>
/// <param name="End">Why training ended.</param>
/// <param name="Losses">Loss of each batch.</param>
/// <param name="Scores">Accuracies on the way.</param>
public sealed record TrainedNetwork(
    MemoryNetwork Network, int Updates, double Accuracy, TrainingEnd End, ImmutableArray<double> Losses, ImmutableArray<ScoreAt> Scores)
{
    /// <summary>The network with the best score.</summary>
    public MemoryNetwork Network { get; } = Network ?? throw new ArgumentNullException(nameof(Network));

    /// <inheritdoc />
    public override string ToString() =>
        FormattableString.Invariant($"{Network}: accuracy {Accuracy:f3} after {Updates} updates ({(End == TrainingEnd.GoalReached ? "goal reached" : "goal not reached")})");
}
