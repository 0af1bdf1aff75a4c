using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A rich text in one font: how much room it takes and how it is written.</summary>
internal readonly record struct TextBlock(RichText Text, Font Font, Across Align = Across.Middle)
{
    private const double LineHeight = 1.25;

    /// <summary>From the top of a line's box to its baseline, relative to the font's size.</summary>
    private const double Baseline = 0.93;

    public TextBlock(string? source, Font font) : this(RichText.Parse(source), font) { }

    public bool IsEmpty => Text.IsEmpty;

    public double Width => Text.Width(Font.Size, Font.Bold);

    public double Height => Text.Lines.Length * LineHeight * Font.Size;

    public TextBlock Wrapped(double widest) => this with { Text = Text.Wrap(widest, Font.Size, Font.Bold) };

    /// <summary>The upright box around the text when its anchor point lies at (x, y) and it is turned about it.</summary>
    public Box BoxAt(double x, double y, Across across, Along along, double angle = 0.0) =>
        Upright(x, y, across, along).Turned(angle, new Point(x, y));

    private Box Upright(double x, double y, Across across, Along along)
    {
        double left = across switch { Across.Start => x, Across.Middle => x - Width / 2, _ => x - Width };
        double top = along switch { Along.Top => y, Along.Middle => y - Height / 2, _ => y - Height };
        return new Box(left, top, left + Width, top + Height);
    }

    public void Write(StringBuilder svg, double x, double y, Across across, Along along, string role, double angle)
    {
        var box = Upright(x, y, across, along);
        // One line is anchored where the caller pointed, so that a face of another width stays put; several lines follow Align.
        var anchor = Text.Lines.Length == 1 ? across : Align;
        double left = Text.Lines.Length == 1 ? x : anchor switch { Across.Start => box.Left, Across.Middle => box.CenterX, _ => box.Right };

        svg.Append("<text class=\"").Append(role).Append("\" x=\"").Append(Fixed.Text(left)).Append("\" y=\"");
        svg.Append(Fixed.Text(box.Top + Baseline * Font.Size)).Append("\" font-size=\"").Append(Fixed.Text(Font.Size)).Append('"');
        svg.Append(anchor switch { Across.Start => "", Across.Middle => " text-anchor=\"middle\"", _ => " text-anchor=\"end\"" });
        svg.Append(" fill=\"").Append(Font.Color.Hex).Append('"');
        if (Font.Color.A < 1.0) svg.Append(" fill-opacity=\"").Append(Fixed.Text(Font.Color.A, 3)).Append('"');
        if (Font.Bold) svg.Append(" font-weight=\"bold\"");
        if (Font.Italic) svg.Append(" font-style=\"italic\"");
        if (angle != 0.0) svg.Append($" transform=\"rotate({Fixed.Text(angle)} {Fixed.Text(x)} {Fixed.Text(y)})\"");
        svg.Append('>');
        for (int i = 0; i < Text.Lines.Length; i++)
        {
            bool own = Text.Lines.Length > 1;
            double y0 = box.Top + (Baseline + i * LineHeight) * Font.Size;
            if (own) svg.Append($"<tspan x=\"{Fixed.Text(left)}\" y=\"{Fixed.Text(y0)}\">");
            WriteLine(svg, Text.Lines[i].AsSpan());
            if (own) svg.Append("</tspan>");
        }
        svg.Append("</text>");
    }

    private void WriteLine(StringBuilder svg, ReadOnlySpan<Run> line)
    {
        double depth = 0.0;     // where the last script left the baseline
        foreach (var run in line)
        {
            double target = run.Script switch { > 0 => -0.36 * Font.Size, < 0 => 0.2 * Font.Size, _ => 0.0 };
            bool plain = target == depth && run with { Text = "" } == new Run("");
            if (!plain)
            {
                svg.Append("<tspan");
                if (target != depth) svg.Append($" dy=\"{Fixed.Text(target - depth)}\"");
                if (run.Script != 0) svg.Append($" font-size=\"{Fixed.Text(run.Size(Font.Size))}\"");
                if (run.Bold) svg.Append(" font-weight=\"bold\"");
                if (run.Italic) svg.Append(" font-style=\"italic\"");
                if (run.Color is { } color) svg.Append($" fill=\"{color}\"");
                svg.Append('>');
            }
            svg.Append(Canvas.Escape(run.Text));
            if (!plain) svg.Append("</tspan>");
            depth = target;
        }
    }
}
