using System.Globalization;
using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Writes an SVG path in few characters: whole pixels' fractions, relative to the point before, without drift.</summary>
internal sealed class PathData(int decimals = 2)
{
    private readonly StringBuilder _text = new();
    private readonly long _unit = (long)Math.Pow(10, decimals);
    private long _x, _y;

    public int Length => _text.Length;

    public bool IsEmpty => _text.Length == 0;

    public PathData MoveTo(Point p)
    {
        (_x, _y) = (Units(p.X), Units(p.Y));
        _text.Append('M');
        Append(_x, first: true);
        Append(_y, first: false);
        return this;
    }

    public PathData LineTo(Point p)
    {
        long x = Units(p.X), y = Units(p.Y);
        if (y == _y) { _text.Append('h'); Append(x - _x, first: true); }
        else if (x == _x) { _text.Append('v'); Append(y - _y, first: true); }
        else
        {
            _text.Append('l');
            Append(x - _x, first: true);
            Append(y - _y, first: false);
        }
        (_x, _y) = (x, y);
        return this;
    }

    public PathData CurveTo(Point control1, Point control2, Point end)
    {
        _text.Append('c');
        Append(Units(control1.X) - _x, first: true);
        Append(Units(control1.Y) - _y, first: false);
        Append(Units(control2.X) - _x, first: false);
        Append(Units(control2.Y) - _y, first: false);
        long x = Units(end.X), y = Units(end.Y);
        Append(x - _x, first: false);
        Append(y - _y, first: false);
        (_x, _y) = (x, y);
        return this;
    }

    /// <summary>A point drawn by a round line cap.</summary>
    public PathData Dot(Point p)
    {
        MoveTo(p);
        _text.Append("h0");
        return this;
    }

    public PathData Circle(Point center, double radius)
    {
        MoveTo(new Point(center.X - radius, center.Y));
        string r = Fixed.Text(radius), d = Fixed.Text(2.0 * radius);
        _text.Append(CultureInfo.InvariantCulture, $"a{r},{r} 0 1,0 {d},0a{r},{r} 0 1,0 -{d},0z");
        return this;
    }

    public PathData Close()
    {
        _text.Append('z');
        return this;
    }

    public PathData Polyline(ReadOnlySpan<Point> points, bool close = false)
    {
        for (int i = 0; i < points.Length; i++)
            if (i == 0) MoveTo(points[i]); else LineTo(points[i]);
        return close && points.Length > 0 ? Close() : this;
    }

    public override string ToString() => _text.ToString();

    private long Units(double value) => (long)Math.Round(Fixed.Clamp(value) * _unit, MidpointRounding.AwayFromZero);

    private void Append(long units, bool first)
    {
        if (!first && units >= 0) _text.Append(',');
        if (units < 0) { _text.Append('-'); units = -units; }
        long whole = Math.DivRem(units, _unit, out long fraction);
        if (whole != 0 || fraction == 0) _text.Append(CultureInfo.InvariantCulture, $"{whole}");
        if (fraction == 0) return;
        string digits = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        _text.Append('.').Append(digits);
    }
}
