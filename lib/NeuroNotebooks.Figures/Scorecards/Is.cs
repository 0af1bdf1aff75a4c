namespace NeuroNotebooks.Figures;

/// <summary>When a computed value counts as agreeing with a paper. Made by <see cref="Is"/>.</summary>
public sealed class Check
{
    private readonly Func<ClaimValue, ClaimValue, bool> holds;

    internal Check(string description, Func<ClaimValue, ClaimValue, bool> holds, double? distance = null, bool needsPaper = false)
    {
        Description = description;
        this.holds = holds;
        Distance = distance;
        NeedsPaper = needsPaper;
    }

    /// <summary>The check in words: <c>within 0.01</c>, <c>above 1.05</c>.</summary>
    public string Description { get; }

    /// <summary>The largest distance allowed, for checks that are one.</summary>
    public double? Distance { get; }

    /// <summary>Whether the check compares with the paper's number, so that there must be one.</summary>
    internal bool NeedsPaper { get; }

    internal bool Holds(ClaimValue ours, ClaimValue paper) => holds(ours, paper);

    /// <inheritdoc/>
    public override string ToString() => Description;
}

/// <summary>
/// Checks for claims. All that compare numbers fail for NaN, the infinities and words, and refuse bounds that are not finite: a check must
/// be able to fail.
/// </summary>
public static class Is
{
    /// <summary>Within a distance of the paper's number.</summary>
    /// <param name="tolerance">The largest distance that still agrees, zero or above.</param>
    public static Check Within(double tolerance)
    {
        RequireTolerance(tolerance);
        return new Check($"within {Show(tolerance)}", (ours, paper) =>
            Math.Abs(Value(ours) - Value(paper)) <= tolerance, tolerance, needsPaper: true);
    }

    /// <summary>Within a distance of a number that is not the paper's, such as a closed form.</summary>
    /// <param name="tolerance">The largest distance that still agrees, zero or above.</param>
    /// <param name="of">The number.</param>
    public static Check Within(double tolerance, double of)
    {
        RequireTolerance(tolerance);
        Require.Finite(of);
        return new Check($"within {Show(tolerance)} of {Show(of)}", (ours, _) => Math.Abs(Value(ours) - of) <= tolerance, tolerance);
    }

    /// <summary>Within a part of the paper's number.</summary>
    /// <param name="percent">The largest difference that still agrees, percent of the paper's number: above 0, below 100.</param>
    public static Check WithinPercent(double percent)
    {
        if (!(percent > 0.0 && percent < 100.0))
            throw new ArgumentOutOfRangeException(nameof(percent), percent,
                $"percent is {Require.Show(percent)}: expected a number between 0 and 100; more would let the sign pass.");
        return new Check($"within {Show(percent)} %", (ours, paper) =>
            Math.Abs(Value(ours) - Value(paper)) <= percent / 100.0 * Math.Abs(Value(paper)),
            needsPaper: true);
    }

    /// <summary>Greater than a number.</summary>
    public static Check Above(double bound)
    {
        Require.Finite(bound);
        return new Check($"above {Show(bound)}", (ours, _) => Value(ours) > bound);
    }

    /// <summary>Smaller than a number.</summary>
    public static Check Below(double bound)
    {
        Require.Finite(bound);
        return new Check($"below {Show(bound)}", (ours, _) => Value(ours) < bound);
    }

    /// <summary>Between two numbers, or one of them.</summary>
    public static Check Between(double low, double high)
    {
        Require.Finite(low);
        Require.Finite(high);
        if (low > high) throw new ArgumentException($"low is {Show(low)}, high {Show(high)}: swap the two.", nameof(low));
        return new Check($"from {Show(low)} to {Show(high)}", (ours, _) => Value(ours) >= low && Value(ours) <= high);
    }

    /// <summary>The same count.</summary>
    public static Check Exactly(int expected) => new($"exactly {expected}", (ours, _) => Value(ours) == expected);

    /// <summary>The same words, such as a label.</summary>
    public static Check Exactly(string expected)
    {
        Require.Text(expected, "the words");
        return new Check($"exactly \"{expected}\"", (ours, _) => ours.Number is null && ours.ToString() == expected);
    }

    /// <summary>True, for a property that a computation decides.</summary>
    public static Check True { get; } = new("true", (ours, _) => ours == (ClaimValue)true);

    /// <summary>False, for a property that a computation decides.</summary>
    public static Check False { get; } = new("false", (ours, _) => ours == (ClaimValue)false);

    /// <summary>NaN where there is no finite number: every comparison with it is false.</summary>
    private static double Value(ClaimValue value) => value.Number is { } number && double.IsFinite(number) ? number : double.NaN;

    private static void RequireTolerance(double tolerance)
    {
        if (!(tolerance >= 0.0) || double.IsInfinity(tolerance))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance,
                $"tolerance is {Require.Show(tolerance)}: expected a finite number, zero or above, so that the claim can fail.");
    }

    private static string Show(double value) => Html.Number(value);
}
