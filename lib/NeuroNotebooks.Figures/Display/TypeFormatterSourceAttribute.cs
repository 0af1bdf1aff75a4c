namespace NeuroNotebooks.Figures;

/// <summary>
/// Tells a notebook how a type shows itself. .NET Interactive and the project's own engine look for an attribute of this name, in any
/// namespace, by reflection: so no notebook package has to be referenced.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>
    /// A class with a public constructor without parameters and a method <c>IEnumerable&lt;object&gt; CreateTypeFormatters()</c>.
    /// </summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The faces shown together in one output; the source must make a formatter for each.</summary>
    public string[]? PreferredMimeTypes { get; set; }
}
