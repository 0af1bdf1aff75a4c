using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>What every part of one figure shares: its layout, font, colours and axes.</summary>
internal sealed class FigureContext
{
    /// <summary>Colours that stay apart for colour-blind readers, after Okabe and Ito (2008), the pale yellow left out.</summary>
    private static readonly Rgba[] Okabe =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167),
        new(230, 159, 0), new(86, 180, 233), new(85, 85, 85), new(117, 71, 150),
    ];

    private static readonly Rgba Ink = new(42, 42, 42);

    private readonly Rgba[] _colors;
    private readonly Dictionary<string, ColorMap> _shared = [];

    public FigureContext(FigureSource source)
    {
        Source = source;
        Font = new Font(13.0, Ink).With(Layout.At("font"));
        Family = Layout.Text("font.family") is { } family ? $"{family}, {Svg.Font.Family}" : Svg.Font.Family;
        _colors = [.. Layout.At("colorway").Entries().Select(c => Rgba.Parse(c.AsText())).OfType<Rgba>()];
        if (_colors.Length == 0) _colors = Okabe;
        Page = Rgba.Parse(Layout.Text("paper_bgcolor")) ?? Rgba.White;
        Plot = Rgba.Parse(Layout.Text("plot_bgcolor")) ?? Rgba.Clear;
        Scale = ColorScale.Read(Layout.At("colorscale.sequential")) ?? ColorScale.Default;
    }

    public FigureSource Source { get; }

    public JsonObject Layout => Source.Layout;

    public Font Font { get; }

    public string Family { get; }

    public Rgba Page { get; }

    public Rgba Plot { get; }

    public ColorScale Scale { get; }

    public IEnumerable<ColorMap> SharedColorMaps => _shared.Values;

    public Rgba ColorOf(int trace) => _colors[trace % _colors.Length];

    /// <summary>The colour map that a trace, or its marker or line, describes or shares through a coloraxis.</summary>
    public ColorMap ColorMap(JsonNode? spec, string prefix, bool showByDefault, string panel)
    {
        if (spec.Text("coloraxis") is not { } name || !name.StartsWith("coloraxis", StringComparison.Ordinal))
            return new ColorMap(spec, prefix, Scale, showByDefault) { Panel = panel };
        if (!_shared.TryGetValue(name, out var map))
            _shared[name] = map = new ColorMap(Layout.At(name), "c", Scale, showByDefault: true);
        return map;
    }
}
