namespace NeuroNotebooks.Boltzmann;

/// <summary>An estimate of ln Z that carries what it takes to believe it.</summary>
/// <param name="Method">How it was obtained.</param>
/// <param name="Value">The number itself, whether or not it can be trusted.</param>
/// <param name="StandardError">Of <see cref="Value"/>, from the spread of the weights; zero if exact.</param>
/// <param name="EffectiveShare">Effective sample size as a share of the chains, (Σ w)² / (n Σ w²): 1 if all count alike.</param>
public sealed record PartitionEstimate(string Method, double Value, double StandardError, double EffectiveShare)
{
    /// <summary>The effective share below which an estimate is refused.</summary>
    public const double LeastShare = 0.05;

    /// <summary>Whether enough of the chains count.</summary>
    public bool IsReliable => double.IsFinite(Value) && EffectiveShare >= LeastShare;

    /// <summary>ln Z.</summary>
    /// <exception cref="UnreliableEstimateException">Fewer than one chain in twenty counts: the number would mislead.</exception>
    public double LogZ => IsReliable ? Value : throw new UnreliableEstimateException(this);

    /// <summary>From log-weights that average to Z / e^(start).</summary>
    internal static PartitionEstimate FromLogWeights(string method, double start, ReadOnlySpan<double> logWeights)
    {
        int n = logWeights.Length;
        double top = double.NegativeInfinity, sum = 0.0, squares = 0.0;
        foreach (double l in logWeights) top = Math.Max(top, l);
        foreach (double l in logWeights)
        {
            double w = Math.Exp(l - top);
            sum += w;
            squares += w * w;
        }
        double share = sum * sum / (n * squares);
        double error = n > 1 ? Math.Sqrt(Math.Max(0.0, 1.0 / share - 1.0) / (n - 1)) : double.PositiveInfinity;
        return new PartitionEstimate(method, start + top + Math.Log(sum / n), error, share);
    }

    /// <inheritdoc/>
    public override string ToString() => IsReliable
        ? $"ln Z = {Value:g8} ± {StandardError:g2} ({Method}, effective share {EffectiveShare:0.##})"
        : $"no estimate: {EffectiveShare:p1} of the chains count ({Method}); raise the number of temperatures";
}

/// <summary>An estimate of ln Z was asked for that its own weights say cannot be trusted.</summary>
/// <param name="estimate">The estimate.</param>
public sealed class UnreliableEstimateException(PartitionEstimate estimate) : InvalidOperationException(
    $"The {estimate?.Method} estimate of ln Z is unreliable: its effective sample size is {estimate?.EffectiveShare:p1} of the chains, and at least "
    + $"{PartitionEstimate.LeastShare:p0} is needed. Raise the number of temperatures, or of chains.")
{
    /// <summary>The estimate that was refused.</summary>
    public PartitionEstimate Estimate { get; } = estimate!;
}
