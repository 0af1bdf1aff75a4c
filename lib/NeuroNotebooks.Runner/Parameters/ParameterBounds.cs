using System.Globalization;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Parameters;

/// <summary>What a declaration's comment allows: <c>quick or full</c>, <c>2 to 64</c>, <c>above 0</c>, <c>at least 1</c>.</summary>
/// <param name="Choices">The only texts allowed; empty when any is.</param>
/// <param name="Low">The lowest number.</param>
/// <param name="High">The highest number.</param>
/// <param name="LowExcluded">Whether <paramref name="Low"/> itself is too low.</param>
/// <param name="HighExcluded">Whether <paramref name="High"/> itself is too high.</param>
internal sealed partial record ParameterBounds(
    IReadOnlyList<string> Choices,
    double Low = double.NegativeInfinity,
    double High = double.PositiveInfinity,
    bool LowExcluded = false,
    bool HighExcluded = false)
{
    public static ParameterBounds None { get; } = new([]);

    /// <summary>Reads the bounds at the start of a comment; what follows a comma, a semicolon or a full stop is for people.</summary>
    public static ParameterBounds FromComment(string comment, ParameterType type)
    {
        if (type.Name == "string") return Words().Match(comment) is { Success: true } m ? new(SplitChoices(m.Value)) : None;
        if (!type.IsNumber) return None;
        if (Range().Match(comment) is { Success: true } range) return new([], Number(range.Groups[1]), Number(range.Groups[2]));
        if (OneSided().Match(comment) is not { Success: true } side) return None;
        double bound = Number(side.Groups[2]);
        return side.Groups[1].Value switch
        {
            "above" or ">" => new([], Low: bound, LowExcluded: true),
            "at least" or ">=" or "≥" => new([], Low: bound),
            "below" or "<" => new([], High: bound, HighExcluded: true),
            _ => new([], High: bound),
        };
    }

    /// <summary>Refuses a value outside.</summary>
    /// <exception cref="UsageException">It is outside.</exception>
    public void Check(string parameter, string text)
    {
        if (Choices.Count > 0 && !Choices.Contains(text))
            throw new UsageException(
                $"Parameter {parameter} is \"{text}\": expected {string.Join(" or ", Choices)}.{Nearest.Hint(text, Choices)}");
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out double value)) return;
        bool low = LowExcluded ? value > Low : value >= Low;
        bool high = HighExcluded ? value < High : value <= High;
        if (!low || !high) throw new UsageException($"Parameter {parameter} is {text}: expected a value {this}.");
    }

    /// <summary>The bounds of a number in words.</summary>
    public override string ToString()
    {
        string low = Low.ToString(CultureInfo.InvariantCulture), high = High.ToString(CultureInfo.InvariantCulture);
        if (double.IsFinite(Low) && double.IsFinite(High)) return $"from {low} to {high}";
        if (double.IsFinite(Low)) return LowExcluded ? $"above {low}" : $"of at least {low}";
        return HighExcluded ? $"below {high}" : $"of at most {high}";
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    private static string[] SplitChoices(string text) =>
        [.. Separators().Split(text).Select(word => word.Trim().Trim('"')).Where(word => word.Length > 0)];

    [GeneratedRegex(@"^""?[\w.-]+""?(?:,\s*""?[\w.-]+""?)*,?\s+or\s+""?[\w.-]+""?(?=\s*(?:$|[,;.:(]))")]
    private static partial Regex Words();

    [GeneratedRegex(@",?\s+or\s+|,\s*")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(?:to|\.\.|–|-)\s*([-+]?\d[\d.]*(?:[eE][-+]?\d+)?)")]
    private static partial Regex Range();

    [GeneratedRegex(@"^(above|at least|below|at most|>=|<=|>|<|≥|≤)\s*([-+]?\d[\d.]*(?:[eE][-+]?\d+)?)")]
    private static partial Regex OneSided();
}
