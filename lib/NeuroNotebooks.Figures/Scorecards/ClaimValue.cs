using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>What a paper says or what was computed: a number, or words where there is none.</summary>
/// <remarks>Numbers, words and truth values convert to it by themselves.</remarks>
public readonly record struct ClaimValue
{
    private readonly string? text;

    private ClaimValue(double? number, string? text)
    {
        Number = number;
        this.text = text;
    }

    /// <summary>The number, or null where the value is words.</summary>
    public double? Number { get; }

    /// <summary>A number.</summary>
    public static ClaimValue From(double number) => new(number, null);

    /// <summary>Words.</summary>
    public static ClaimValue From(string text)
    {
        Require.Text(text, "a number or words");
        return new(null, text);
    }

    /// <summary>A number.</summary>
    public static implicit operator ClaimValue(double number) => From(number);

    /// <summary>A whole number.</summary>
    public static implicit operator ClaimValue(int number) => From(number);

    /// <summary>Words.</summary>
    public static implicit operator ClaimValue(string text) => From(text);

    /// <summary>Yes or no.</summary>
    public static implicit operator ClaimValue(bool truth) => From(truth ? "yes" : "no");

    internal JsonNode ToJson() => Number is { } number && double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(ToString());

    /// <summary>The number with at most six significant digits, or the words.</summary>
    public override string ToString() => Number is not { } number ? text ?? ""
        : number == Math.Truncate(number) && Math.Abs(number) < 1e9 ? number.ToString("0", CultureInfo.InvariantCulture)
        : Html.Number(number);
}
