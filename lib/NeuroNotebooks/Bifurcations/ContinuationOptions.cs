namespace NeuroNotebooks.Bifurcations;

/// <summary>How to follow a curve. Lengths are in the model's scales: one typical size of each variable and parameter is a length of 1.</summary>
public sealed record ContinuationOptions
{
    /// <summary>The first step along the curve, above zero.</summary>
    public double FirstStep { get; init => field = Require.Positive(value, nameof(FirstStep)); } = 0.02;

    /// <summary>No step is longer, above zero.</summary>
    public double LargestStep { get; init => field = Require.Positive(value, nameof(LargestStep)); } = 0.2;

    /// <summary>Where the corrector fails with this step the curve ends, above zero.</summary>
    public double SmallestStep { get; init => field = Require.Positive(value, nameof(SmallestStep)); } = 1e-6;

    /// <summary>The corrector stops when it moves less, above zero.</summary>
    public double Tolerance { get; init => field = Require.Positive(value, nameof(Tolerance)); } = 1e-9;

    /// <summary>The curve ends after as many points, at least 2.</summary>
    public int MaxPoints { get; init => field = Several(value); } = 400;

    /// <summary>A cycle whose variables move less than this, in their scales, has shrunk to an equilibrium, above zero.</summary>
    public double SmallestAmplitude { get; init => field = Require.Positive(value, nameof(SmallestAmplitude)); } = 0.02;

    /// <summary>A cycle longer than this ends the curve, unit of the model's time, above zero.</summary>
    public double LongestPeriod { get; init => field = Require.Positive(value, nameof(LongestPeriod)); } = 1000.0;

    /// <summary>Error allowed a step when a cycle's time mesh is laid, relative to its variables, above zero.</summary>
    public double MeshTolerance { get; init => field = Require.Positive(value, nameof(MeshTolerance)); } = 1e-8;

    private static int Several(int value)
    {
        Require.InRange(value, 2, int.MaxValue, nameof(MaxPoints));
        return value;
    }
}

/// <summary>Why a curve ends.</summary>
public enum CurveEnd
{
    /// <summary>A parameter left its range.</summary>
    LeftRange,

    /// <summary>The curve came back to where it began.</summary>
    Closed,

    /// <summary>It has as many points as were allowed.</summary>
    PointLimit,

    /// <summary>The corrector failed with the smallest step.</summary>
    StepTooSmall,

    /// <summary>The cycle shrank to an equilibrium.</summary>
    AmplitudeVanished,

    /// <summary>The cycle's period grew beyond its limit: a homoclinic orbit, or a saddle-node on the cycle, is near.</summary>
    PeriodDiverged,

    /// <summary>The frequency of a Hopf point fell to zero: a Bogdanov-Takens point.</summary>
    FrequencyVanished,
}
