using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Where a text's anchor point lies across the text.</summary>
internal enum Across { Start, Middle, End }

/// <summary>Where a text's anchor point lies along its height.</summary>
internal enum Along { Top, Middle, Bottom }

/// <summary>Collects SVG elements, escapes what is written, and remembers where texts were put.</summary>
internal sealed class Canvas(string id)
{
    private readonly StringBuilder _body = new();
    private readonly List<Box> _texts = [];
    private int _clips;

    /// <summary>The boxes of the texts drawn so far.</summary>
    public IReadOnlyList<Box> Texts => _texts;

    public int Length => _body.Length;

    public string Body => _body.ToString();

    public Canvas Raw(string element)
    {
        _body.Append(element);
        return this;
    }

    public Canvas Path(string data, Paint paint)
    {
        if (data.Length > 0) _body.Append("<path d=\"").Append(data).Append('"').Append(paint.Attributes).Append("/>");
        return this;
    }

    public Canvas Line(double x1, double y1, double x2, double y2, Paint paint) =>
        Path(new PathData().MoveTo(new Point(x1, y1)).LineTo(new Point(x2, y2)).ToString(), paint);

    public Canvas Rect(Box box, Paint paint)
    {
        _body.Append($"<rect x=\"{Fixed.Text(box.Left)}\" y=\"{Fixed.Text(box.Top)}\" width=\"{Fixed.Text(Math.Max(0.0, box.Width))}\" ")
            .Append($"height=\"{Fixed.Text(Math.Max(0.0, box.Height))}\"{paint.Attributes}/>");
        return this;
    }

    public Canvas Ellipse(Box box, Paint paint)
    {
        _body.Append($"<ellipse cx=\"{Fixed.Text(box.CenterX)}\" cy=\"{Fixed.Text(box.CenterY)}\" rx=\"{Fixed.Text(box.Width / 2)}\" ")
            .Append($"ry=\"{Fixed.Text(box.Height / 2)}\"{paint.Attributes}/>");
        return this;
    }

    public Canvas Image(Box box, byte[] png)
    {
        _body.Append($"<image x=\"{Fixed.Text(box.Left)}\" y=\"{Fixed.Text(box.Top)}\" width=\"{Fixed.Text(box.Width)}\" ")
            .Append($"height=\"{Fixed.Text(box.Height)}\" preserveAspectRatio=\"none\" image-rendering=\"pixelated\" ")
            .Append($"href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>");
        return this;
    }

    public Canvas Open(string attributes)
    {
        _body.Append("<g").Append(attributes).Append('>');
        return this;
    }

    public Canvas OpenClip(Box box)
    {
        string name = $"{id}-c{_clips++}";
        _body.Append($"<clipPath id=\"{name}\">");
        Rect(box, default);
        _body.Append($"</clipPath><g clip-path=\"url(#{name})\">");
        return this;
    }

    public Canvas Shut()
    {
        _body.Append("</g>");
        return this;
    }

    /// <summary>Writes a text so that its anchor point lies at (x, y), turned clockwise about it; returns the upright box around it.</summary>
    /// <param name="role">What the text is, as the element's class.</param>
    public Box Text(TextBlock block, double x, double y, Across across, Along along, string role, double angle = 0.0)
    {
        var box = block.BoxAt(x, y, across, along, angle);
        if (block.IsEmpty) return box;
        _texts.Add(box);
        block.Write(_body, x, y, across, along, role, angle);
        return box;
    }

    /// <summary>Text from outside as XML character data.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\n' or '\r' or '\t' => escaped.Append(' '),
                < 0x20 or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),     // XML 1.0 has no place for these
                _ => escaped.Append(rune.ToString()),
            };
        return escaped.ToString();
    }
}
