namespace NeuroNotebooks.Figures.Svg;

internal enum AxisKind { Linear, Log, Category }

/// <summary>A straight map from an axis coordinate to pixels. A log axis has the decimal logarithm as its coordinate.</summary>
/// <param name="From">Coordinate at <paramref name="Start"/>.</param>
/// <param name="Start">Pixel of the axis' low end: left, or bottom.</param>
internal readonly record struct Scale(double From, double To, double Start, double End)
{
    public double Length => Math.Abs(End - Start);

    /// <summary>The pixel of a coordinate, kept within what viewers can draw.</summary>
    public double Pixel(double coordinate) => Fixed.Clamp(Start + (coordinate - From) / (To - From) * (End - Start));

    public double Coordinate(double pixel) => From + (pixel - Start) / (End - Start) * (To - From);

    public double Low => Math.Min(From, To);

    public double High => Math.Max(From, To);

    public bool Shows(double coordinate)
    {
        double slack = 1e-4 * (High - Low);     // Plotly shows a tick this near beyond the end
        return coordinate >= Low - slack && coordinate <= High + slack;
    }
}
