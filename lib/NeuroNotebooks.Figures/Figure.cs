using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures;

/// <summary>A figure as a value: Plotly traces, layout and frames that never change; each modifier returns another figure.</summary>
/// <remarks>
/// Made by <see cref="Plot"/> or <see cref="FromJson"/>. Shows itself in a notebook in three faces: Plotly (interactive), HTML with
/// an inline SVG (static, offline, no script) and one sentence of text. Two figures are equal when their JSON is.
/// </remarks>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Text])]
public sealed partial class Figure : IEquatable<Figure>
{
    private readonly ImmutableArray<Layer> layers;
    private readonly JsonObject layout;
    private readonly JsonArray frames;
    private readonly JsonObject others;
    private readonly bool legendIsChosen;

    private Figure(ImmutableArray<Layer> layers, JsonObject layout, JsonArray frames, JsonObject others, bool legendIsChosen)
    {
        this.layers = Layer.Colored(layers);
        this.frames = frames;
        this.others = others;
        this.legendIsChosen = legendIsChosen;
        if (!legendIsChosen)
        {
            int named = Traces.Count(trace => !Json.IsFalse(trace["showlegend"]));
            Theme.SetLegend(layout, named >= 2 ? LegendPlace.Right : LegendPlace.None);
        }
        this.layout = (JsonObject)Json.Sorted(layout)!;
    }

    internal static Figure Flat(params ReadOnlySpan<Layer> layers) => new([.. layers], Theme.Flat(), [], DefaultConfig(), false);

    internal static Figure Space(params ReadOnlySpan<Layer> layers) => new([.. layers], Theme.Space(), [], DefaultConfig(), false);

    internal static Figure Composed(IEnumerable<JsonObject> traces, JsonObject layout, JsonArray? frames = null,
        bool legendIsChosen = true) =>
        new([.. traces.Select(trace => Layer.Of(trace))], layout, frames ?? [], DefaultConfig(), legendIsChosen);

    private static JsonObject DefaultConfig() => new() { ["config"] = Theme.Config() };

    /// <summary>The traces; not to be changed.</summary>
    internal IEnumerable<JsonObject> Traces => layers.SelectMany(layer => layer.Traces);

    /// <summary>The layout; not to be changed.</summary>
    internal JsonObject Layout => layout;

    internal bool HasFrames => frames.Count > 0;

    private Figure Changed(Action<JsonObject> change, bool? legendIsChosen = null)
    {
        JsonObject copy = layout.Copy();
        change(copy);
        return new Figure(layers, copy, frames, others, legendIsChosen ?? this.legendIsChosen);
    }

    internal Figure WithLayout(Action<JsonObject> change) => Changed(change);

    /// <summary>A figure from any Plotly figure JSON, such as the one a Plotly.NET chart writes.</summary>
    /// <param name="json">
    /// An object with <c>data</c> (a list of traces) and, if need be, <c>layout</c>, <c>config</c> and <c>frames</c>; or the list of traces
    /// alone.
    /// </param>
    /// <exception cref="FormatException">The text is not JSON, or not such a figure; the message says where.</exception>
    /// <remarks>
    /// Titles given as plain text become <c>{"text": ...}</c>, packed (base64) arrays become number lists, NaN becomes null.
    /// </remarks>
    public static Figure FromJson(string json)
    {
        Require.NotNull(json);
        JsonObject figure = PlotlyReader.Read(json);

        Layer[] layers = [.. figure["data"]!.AsArray().Select(trace => Layer.Of(trace!.AsObject().Copy()))];
        JsonObject layout = figure["layout"]?.AsObject().Copy() ?? [];
        JsonArray frames = (JsonArray?)figure["frames"]?.DeepClone() ?? [];
        foreach (string known in (string[])["data", "layout", "frames"]) figure.Remove(known);
        return new Figure([.. layers], layout, frames, figure, legendIsChosen: true);
    }

    /// <summary>
    /// The Plotly figure: one line of JSON, numbers in full precision, NaN and the infinities as null; equal bytes for equal figures.
    /// </summary>
    public string ToJson() => WriteJson(layout);

    private string WriteJson(JsonObject withLayout) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (JsonObject trace in Traces) trace.WriteTo(writer);
        writer.WriteEndArray();
        WriteNode(writer, "layout", withLayout);
        foreach ((string key, JsonNode? value) in others) WriteNode(writer, key, value);
        if (HasFrames) WriteNode(writer, "frames", frames);
        writer.WriteEndObject();
    });

    private static void WriteNode(Utf8JsonWriter writer, string key, JsonNode? node)
    {
        writer.WritePropertyName(key);
        if (node is null) writer.WriteNullValue();
        else node.WriteTo(writer);
    }

    /// <summary>
    /// The figure as Plotly shows it in a notebook: with its caption drawn below, since that face has no other place for it.
    /// </summary>
    internal string ToPlotlyOutput() => WriteJson((JsonObject)Json.Sorted(CaptionDrawing.Add(layout, Caption))!);

    /// <summary>The figure as one self-contained SVG element: no script, no style sheet, no outside address.</summary>
    public string ToSvg()
    {
        var figure = new JsonObject
        {
            ["data"] = new JsonArray([.. Traces.Select(trace => trace.DeepClone())]),
            ["layout"] = CaptionDrawing.Remove(layout),
            ["frames"] = frames.DeepClone(),
        };
        return SvgRenderer.Render(figure, Title.Length > 0 ? Html.Plain(Title) : "Figure", ToString());
    }

    /// <summary>The figure as an HTML <c>figure</c> element: the SVG and, below, the caption. No script, no outside address.</summary>
    public string ToHtml()
    {
        string caption = Caption.Length == 0 ? "" :
            $"<figcaption style=\"max-width:46em;margin:6px 4px 0;font:14px/1.45 {Html.Fonts};color:#333333\">" +
            $"{Html.Escape(Caption)}</figcaption>";
        return "<figure style=\"margin:0 0 1em;padding:4px;max-width:100%;overflow-x:auto;background:#ffffff;color:#1a1a1a\">" +
            $"{ToSvg()}{caption}</figure>";
    }

    /// <summary>One sentence: what is plotted, the axes and their ranges.</summary>
    public override string ToString() => Description.Of(this);

    /// <inheritdoc/>
    public bool Equals(Figure? other) => other is not null && (ReferenceEquals(this, other) || ToJson() == other.ToJson());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Figure);

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
