using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Gives every part of the figure its place: margins grow until title, labels, legend and colour bars fit.</summary>
internal sealed class PageLayout
{
    private const double Padding = 10.0;

    /// <summary>However much stands around it, the plot keeps this part of the page's width and height.</summary>
    private const double LeastArea = 0.3;

    /// <summary>What is needed depends on the area and the area on what is needed: a few rounds settle it.</summary>
    private const int Rounds = 8;

    /// <summary>From this round on margins only grow, so that a pair of sizes that take turns comes to rest with room to spare.</summary>
    private const int Settling = 5;

    private readonly FigureContext _figure;
    private readonly AxisSet _axes;
    private readonly PageParts _parts;
    private DomainWarp _warpX = new([], 0.0, 1.0), _warpY = new([], 0.0, 1.0);

    public PageLayout(FigureContext figure, AxisSet axes, IReadOnlyList<Panel> panels, PageParts parts)
    {
        (_figure, _axes, Panels, _parts) = (figure, axes, panels, parts);
        Page = new Box(0.0, 0.0, Size("width", 700.0), Size("height", 450.0));
        parts.Title?.FitWidth(Page.Width - 2.0 * Padding);
        parts.Legend?.Measure(Page);
        var margins = new Insets(Padding, Padding, Padding, Padding);
        for (int round = 0; round < Rounds; round++)
        {
            Arrange(margins);
            if (round < Rounds - 1) margins = round < Settling ? Needed() : margins.Max(Needed());
        }
    }

    public Box Page { get; }

    /// <summary>The part of the page that the figure's fractions 0 to 1 span.</summary>
    public Box Area { get; private set; }

    public IReadOnlyList<Panel> Panels { get; }

    /// <summary>How far the subplots' labels stand out of the area.</summary>
    public Insets Outside { get; private set; }

    public double PaperX(double fraction) => _warpX.Start(fraction);

    /// <summary>The pixel of a fraction counted from the bottom.</summary>
    public double PaperY(double fraction) => Area.Top + Area.Bottom - _warpY.End(fraction);

    public Panel? PanelOf(string? name) => name is null ? null : Panels.FirstOrDefault(p => p.Holds(name));

    private double Size(string name, double fallback) => Math.Clamp(Math.Round(_figure.Layout.Number(name, fallback)), 120.0, 4000.0);

    private void Arrange(Insets margins)
    {
        Area = Shrunk(margins).Within(Page);
        _warpX = new DomainWarp([.. Panels.Select(p => new Span(p.DomainX.Low, p.DomainX.High, p.Decor.Left, p.Decor.Right, p.DomainY.Low, p.DomainY.High))], Area.Left, Area.Width);
        // fractions count upwards: lay out from the bottom, then turn over
        _warpY = new DomainWarp([.. Panels.Select(p => new Span(p.DomainY.Low, p.DomainY.High, p.Decor.Bottom, p.Decor.Top, p.DomainX.Low, p.DomainX.High))], Area.Top, Area.Height);
        foreach (var panel in Panels)
        {
            double top = Area.Top + Area.Bottom - _warpY.End(panel.DomainY.High), bottom = Area.Top + Area.Bottom - _warpY.Start(panel.DomainY.Low);
            double left = _warpX.Start(panel.DomainX.Low), right = _warpX.End(panel.DomainX.High);
            panel.Slot = panel.Rect = new Box(left, top, Math.Max(right, left + 4.0), Math.Max(bottom, top + 4.0));
            panel.SetPixels(_axes.All);
        }
        _axes.FitRanges();
        foreach (var panel in Panels)
        {
            panel.Decor = default;
            if (panel.Scene is not null) continue;
            panel.SetRect();
            panel.PlaceAxisLines(FreePosition);
        }
        foreach (var bar in _parts.Bars) bar.Attach(this);
        foreach (var note in _parts.OuterAnnotations) note.Attach(this);
        Outside = Panels.Aggregate(new Insets(0.0, 0.0, 0.0, 0.0), (most, p) => most.Max(Insets.Overhang(p.Decor.Around(p.Slot), Area)));
        PlaceAround();
    }

    private double? FreePosition(Axis axis) => axis.Anchor != "free" || axis.Spec.Number("position") is not { } position ? null
        : axis.IsX ? PaperY(Math.Clamp(position, 0.0, 1.0)) : PaperX(Math.Clamp(position, 0.0, 1.0));

    /// <summary>Title, legend, bars and slider in bands around the area and its labels.</summary>
    private void PlaceAround()
    {
        var taken = Outside.Around(Area);
        foreach (var bar in _parts.Bars.Where(b => b.Panel is null)) taken = taken with { Right = Math.Max(taken.Right, bar.Place(Area, taken.Right, _parts.Bars)) };
        _parts.Legend?.Place(Area, taken, Page);
        _parts.Title?.Place(Page, Area);
        _parts.Slider?.Place(Area, Page);
    }

    /// <summary>The margins that would hold everything placed now.</summary>
    private Insets Needed()
    {
        var box = Outside.Around(Area);
        foreach (var bar in _parts.Bars) box = box.Union(bar.Box);
        box = box.Union(_parts.FreeAnnotations(this));
        double top = 0.0, bottom = 0.0;
        if (_parts.Legend is { } legend)
        {
            if (legend.Side is LegendSide.Left or LegendSide.Right) box = box.Union(legend.Box with { Top = Area.Top, Bottom = Area.Top });
            if (legend.Side == LegendSide.Right && legend.Box.Height > Area.Height) bottom += Math.Min(60.0, legend.Box.Height - Area.Height);
            if (legend.Side == LegendSide.Above) top += legend.Box.Height + LegendPart.Gap;
            if (legend.Side == LegendSide.Below) bottom += legend.Box.Height + LegendPart.Gap;
        }
        if (_parts.Title is { } title) top += title.Height;
        if (_parts.Slider is { } slider) bottom += slider.Height;
        var over = Insets.Overhang(box, Area);
        JsonNode? given = _figure.Layout.At("margin");
        double Margin(string name, double needed) => Math.Max(needed + Padding, Math.Clamp(given.Number(name, 0.0), 0.0, 2000.0));
        return new Insets(Margin("l", over.Left), Margin("t", over.Top + top), Margin("r", over.Right), Margin("b", over.Bottom + bottom));
    }

    private Insets Shrunk(Insets margins)
    {
        double x = Math.Min(1.0, (1.0 - LeastArea) * Page.Width / (margins.Left + margins.Right));
        double y = Math.Min(1.0, (1.0 - LeastArea) * Page.Height / (margins.Top + margins.Bottom));
        return new Insets(margins.Left * x, margins.Top * y, margins.Right * x, margins.Bottom * y);
    }
}
