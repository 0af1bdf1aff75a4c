using System.Globalization;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>The outline of a marker of diameter one about the origin: closed polygons to fill, or strokes.</summary>
/// <param name="IsCircle">Drawn as a circle rather than by its outline.</param>
internal sealed record Symbol(bool IsCircle, bool Open, bool Dot, Point[][] Closed, Point[][] Strokes)
{
    private static readonly string[] Codes =
    [
        "circle", "square", "diamond", "cross", "x", "triangle-up", "triangle-down", "triangle-left", "triangle-right",
        "triangle-ne", "triangle-se", "triangle-sw", "triangle-nw", "pentagon", "hexagon", "hexagon2", "octagon", "star", "hexagram",
        "star-triangle-up", "star-triangle-down", "star-square", "star-diamond", "diamond-tall", "diamond-wide", "hourglass", "bowtie",
        "circle-cross", "circle-x", "square-cross", "square-x", "diamond-cross", "diamond-x", "cross-thin", "x-thin", "asterisk", "hash",
        "y-up", "y-down", "y-left", "y-right", "line-ew", "line-ns", "line-ne", "line-nw", "arrow-up", "arrow-down", "arrow-left", "arrow-right",
    ];

    /// <summary>A symbol by Plotly's name or number (+100 open, +200 dot); a circle if there is none of that name.</summary>
    public static Symbol Read(string? name)
    {
        name ??= "circle";
        bool open = name.Contains("-open", StringComparison.Ordinal), dot = name.EndsWith("-dot", StringComparison.Ordinal);
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            (open, dot) = (code / 100 % 2 == 1, code / 200 % 2 == 1);
            name = code % 100 < Codes.Length ? Codes[code % 100] : "circle";
        }
        name = name.Replace("-open", "", StringComparison.Ordinal).Replace("-dot", "", StringComparison.Ordinal);
        return Shape(name) with { Open = open, Dot = dot };
    }

    private static Symbol Shape(string name)
    {
        Point[][] cross = [[new(-0.5, 0.0), new(0.5, 0.0)], [new(0.0, -0.5), new(0.0, 0.5)]];
        Point[][] x = Turned(cross, 45.0);
        return name switch
        {
            "square" => Polygon(Regular(4, 0.45 * Math.Sqrt(2.0), 45.0)),
            "diamond" => Polygon(Regular(4, 0.62)),
            "cross" => Polygon(Plus()),
            "x" => Polygon(Turned([Plus()], 45.0)[0]),
            "triangle-up" => Polygon(Regular(3, 0.6)),
            "triangle-down" => Polygon(Regular(3, 0.6, 180.0)),
            "triangle-left" => Polygon(Regular(3, 0.6, -90.0)),
            "triangle-right" => Polygon(Regular(3, 0.6, 90.0)),
            "triangle-ne" => Polygon([new(-0.5, -0.5), new(0.5, -0.5), new(0.5, 0.5)]),
            "triangle-se" => Polygon([new(0.5, -0.5), new(0.5, 0.5), new(-0.5, 0.5)]),
            "triangle-sw" => Polygon([new(0.5, 0.5), new(-0.5, 0.5), new(-0.5, -0.5)]),
            "triangle-nw" => Polygon([new(-0.5, 0.5), new(-0.5, -0.5), new(0.5, -0.5)]),
            "pentagon" => Polygon(Regular(5, 0.55)),
            "hexagon" => Polygon(Regular(6, 0.53, 30.0)),
            "hexagon2" => Polygon(Regular(6, 0.53)),
            "octagon" => Polygon(Regular(8, 0.52, 22.5)),
            "star" => Polygon(Star(5, 0.68, 0.27)),
            "hexagram" => Polygon(Star(6, 0.62, 0.36)),
            "star-triangle-up" => Polygon(Star(3, 0.68, 0.22)),
            "star-triangle-down" => Polygon(Turned([Star(3, 0.68, 0.22)], 180.0)[0]),
            "star-square" => Polygon(Turned([Star(4, 0.66, 0.3)], 45.0)[0]),
            "star-diamond" => Polygon(Star(4, 0.66, 0.3)),
            "diamond-tall" => Polygon([new(0.0, -0.7), new(0.35, 0.0), new(0.0, 0.7), new(-0.35, 0.0)]),
            "diamond-wide" => Polygon([new(0.0, -0.35), new(0.7, 0.0), new(0.0, 0.35), new(-0.7, 0.0)]),
            "hourglass" => Polygon([new(-0.5, -0.5), new(0.5, -0.5), new(-0.5, 0.5), new(0.5, 0.5)]),
            "bowtie" => Polygon([new(-0.5, -0.5), new(-0.5, 0.5), new(0.5, -0.5), new(0.5, 0.5)]),
            "arrow-up" => Polygon([new(0.0, -0.5), new(0.5, 0.5), new(-0.5, 0.5)]),
            "arrow-down" => Polygon([new(0.0, 0.5), new(0.5, -0.5), new(-0.5, -0.5)]),
            "arrow-left" => Polygon([new(-0.5, 0.0), new(0.5, -0.5), new(0.5, 0.5)]),
            "arrow-right" => Polygon([new(0.5, 0.0), new(-0.5, -0.5), new(-0.5, 0.5)]),
            "circle-cross" => Round with { Strokes = cross },
            "circle-x" => Round with { Strokes = Turned(cross, 45.0) },
            "square-cross" => Polygon(Regular(4, 0.636, 45.0)) with { Strokes = cross },
            "square-x" => Polygon(Regular(4, 0.636, 45.0)) with { Strokes = Turned(cross, 45.0) },
            "diamond-cross" => Polygon(Regular(4, 0.62)) with { Strokes = cross },
            "diamond-x" => Polygon(Regular(4, 0.62)) with { Strokes = x },
            "cross-thin" => Lines(cross),
            "x-thin" => Lines(x),
            "asterisk" => Lines([.. cross, .. x]),
            "hash" => Lines([.. Parallel(0.0), .. Parallel(90.0)]),
            "y-up" => Lines(Spokes(90.0)),
            "y-down" => Lines(Spokes(-90.0)),
            "y-left" => Lines(Spokes(0.0)),
            "y-right" => Lines(Spokes(180.0)),
            "line-ew" => Lines([cross[0]]),
            "line-ns" => Lines([cross[1]]),
            "line-ne" => Lines([x[1]]),
            "line-nw" => Lines([x[0]]),
            _ => Round,
        };
    }

    private static Symbol Round { get; } = new(true, false, false, [], []);

    private static Symbol Polygon(Point[] points) => new(false, false, false, [points], []);

    private static Symbol Lines(Point[][] strokes) => new(false, true, false, [], strokes);

    private static Point[] Regular(int corners, double radius, double turn = 0.0) =>
        [.. Enumerable.Range(0, corners).Select(i => new Point(0.0, -radius).Turned(turn + i * 360.0 / corners))];

    private static Point[] Star(int points, double outer, double inner) =>
        [.. Enumerable.Range(0, 2 * points).Select(i => new Point(0.0, i % 2 == 0 ? -outer : -inner).Turned(i * 180.0 / points))];

    private static Point[] Plus()
    {
        const double a = 0.17, b = 0.5;
        return [new(-a, -b), new(a, -b), new(a, -a), new(b, -a), new(b, a), new(a, a), new(a, b), new(-a, b), new(-a, a), new(-b, a), new(-b, -a), new(-a, -a)];
    }

    private static Point[][] Parallel(double turn) =>
        Turned([[new(-0.5, -0.2), new(0.5, -0.2)], [new(-0.5, 0.2), new(0.5, 0.2)]], turn);

    private static Point[][] Spokes(double turn) =>
        [.. Enumerable.Range(0, 3).Select(i => new[] { new Point(0.0, 0.0), new Point(0.5, 0.0).Turned(turn + i * 120.0) })];

    private static Point[][] Turned(Point[][] shapes, double degrees) => [.. shapes.Select(s => s.Select(p => p.Turned(degrees)).ToArray())];
}
