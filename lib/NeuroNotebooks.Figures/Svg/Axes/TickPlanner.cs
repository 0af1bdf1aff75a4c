using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Chooses ticks so that their labels never touch: fewer ticks, then turned labels, then labels left out.</summary>
internal sealed class TickPlanner(JsonNode spec, AxisKind kind, Scale scale, Font font, bool along, bool showLabels)
{
    private static readonly double[] Turns = [0.0, -30.0, -45.0, -90.0];

    private double Em => font.Size;

    public static TickPlan Plan(Axis axis)
    {
        if (!axis.Style.Visible) return TickPlan.Empty;
        var planner = new TickPlanner(axis.Spec, axis.Kind, axis.Scale, axis.Style.TickFont, axis.IsX, axis.Style.ShowLabels);
        return planner.Plan(axis.Categories, axis.Coordinate, axis.Style.TickAngle);
    }

    /// <param name="coordinate">From a data value to the axis coordinate.</param>
    public TickPlan Plan(IReadOnlyList<string> categories, Func<double, double> coordinate, double? angle)
    {
        if (spec.Text("tickmode") is not ("auto" or "linear") && spec.At("tickvals").IsSeries()) return Given(coordinate, categories, angle);
        if (kind == AxisKind.Category)
            return Settle([.. categories.Select((name, place) => new Tick(place, name)).Where(t => scale.Shows(t.At))], [], angle, turn: true);
        var (candidates, minor) = kind == AxisKind.Log ? LogCandidates() : (LinearCandidates(), []);
        Tick[][] usable = [.. candidates.Where(ticks => ticks.Length >= 2)];
        if (usable.Length == 0) usable = [.. candidates.Where(ticks => ticks.Length == 1).Take(1)];
        if (usable.Length == 0) return TickPlan.Empty;
        var fitting = usable.FirstOrDefault(ticks => Fits(Blocks(ticks), angle ?? 0.0));
        return fitting is not null ? new TickPlan(Blocks(fitting), minor, angle ?? 0.0) : Settle(usable[^1], minor, angle, turn: false);
    }

    private TickPlan Given(Func<double, double> coordinate, IReadOnlyList<string> categories, double? angle)
    {
        double[] values = spec.Numbers("tickvals") ?? [];
        var names = spec.At("tickvals").Entries();
        var texts = spec.At("ticktext").Entries();
        var ticks = new List<Tick>();
        for (int i = 0; i < values.Length && i < 2000; i++)
        {
            double at = coordinate(values[i]);
            if (kind == AxisKind.Category && double.IsNaN(at)) at = categories.ToList().IndexOf(names[i].AsText());
            if (!scale.Shows(at)) continue;
            string label = i < texts.Count ? texts[i].AsText()
                : spec.Text("tickformat") is { } format && D3Format.Format(format, values[i]) is { } formatted ? Dressed(formatted)
                : kind == AxisKind.Category ? names[i].AsText() : Dressed(NumberFormat.Short(values[i], 6));
            ticks.Add(new Tick(at, label));
        }
        return Settle(ticks, [], angle, turn: true);
    }

    private IEnumerable<Tick[]> LinearCandidates()
    {
        double span = scale.High - scale.Low;
        if (spec.Number("dtick") is { } given and > 0.0 && Ticks.Multiples(scale.From, scale.To, given, spec.Number("tick0", 0.0)) is { Length: > 0 } fixedTicks)
            return [Labelled(fixedTicks, given)];
        double pieces = spec.Number("nticks") is { } most and >= 1.0 ? Math.Min(most, 40.0)
            : along ? Math.Clamp(scale.Length / 75.0, 2.0, 9.0) : Math.Clamp(scale.Length / 46.0, 2.0, 8.0);
        // start finer than wanted: where the ends fall badly, a coarse step leaves one tick where three have room
        var steps = new List<double>();
        for (double p = 2.0 * pieces; p > 0.45; p *= 0.8)
            if (Ticks.RoundStep(span, p) is var step && !steps.Contains(step)) steps.Add(step);
        return steps.Select(step => Labelled(Ticks.Multiples(scale.From, scale.To, step), step))
            .Where(ticks => ticks.Length <= Math.Max(3.0, pieces + 1.0));
    }

    private Tick[] Labelled(double[] at, double step)
    {
        string? format = spec.Text("tickformat");
        string[] labels = format is not null && at.Select(v => D3Format.Format(format, v)).ToArray() is var formatted && formatted.All(f => f is not null)
            ? [.. formatted.Select(f => f!)]
            : NumberFormat.Series(at, step, spec.Text("exponentformat") ?? "power");
        return [.. at.Select((v, i) => new Tick(v, Dressed(labels[i])))];
    }

