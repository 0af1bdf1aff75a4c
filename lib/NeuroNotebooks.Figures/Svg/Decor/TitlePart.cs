using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>The figure's title and subtitle, at the top of the page.</summary>
internal sealed class TitlePart
{
    private const double GapAbove = 10.0, GapBelow = 8.0;

    private readonly JsonNode? _spec;
    private TextBlock _title, _subtitle;
    private double _x, _top;
    private Across _across;

    private TitlePart(JsonNode? spec, TextBlock title, TextBlock subtitle) => (_spec, _title, _subtitle) = (spec, title, subtitle);

    /// <summary>Height of the band that the title takes up.</summary>
    public double Height => GapAbove + _title.Height + (_subtitle.IsEmpty ? 0.0 : 3.0 + _subtitle.Height) + GapBelow - 6.0;

    public static TitlePart? Read(FigureContext figure)
    {
        var spec = figure.Layout.At("title");
        string? text = spec is JsonObject ? spec.Text("text") : figure.Layout.Text("title");
        var font = (figure.Font with { Size = figure.Font.Size + 3.0 }).With(spec.At("font") ?? figure.Layout.At("titlefont"));
        var title = new TextBlock(text, font);
        var small = (figure.Font with { Size = figure.Font.Size, Color = new Rgba(96, 96, 96) }).With(spec.At("subtitle.font"));
        var subtitle = new TextBlock(spec.Text("subtitle.text"), small);
        return title.IsEmpty && subtitle.IsEmpty ? null : new TitlePart(spec, title, subtitle);
    }

    public void FitWidth(double width)
    {
        _title = _title.Wrapped(width);
        _subtitle = _subtitle.Wrapped(width);
    }

    public void Place(Box page, Box area)
    {
        double part = Math.Clamp(_spec.Number("x", 0.5), 0.0, 1.0);
        _across = _spec.Text("xanchor") switch
        {
            "left" => Across.Start,
            "center" => Across.Middle,
            "right" => Across.End,
            _ => part < 1.0 / 3.0 ? Across.Start : part > 2.0 / 3.0 ? Across.End : Across.Middle,
        };
        var room = _spec.Text("xref") == "paper" ? area : page;
        double width = Math.Max(_title.Width, _subtitle.Width);
        double x = room.Left + part * room.Width;
        double left = _across switch { Across.Start => x, Across.Middle => x - width / 2.0, _ => x - width };
        _x = x + new Box(left, 0.0, left + width, 0.0).ShiftInto(page.Inflate(-10.0) with { Top = 0.0 }).X;
        _top = page.Top + GapAbove;
    }

    public void Draw(Canvas canvas)
    {
        canvas.Text(_title with { Align = _across }, _x, _top, _across, Along.Top, "title");
        canvas.Text(_subtitle with { Align = _across }, _x, _top + _title.Height + 3.0, _across, Along.Top, "subtitle");
    }
}
