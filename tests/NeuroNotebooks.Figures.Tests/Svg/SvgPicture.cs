using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>A text as it stands in a picture: what it says, and the corners of the box around its letters.</summary>
internal sealed record PictureText(string Role, string Says, double X, double Y, Point[] Corners)
{
    /// <summary>Whether two boxes, turned or not, share an inside: no line along a side of either parts them.</summary>
    public bool Overlaps(PictureText other) => !Parted(Corners, other.Corners) && !Parted(other.Corners, Corners);

    private static bool Parted(Point[] a, Point[] b)
    {
        for (int i = 0; i < 4; i++)
        {
            Point side = a[(i + 1) % 4] - a[i], normal = new(-side.Y, side.X);
            double Along(Point p) => p.X * normal.X + p.Y * normal.Y;
            double slack = 0.3 * normal.Length;     // letters may come within a third of a pixel
            if (a.Max(Along) < b.Min(Along) + slack || b.Max(Along) < a.Min(Along) + slack) return true;
        }
        return false;
    }
}

/// <summary>Reads a drawn SVG back, knowing nothing of how it was made but the widths of letters.</summary>
internal sealed partial class SvgPicture(string source)
{
    public string Source { get; } = source;

    public XElement Root { get; } = XDocument.Parse(source).Root!;

    public double Width => Number(Root, "width");

    public double Height => Number(Root, "height");

    public IEnumerable<XElement> All(string name) => Root.Descendants().Where(e => e.Name.LocalName == name);

    public IReadOnlyList<PictureText> Texts => [.. All("text").Select(ReadText)];

    public PictureText Text(string says) => Texts.First(t => t.Says == says);

    public IEnumerable<PictureText> Role(string role) => Texts.Where(t => t.Role == role);

    /// <summary>Centres of the circles of a colour.</summary>
    public Point[] Circles(string fill) => [.. All("circle").Where(c => Inherited(c, "fill") == fill).Select(c => new Point(Number(c, "cx"), Number(c, "cy")))];

    /// <summary>The corners of each path with a stroke of that colour, one list a run.</summary>
    public List<Point[]> Strokes(string color) => [.. All("path").Where(p => (string?)p.Attribute("stroke") == color).SelectMany(p => Runs((string)p.Attribute("d")!))];

    public List<Point[]> Fills(string color) => [.. All("path").Where(p => (string?)p.Attribute("fill") == color).SelectMany(p => Runs((string)p.Attribute("d")!))];

    public Box[] Rects(string fill) => [.. All("rect").Where(r => (string?)r.Attribute("fill") == fill).Select(BoxOf)];

    /// <summary>From data to pixels along x, read off two tick labels as a reader would.</summary>
    public Func<double, double> XScale(string label1, string label2, Func<double, double>? map = null) => Reading(label1, label2, t => t.Corners.Average(c => c.X), t => t.Y, map);

    public Func<double, double> YScale(string label1, string label2, Func<double, double>? map = null) => Reading(label1, label2, t => t.Corners.Average(c => c.Y), t => t.X, map);

    public static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    public static Box BoxOf(XElement rect) => new(Number(rect, "x"), Number(rect, "y"), Number(rect, "x") + Number(rect, "width"), Number(rect, "y") + Number(rect, "height"));

    /// <summary>Reads M, l, h, v, c and z as the renderer's paths use them; of a curve, its end.</summary>
    public static List<Point[]> Runs(string data)
    {
        var runs = new List<Point[]>();
        var run = new List<Point>();
        var at = new Point(0.0, 0.0);
        foreach (Match match in Command().Matches(data))
        {
            double[] n = [.. Numeral().Matches(match.Groups[2].Value).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
            switch (match.Groups[1].Value)
            {
                case "M":
                    if (run.Count > 0) runs.Add([.. run]);
                    run = [at = new Point(n[0], n[1])];
                    break;
                case "l": run.Add(at += new Point(n[0], n[1])); break;
                case "h": run.Add(at += new Point(n[0], 0.0)); break;
                case "v": run.Add(at += new Point(0.0, n[0])); break;
                case "c": run.Add(at += new Point(n[4], n[5])); break;
                case "z": break;
                default: throw new FormatException($"A path uses {match.Value}.");
            }
        }
        if (run.Count > 0) runs.Add([.. run]);
        return runs;
    }

    private Func<double, double> Reading(string label1, string label2, Func<PictureText, double> place, Func<PictureText, double> common, Func<double, double>? map)
    {
        map ??= v => v;
        // labels of one axis stand in one line
        var (a, b) = (from first in Role("tick") from second in Role("tick")
                      where first.Says == label1 && second.Says == label2 && common(first) == common(second)
                      select (first, second)).First();
        double va = map(Value(label1)), vb = map(Value(label2)), pa = place(a), pb = place(b);
        return v => pa + (map(v) - va) / (vb - va) * (pb - pa);
    }

    private static double Value(string label) => double.Parse(label.Replace('−', '-'), CultureInfo.InvariantCulture);

    private static string? Inherited(XElement element, string name) => (string?)element.AncestorsAndSelf().FirstOrDefault(e => e.Attribute(name) is not null)?.Attribute(name);

    private static PictureText ReadText(XElement text)
    {
        double size = Number(text, "font-size");
        bool bold = (string?)text.Attribute("font-weight") == "bold";
        XElement[] lines = [.. text.Elements().Where(e => e.Attribute("y") is not null)];
        if (lines.Length == 0) lines = [text];
        double width = lines.Max(line => WidthOf(line, size, bold)), x = Number(text, "x"), first = Number(lines[0], "y"), last = Number(lines[^1], "y");
        double left = (string?)text.Attribute("text-anchor") switch { "middle" => x - width / 2.0, "end" => x - width, _ => x };
        // capitals rise about three quarters of the size over the baseline, and tails hang a fifth below
        Point[] corners = [new(left, first - 0.75 * size), new(left + width, first - 0.75 * size), new(left + width, last + 0.2 * size), new(left, last + 0.2 * size)];
        if (text.Attribute("transform") is { } transform)
        {
            double[] n = [.. Numeral().Matches(transform.Value).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
            var pivot = new Point(n[1], n[2]);
            corners = [.. corners.Select(c => pivot + (c - pivot).Turned(n[0]))];
        }
        string says = string.Join(' ', lines.Select(line => line.Value));
        return new PictureText((string?)text.Attribute("class") ?? "", says, x, Number(text, "y"), corners);
    }

    private static double WidthOf(XElement line, double size, bool bold)
    {
        double width = 0.0;
        foreach (var node in line.Nodes())
            width += node switch
            {
                XText run => TextMetrics.Width(run.Value, size, bold),
                XElement run => WidthOf(run, run.Attribute("font-size") is { } own ? double.Parse(own.Value, CultureInfo.InvariantCulture) : size,
                    bold || (string?)run.Attribute("font-weight") == "bold"),
                _ => 0.0,
            };
        return width;
    }

    [GeneratedRegex("([MlhvczaLHVQCZ])([^MlhvczaLHVQCZ]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"-?(\d+\.?\d*|\.\d+)")]
    private static partial Regex Numeral();
}