    private (IEnumerable<Tick[]> Candidates, IReadOnlyList<double> Minor) LogCandidates()
    {
        double span = scale.High - scale.Low;
        if (spec.Text("dtick") is { } word && word[0] is 'D' or 'L') return ([LogByWord(word)], Ticks.Digits(scale.From, scale.To, 2, 3, 4, 5, 6, 7, 8, 9));
        if (spec.Number("dtick") is { } decades and > 0.0) return ([LogTicks(Ticks.Multiples(scale.From, scale.To, decades))], []);

        var minor = span < 12.0 ? Ticks.Digits(scale.From, scale.To, 2, 3, 4, 5, 6, 7, 8, 9) : Ticks.Decades(scale.From, scale.To, 400.0);
        double pieces = along ? Math.Clamp(scale.Length / 60.0, 2.0, 12.0) : Math.Clamp(scale.Length / 34.0, 2.0, 12.0);
        var whole = new List<Tick[]>();
        for (double p = pieces; p > 0.8; p *= 0.8) whole.Add(LogTicks(Ticks.Decades(scale.From, scale.To, p)));
        if (whole[0].Length >= 3 || (whole[0].Length == 2 && span > 1.5)) return (whole, minor);
        Tick[][] parts = [LogTicks(Ticks.Digits(scale.From, scale.To, 1, 2, 5)), LogTicks(Ticks.Digits(scale.From, scale.To, 1, 3))];
        return parts[0].Length >= 3 || span > 0.9 ? (parts.Concat(whole), minor) : (NarrowLog(), []);
    }

    private Tick[] LogByWord(string word) =>
        word[0] == 'L' ? [.. NarrowLog().First()]
        : LogTicks(Ticks.Digits(scale.From, scale.To, word == "D2" ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 7, 8, 9]));

    /// <summary>Within less than a decade, values count up evenly even though the axis is logarithmic.</summary>
    private IEnumerable<Tick[]> NarrowLog()
    {
        double low = Math.Pow(10.0, scale.Low), high = Math.Pow(10.0, scale.High);
        for (double pieces = along ? 6.0 : 7.0; pieces > 0.45; pieces *= 0.75)
        {
            double step = Ticks.RoundStep(high - low, pieces);
            yield return [.. Labelled(Ticks.Multiples(low, high, step), step).Where(t => t.At > 0.0).Select(t => t with { At = Math.Log10(t.At) })];
        }
    }

    private Tick[] LogTicks(double[] at)
    {
        if (at.Length == 0) return [];
        string notation = spec.Text("exponentformat") ?? "auto";
        bool plain = notation is not "power" && at[0] >= -3.5 && at[^1] <= 4.5;
        return [.. at.Select(a => new Tick(a, Dressed(LogLabel(a, plain))))];
    }

    private string LogLabel(double at, bool plain)
    {
        if (spec.Text("tickformat") is { } format && D3Format.Format(format, Math.Pow(10.0, at)) is { } formatted) return formatted;
        int power = (int)Math.Floor(at + 1e-9);
        double digit = Math.Round(Math.Pow(10.0, at - power), 2);
        if (digit == 1.0) return NumberFormat.Decade(power, plain);
        return plain ? NumberFormat.Short(digit * Ticks.Times10(1.0, power)) : $"{NumberFormat.Plain(digit, 2)}×{NumberFormat.Decade(power, plain: false)}";
    }

    private string Dressed(string label) => $"{spec.Text("tickprefix")}{label}{spec.Text("ticksuffix")}";

    private (double, TextBlock)[] Blocks(IEnumerable<Tick> ticks) =>
        [.. ticks.Select(tick => (tick.At, new TextBlock(showLabels ? tick.Label : null, font)))];

    /// <summary>Turns labels where that helps, and in the end keeps only those with room.</summary>
    private TickPlan Settle(IReadOnlyList<Tick> ticks, IReadOnlyList<double> minor, double? angle, bool turn)
    {
        var blocks = Blocks(ticks);
        for (int i = 0; i < blocks.Length; i++)
            if (blocks[i].Item2.Text.Lines.Length == 1) blocks[i].Item2 = Wrapped(blocks[i].Item2, blocks.Length);
        double[] turns = angle is { } given ? [given] : along && turn ? Turns : [0.0];
        foreach (double degrees in turns)
            if (Fits(blocks, degrees)) return new TickPlan(blocks, minor, degrees);

        (double, TextBlock)? last = null;
        for (int i = 0; i < blocks.Length; i++)
            if (last is { } before && !Apart(before, blocks[i], turns[^1])) blocks[i].Item2 = new TextBlock(RichText.Empty, font);
            else if (!blocks[i].Item2.IsEmpty) last = blocks[i];
        return new TickPlan(blocks, minor, turns[^1]);
    }

    private TextBlock Wrapped(TextBlock label, int count) =>
        !along ? label.Wrapped(16.0 * Em) : label.Text.Plain.Length > 12 ? label.Wrapped(Math.Max(6.0 * Em, scale.Length / Math.Max(1, count) - Em)) : label;

    private bool Fits((double, TextBlock)[] labels, double angle)
    {
        for (int i = 1; i < labels.Length; i++)
            if (!Apart(labels[i - 1], labels[i], angle)) return false;
        return true;
    }

    private bool Apart((double At, TextBlock Label) a, (double At, TextBlock Label) b, double angle)
    {
        if (a.Label.IsEmpty || b.Label.IsEmpty) return true;
        double spacing = Math.Abs(scale.Pixel(a.At) - scale.Pixel(b.At));
        double width = 0.5 * (a.Label.Width + b.Label.Width) + 0.6 * Em, height = 0.5 * (a.Label.Height + b.Label.Height);
        if (angle == 0.0) return spacing >= (along ? width : height);
        double sine = Math.Abs(Math.Sin(angle * Math.PI / 180.0)), cosine = Math.Abs(Math.Cos(angle * Math.PI / 180.0));
        // turned lines of text are parallel: they part across their height, or along their width, whichever comes first
        return along ? spacing * sine >= height || spacing * cosine >= Math.Max(a.Label.Width, b.Label.Width) + 0.6 * Em
            : spacing * cosine >= height || spacing * sine >= width;
    }
}
