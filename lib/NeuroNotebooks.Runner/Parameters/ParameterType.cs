using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Parameters;

/// <summary>A C# type that a parameter may have: how its values are typed in a terminal and written in a cell.</summary>
internal sealed class ParameterType
{
    private static readonly ParameterType[] Scalars =
    [
        new("int", "a whole number", t => int.TryParse(t, Whole, Invariant, out int v) ? v.ToString(Invariant) : null),
        new("long", "a whole number", t => long.TryParse(t, Whole, Invariant, out long v) ? v.ToString(Invariant) + "L" : null),
        new("uint", "a whole number, zero or above", t =>
            uint.TryParse(t, Whole, Invariant, out uint v) ? v.ToString(Invariant) + "U" : null),
        new("ulong", "a whole number, zero or above", t =>
            ulong.TryParse(t, Whole, Invariant, out ulong v) ? v.ToString(Invariant) + "UL" : null),
        new("double", "a number with a decimal point", t =>
            double.TryParse(t, NumberStyles.Float, Invariant, out double v) && double.IsFinite(v) ? Real(v) : null),
        new("float", "a number with a decimal point", t =>
            float.TryParse(t, NumberStyles.Float, Invariant, out float v) && float.IsFinite(v) ? v.ToString("R", Invariant) + "f" : null),
        new("decimal", "a number with a decimal point", t =>
            decimal.TryParse(t, NumberStyles.Float, Invariant, out decimal v) ? v.ToString(Invariant) + "m" : null),
        new("bool", "true or false", t => bool.TryParse(t, out bool v) ? (v ? "true" : "false") : null),
        new("string", "a text", t => SymbolDisplay.FormatLiteral(t, quote: true)),
    ];

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private readonly Func<string, string?> literal;

    private ParameterType(string name, string expected, Func<string, string?> literal) =>
        (Name, Expected, this.literal) = (name, expected, literal);

    /// <summary>The type in C#.</summary>
    public string Name { get; }

    /// <summary>What to type, in words.</summary>
    public string Expected { get; }

    /// <summary>Whether its values have an order that bounds can speak of.</summary>
    public bool IsNumber => Name is not ("bool" or "string") && !Name.EndsWith(']');

    /// <summary>The type of a declaration; null when values of it cannot be typed in a terminal.</summary>
    public static ParameterType? Named(string name)
    {
        if (!name.EndsWith("[]", StringComparison.Ordinal)) return Scalars.FirstOrDefault(type => type.Name == name);
        if (Named(name[..^2]) is not { } element || name.EndsWith("[][]", StringComparison.Ordinal)) return null;
        return new(name, $"values separated by commas, each {element.Expected}", text => List(element, text));
    }

    /// <summary>The value as C# writes it; null when the text is no value of this type.</summary>
    public string? Literal(string text) => literal(text);

    /// <summary>The value as C# writes it.</summary>
    /// <exception cref="UsageException">The text is no value of this type.</exception>
    public string LiteralOrThrow(string parameter, string text) =>
        Literal(text) ?? throw new UsageException($"Parameter {parameter} is \"{text}\": expected {Expected} ({Name}).{Repair(text)}");

    private string Repair(string text) =>
        IsNumber && Literal(text.Replace(',', '.')) is not null
            ? $" Numbers here have a decimal point: did you mean {text.Replace(',', '.')}?" : "";

    private static string? List(ParameterType element, string text)
    {
        string inside = text.Trim().TrimStart('[', '{').TrimEnd(']', '}');
        if (inside.Trim().Length == 0) return $"new {element.Name}[0]";
        string?[] items = [.. inside.Split(',').Select(item => element.Literal(item.Trim()))];
        return items.Contains(null) ? null : $"new {element.Name}[] {{ {string.Join(", ", items)} }}";
    }

    private static string Real(double value)
    {
        string text = value.ToString("R", Invariant);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }
}
