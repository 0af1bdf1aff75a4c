using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

internal readonly record struct Vector3(double X, double Y, double Z)
{
    public static Vector3 operator +(Vector3 a, Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3 operator -(Vector3 a, Vector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3 operator *(Vector3 a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    public double Dot(Vector3 other) => X * other.X + Y * other.Y + Z * other.Z;

    public Vector3 Cross(Vector3 o) => new(Y * o.Z - Z * o.Y, Z * o.X - X * o.Z, X * o.Y - Y * o.X);

    public double Length => Math.Sqrt(Dot(this));

    public Vector3 Unit => Length is var length && length > 1e-12 ? this * (1.0 / length) : new Vector3(0.0, 0.0, 0.0);
}

/// <summary>Looks at a box about the origin from Plotly's camera, and fits what it sees into a rectangle of the page.</summary>
internal sealed class Projection3D
{
    private const double Nearest = 0.05;

    private readonly Vector3 _right, _up, _forward, _half;
    private readonly bool _flat;
    private double _scale = 1.0;
    private Point _shift;

    /// <param name="aspect">The box' edges.</param>
    public Projection3D(JsonNode? camera, Vector3 aspect)
    {
        _half = aspect * 0.5;
        Eye = Read(camera.At("eye"), new Vector3(1.25, 1.25, 1.25));
        var center = Read(camera.At("center"), new Vector3(0.0, 0.0, 0.0));
        if ((Eye - center).Length < 1e-3) Eye = center + new Vector3(1.25, 1.25, 1.25);
        // from inside the box half of it would be behind the viewer: step back along the line of sight
        double least = 1.2 * _half.Length;
        if ((Eye - center).Length < least) Eye = center + (Eye - center).Unit * least;

        var up = Read(camera.At("up"), new Vector3(0.0, 0.0, 1.0));
        _forward = (center - Eye).Unit;
        _right = _forward.Cross(up).Unit;
        if (_right.Length == 0.0) _right = _forward.Cross(new Vector3(0.0, 1.0, 0.0)).Unit is { Length: > 0.0 } sideways ? sideways : new Vector3(1.0, 0.0, 0.0);
        _up = _right.Cross(_forward);
        _flat = camera.Text("projection.type") == "orthographic";
    }

    public Vector3 Eye { get; }

    /// <summary>Unit vector along which the viewer looks.</summary>
    public Vector3 Forward => _forward;

    /// <summary>Moves and scales the picture so that the whole box lies in a rectangle, in its middle.</summary>
    public void Fit(Box rect)
    {
        (_scale, _shift) = (1.0, default);
        var seen = new Box(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var corner in Corners()) seen = seen.Union(Dot(Page(corner)));
        _scale = Math.Max(1.0, Math.Min(rect.Width / Math.Max(seen.Width, 1e-9), rect.Height / Math.Max(seen.Height, 1e-9)));
        _shift = new Point(rect.CenterX - _scale * seen.CenterX, rect.CenterY - _scale * seen.CenterY);
    }

    /// <summary>Where a point of the box appears on the page.</summary>
    public Point Page(Vector3 p)
    {
        var d = p - Eye;
        double shrink = _flat ? 1.0 : 1.0 / Math.Max(Nearest, d.Dot(_forward));
        return new Point(_shift.X + _scale * shrink * d.Dot(_right), _shift.Y - _scale * shrink * d.Dot(_up));
    }

    public double Depth(Vector3 p) => (p - Eye).Dot(_forward);

    /// <summary>Whether the inner side of the box' face with this outward direction is seen.</summary>
    public bool IsBack(Vector3 outward)
    {
        var center = new Vector3(outward.X * _half.X, outward.Y * _half.Y, outward.Z * _half.Z);
        return outward.Dot(_flat ? _forward * -1.0 : Eye - center) < 0.0;
    }

    /// <summary>A point of the box from -1 to 1 along each edge.</summary>
    public Vector3 Inside(double x, double y, double z) => new(x * _half.X, y * _half.Y, z * _half.Z);

    private IEnumerable<Vector3> Corners()
    {
        for (int k = 0; k < 8; k++) yield return Inside((k & 1) * 2 - 1, (k & 2) - 1, (k & 4) / 2 - 1);
    }

    private static Box Dot(Point p) => new(p.X, p.Y, p.X, p.Y);

    private static Vector3 Read(JsonNode? node, Vector3 fallback)
    {
        double Part(string name, double value) => Math.Clamp(node.Number(name, value), -100.0, 100.0);
        return new Vector3(Part("x", fallback.X), Part("y", fallback.Y), Part("z", fallback.Z));
    }
}
