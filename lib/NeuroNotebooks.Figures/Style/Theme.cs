using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>The one look of the collection: white ground, dark text that reads at 100 %, quiet grids, thin frames.</summary>
public static class Theme
{
    /// <summary>Fonts, first choice first; all are drawn about equally wide, so that layouts carry over.</summary>
    public const string FontFamily = "Arial, Helvetica, Liberation Sans, sans-serif";

    /// <summary>Size of ordinary text, pixels.</summary>
    public const double FontSize = 14.0;

    /// <summary>Size of a figure's title, pixels.</summary>
    public const double TitleSize = 17.0;

    /// <summary>Size of the numbers at ticks and of annotations, pixels.</summary>
    public const double SmallSize = 13.0;

    /// <summary>Width of an ordinary line, pixels.</summary>
    public const double LineWidth = 2.0;

    /// <summary>Width of a figure unless it says otherwise, pixels.</summary>
    public const double Width = 680.0;

    /// <summary>Height of a figure unless it says otherwise, pixels.</summary>
    public const double Height = 420.0;

    /// <summary>Colour of text.</summary>
    public static Color Text { get; } = Color.FromHex("#1A1A1A");

    /// <summary>Colour of axes and their ticks.</summary>
    public static Color Frame { get; } = Color.FromHex("#4D4D4D");

    /// <summary>Colour of grid lines.</summary>
    public static Color Grid { get; } = Color.FromHex("#E8E8E8");

    internal const double TopMargin = 28.0, TopMarginUnderTitle = 60.0, LeftMargin = 76.0, RightMargin = 28.0, BottomMargin = 64.0;

    internal static JsonObject Font(double size, Color? color = null) => new()
    {
        ["family"] = FontFamily,
        ["size"] = size,
        ["color"] = (color ?? Text).Hex,
    };

    internal static JsonObject Title(string text, double size) => new() { ["text"] = text, ["font"] = Font(size) };

    private static JsonObject Canvas() => new()
    {
        ["width"] = Width,
        ["height"] = Height,
        ["paper_bgcolor"] = "#FFFFFF",
        ["font"] = Font(FontSize),
        ["colorway"] = new JsonArray([.. Palette.Sequence.Select(color => JsonValue.Create(color.Hex))]),
        ["margin"] = new JsonObject { ["l"] = LeftMargin, ["r"] = RightMargin, ["t"] = TopMargin, ["b"] = BottomMargin },
        ["hovermode"] = "closest",
    };

    internal static JsonObject Flat()
    {
        JsonObject layout = Canvas();
        layout["plot_bgcolor"] = "#FFFFFF";
        layout["xaxis"] = Axis();
        layout["yaxis"] = Axis();
        return layout;
    }

    internal static JsonObject Space()
    {
        JsonObject layout = Canvas();
        layout["margin"] = new JsonObject { ["l"] = 16.0, ["r"] = 16.0, ["t"] = TopMargin, ["b"] = 16.0 };
        layout["scene"] = new JsonObject
        {
            ["xaxis"] = SpaceAxis(),
            ["yaxis"] = SpaceAxis(),
            ["zaxis"] = SpaceAxis(),
            ["aspectmode"] = "cube",
            ["camera"] = new JsonObject { ["eye"] = new JsonObject { ["x"] = 1.5, ["y"] = -1.6, ["z"] = 0.9 } },
        };
        return layout;
    }

    private static JsonObject Axis() => new()
    {
        ["showline"] = true,
        ["linecolor"] = Frame.Hex,
        ["linewidth"] = 1.0,
        ["ticks"] = "outside",
        ["tickcolor"] = Frame.Hex,
        ["tickfont"] = Font(SmallSize),
        ["showgrid"] = true,
        ["gridcolor"] = Grid.Hex,
        ["zeroline"] = false,
        ["automargin"] = true,
    };

    private static JsonObject SpaceAxis() => new()
    {
        ["showbackground"] = false,
        ["linecolor"] = Frame.Hex,
        ["showline"] = true,
        ["gridcolor"] = Grid.Hex,
        ["zeroline"] = false,
        ["tickfont"] = Font(SmallSize - 1.0),
    };

    internal static void SetLegend(JsonObject layout, LegendPlace place)
    {
        layout["showlegend"] = place != LegendPlace.None;
        if (place == LegendPlace.None) layout.Remove("legend");
        else layout["legend"] = Legend(place, PlotHeight(layout));
    }

    /// <summary>Puts a legend below the plot back to where it clears the axis title, after the plot's height has changed.</summary>
    internal static void KeepLegendBelow(JsonObject layout)
    {
        if (layout["legend"] is JsonObject legend && Json.Double(legend["y"]) < 0.0) legend["y"] = Below(PlotHeight(layout));
    }

    private static double Below(double plotHeight) => Math.Round(-(BottomMargin - 4.0) / plotHeight, 6);

    private static double PlotHeight(JsonObject layout) => Math.Max(50.0, (Json.Double(layout["height"]) ?? Height)
        - (Json.Double(layout["margin"]?["t"]) ?? TopMargin) - (Json.Double(layout["margin"]?["b"]) ?? BottomMargin));

    private static JsonObject Legend(LegendPlace place, double plotHeight)
    {
        (double x, string xAnchor, double y, string yAnchor, bool across) = place switch
        {
            LegendPlace.TopLeft => (0.02, "left", 0.98, "top", false),
            LegendPlace.TopRight => (0.98, "right", 0.98, "top", false),
            LegendPlace.BottomLeft => (0.02, "left", 0.02, "bottom", false),
            LegendPlace.BottomRight => (0.98, "right", 0.02, "bottom", false),
            LegendPlace.Above => (0.0, "left", 1.02, "bottom", true),
            LegendPlace.Below => (0.0, "left", Below(plotHeight), "top", true),
            _ => (1.02, "left", 1.0, "top", false),
        };
        return new JsonObject
        {
            ["x"] = x,
            ["xanchor"] = xAnchor,
            ["y"] = y,
            ["yanchor"] = yAnchor,
            ["orientation"] = across ? "h" : "v",
            ["tracegroupgap"] = 2.0,
            ["bgcolor"] = "rgba(255,255,255,0.8)",
            ["font"] = Font(SmallSize),
        };
    }

    internal static JsonObject Config() => new() { ["displaylogo"] = false, ["responsive"] = true };
}

/// <summary>Where a figure explains its curves.</summary>
public enum LegendPlace
{
    /// <summary>Beside the plot, where it covers nothing: the usual place.</summary>
    Right,

    /// <summary>Inside, in the upper left corner.</summary>
    TopLeft,

    /// <summary>Inside, in the upper right corner.</summary>
    TopRight,

    /// <summary>Inside, in the lower left corner.</summary>
    BottomLeft,

    /// <summary>Inside, in the lower right corner.</summary>
    BottomRight,

    /// <summary>In a row above the plot.</summary>
    Above,

    /// <summary>In a row below the plot.</summary>
    Below,

    /// <summary>Nowhere.</summary>
    None,
}
