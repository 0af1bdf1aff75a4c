namespace NeuroNotebooks.Figures;

/// <summary>The rectangle of the plane that a figure shows.</summary>
internal readonly record struct Frame((double From, double To) Across, (double From, double To) Along)
{
    /// <summary>How much wider than high a plot of the usual size is, on the screen.</summary>
    public const double Aspect =
        (Theme.Width - Theme.LeftMargin - Theme.RightMargin) / (Theme.Height - Theme.TopMargin - Theme.BottomMargin);

    public double Width => Across.To - Across.From;

    public double Height => Along.To - Along.From;

    public (double X, double Y) FromUnit((double X, double Y) at) => (Across.From + at.X * Width, Along.From + at.Y * Height);

    public double[] Columns(int count) => Between(Across, count);

    public double[] Rows(int count) => Between(Along, count);

    private static double[] Between((double From, double To) ends, int count) =>
        [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? ends.To : ends.From + (ends.To - ends.From) * i / (count - 1))];
}

/// <summary>Lines and arrowheads collected as one list of points in data units, NaN between pieces.</summary>
internal sealed class Pieces(Frame frame)
{
    private const double HeadLength = 0.02;

    public List<double> X { get; } = [];

    public List<double> Y { get; } = [];

    /// <param name="line">Points of the unit square.</param>
    public void Add(IEnumerable<(double X, double Y)> line)
    {
        if (X.Count > 0)
        {
            X.Add(double.NaN);
            Y.Add(double.NaN);
        }
        foreach ((double x, double y) in line.Select(frame.FromUnit))
        {
            X.Add(x);
            Y.Add(y);
        }
    }

    /// <summary>Two strokes back from a tip; equally long on the screen whatever the direction.</summary>
    public void AddHead((double X, double Y) from, (double X, double Y) tip, double length = HeadLength)
    {
        double dx = (tip.X - from.X) * Frame.Aspect, dy = tip.Y - from.Y;
        double norm = Math.Sqrt(dx * dx + dy * dy);
        if (!(norm > 0.0)) return;
        (double c, double s) = (dx / norm * length * 0.9, dy / norm * length * 0.9);
        const double spread = 0.55;
        Add([
            (tip.X - (c - spread * s) / Frame.Aspect, tip.Y - (s + spread * c)),
            tip,
            (tip.X - (c + spread * s) / Frame.Aspect, tip.Y - (s - spread * c)),
        ]);
    }
}
