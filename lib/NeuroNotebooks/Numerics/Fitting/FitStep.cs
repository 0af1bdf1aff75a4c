namespace NeuroNotebooks.Numerics;

/// <summary>An entry of a fit's log.</summary>
/// <param name="Evaluation">How many times the cost had been computed.</param>
/// <param name="Best">The lowest cost until then.</param>
public readonly record struct FitStep(int Evaluation, double Best);

/// <summary>Counts evaluations and keeps the best point.</summary>
internal sealed class FitLog(CancellationToken cancellation)
{
    private readonly List<FitStep> steps = [];

    public int Evaluations { get; private set; }

    public double Best { get; private set; } = double.PositiveInfinity;

    public double[] At { get; private set; } = [];

    public IReadOnlyList<FitStep> Steps => steps;

    public void Note(double cost, double[] at)
    {
        cancellation.ThrowIfCancellationRequested();
        Evaluations++;
        if (cost < Best) (Best, At) = (cost, [.. at]);
        steps.Add(new FitStep(Evaluations, Best));
    }
}
