namespace NeuroNotebooks.Figures.Svg;

/// <summary>A subplot's span along one direction of the page: its domain, and the pixels its labels need before and after it.</summary>
/// <param name="CrossLow">Its domain in the other direction: only subplots that share some of it can touch.</param>
internal readonly record struct Span(double Low, double High, double Before, double After, double CrossLow, double CrossHigh);

/// <summary>From a figure's fractions (0 to 1) to pixels along one direction, with gaps between subplots widened where their labels need it.</summary>
internal sealed class DomainWarp
{
    private const double Gap = 8.0;

    /// <summary>Subplots keep at least this part of the page, whatever the labels ask for.</summary>
    private const double LeastForPlots = 0.35;

    private readonly double[] _knots, _starts, _ends;
    private readonly double _from, _length;

    public DomainWarp(IReadOnlyList<Span> spans, double from, double length)
    {
        (_from, _length) = (from, length);
        _knots = [.. spans.SelectMany(s => new[] { s.Low, s.High }).Append(0.0).Append(1.0).Select(k => Math.Round(k, 6)).Distinct().Order()];
        int pieces = _knots.Length - 1;
        var gaps = new double[_knots.Length];       // gaps[i]: needed at knot i itself, between spans that meet there
        var needs = new double[pieces];             // needs[i]: needed between knots i and i + 1
        for (int i = 0; i < _knots.Length; i++)
        {
            gaps[i] = Need(spans, _knots[i], _knots[i]);
            if (i < pieces) needs[i] = Need(spans, _knots[i], _knots[i + 1]);
        }

        double total = gaps.Sum() + needs.Sum(), room = (1.0 - LeastForPlots) * length;
        double shrink = total > room ? room / total : 1.0;
        (_starts, _ends) = Place(gaps, needs, shrink);
    }

    /// <summary>The pixel where something that starts at a fraction starts.</summary>
    public double Start(double fraction) => At(fraction, _starts);

    /// <summary>The pixel where something that ends at a fraction ends.</summary>
    public double End(double fraction) => At(fraction, _ends);

    /// <summary>Pixels between a span that ends at one knot and one that starts at another, or zero if no such pair touches.</summary>
    private static double Need(IReadOnlyList<Span> spans, double end, double start)
    {
        double need = 0.0;
        foreach (var a in spans)
            foreach (var b in spans)
                if (Math.Abs(a.High - end) < 1e-5 && Math.Abs(b.Low - start) < 1e-5 && a.CrossLow < b.CrossHigh - 1e-6 && b.CrossLow < a.CrossHigh - 1e-6)
                    need = Math.Max(need, a.After + b.Before is var sum && sum > 0.0 ? sum + Gap : 0.0);
        return need;
    }

    private (double[] Starts, double[] Ends) Place(double[] gaps, double[] needs, double shrink)
    {
        // gaps get what they need or their share, whichever is more; plots share the rest
        double[] widths = [.. needs.Select((_, i) => (_knots[i + 1] - _knots[i]) * _length)];
        double extra = 0.0, plots = 0.0;
        for (int i = 0; i < widths.Length; i++)
        {
            if (needs[i] > 0.0) extra += Math.Max(widths[i], shrink * needs[i]) - widths[i];
            else plots += widths[i];
        }
        extra += shrink * gaps.Sum();
        double stretch = plots > 0.0 ? Math.Max(0.0, plots - extra) / plots : 1.0;

        double[] starts = new double[_knots.Length], ends = new double[_knots.Length];
        double at = _from;
        for (int i = 0; i < _knots.Length; i++)
        {
            ends[i] = at;
            starts[i] = at += shrink * gaps[i];
            if (i < widths.Length) at += needs[i] > 0.0 ? Math.Max(widths[i], shrink * needs[i]) : widths[i] * stretch;
        }
        return (starts, ends);
    }

    private double At(double fraction, double[] edges)
    {
        if (fraction < 0.0) return _from + fraction * _length;
        if (fraction > 1.0) return _from + fraction * _length;
        for (int i = 0; i < _knots.Length; i++)
        {
            if (Math.Abs(fraction - _knots[i]) < 1e-5) return edges[i];
            if (fraction < _knots[i])
                return _starts[i - 1] + (fraction - _knots[i - 1]) / (_knots[i] - _knots[i - 1]) * (_ends[i] - _starts[i - 1]);
        }
        return edges[^1];
    }
}
