using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>A function of one number, on a register of them.</summary>
internal interface IPointwise
{
    /// <summary>Whether the slope is told by the value; otherwise it is by the argument.</summary>
    static abstract bool FromValue { get; }

    static abstract Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    static abstract Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

internal readonly struct IdentityFunction : IPointwise
{
    public static bool FromValue => true;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => x;
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One;
}

internal readonly struct ReluFunction : IPointwise
{
    public static bool FromValue => true;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Max(x, Vector<T>.Zero);
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.GreaterThan(kept, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
}

internal readonly struct TanhFunction : IPointwise
{
    public static bool FromValue => true;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Tanh(x);
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One - kept * kept;
}

internal readonly struct SigmoidFunction : IPointwise
{
    public static bool FromValue => true;

    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> small = VectorMath.Exp(-Vector.Abs(x)), positive = Vector<T>.One / (Vector<T>.One + small);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<T>.Zero), positive, small * positive);
    }

    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => kept * (Vector<T>.One - kept);
}

internal readonly struct SoftplusFunction : IPointwise
{
    public static bool FromValue => false;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.Max(x, Vector<T>.Zero) + VectorMath.Log(Vector<T>.One + VectorMath.Exp(-Vector.Abs(x)));
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => SigmoidFunction.Value(kept);
}

internal readonly struct ExpFunction : IPointwise
{
    public static bool FromValue => true;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Exp(x);
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => kept;
}

internal readonly struct SquareFunction : IPointwise
{
    public static bool FromValue => false;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * x;
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => kept + kept;
}

internal readonly struct RootFunction : IPointwise
{
    public static bool FromValue => true;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.SquareRoot(x);
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One / (kept + kept);
}

internal readonly struct InverseFunction : IPointwise
{
    public static bool FromValue => true;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One / x;
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> => -kept * kept;
}

internal readonly struct AbsoluteFunction : IPointwise
{
    public static bool FromValue => false;
    public static Vector<T> Value<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Abs(x);
    public static Vector<T> Slope<T>(Vector<T> kept) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.GreaterThan(kept, Vector<T>.Zero), Vector<T>.One,
            Vector.ConditionalSelect(Vector.LessThan(kept, Vector<T>.Zero), -Vector<T>.One, Vector<T>.Zero));
}

/// <summary>Functions of a register of floats or doubles.</summary>
internal static class VectorMath
{
    public static Vector<T> Exp<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Vector.Exp(x.As<T, float>()).As<float, T>()
        : Vector.Exp(x.As<T, double>()).As<double, T>();

    public static Vector<T> Log<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Vector.Log(x.As<T, float>()).As<float, T>()
        : Vector.Log(x.As<T, double>()).As<double, T>();

    /// <summary>Right to a few units in the last place. Source: the rational approximations of Moshier's Cephes library.</summary>
    public static Vector<T> Tanh<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Tanh(x.As<T, float>()).As<float, T>()
        : Tanh(x.As<T, double>()).As<double, T>();

    private static Vector<float> Tanh(Vector<float> x)
    {
        Vector<float> size = Vector.Min(Vector.Abs(x), new Vector<float>(10f)), s = x * x;
        Vector<float> far = Vector<float>.One - new Vector<float>(2f) / (Vector.Exp(size + size) + Vector<float>.One);
        far = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), -far, far);
        Vector<float> series = new Vector<float>(-5.70498872745e-3f) * s + new Vector<float>(2.06390887954e-2f);
        series = series * s - new Vector<float>(5.37397155531e-2f);
        series = series * s + new Vector<float>(1.33314422036e-1f);
        series = series * s - new Vector<float>(3.33332819422e-1f);
        return Vector.ConditionalSelect(Vector.LessThan(size, new Vector<float>(0.625f)), x + x * s * series, far);
    }

    private static Vector<double> Tanh(Vector<double> x)
    {
        Vector<double> size = Vector.Min(Vector.Abs(x), new Vector<double>(20.0)), s = x * x;
        Vector<double> far = Vector<double>.One - new Vector<double>(2.0) / (Vector.Exp(size + size) + Vector<double>.One);
        far = Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), -far, far);
        Vector<double> above = new Vector<double>(-9.64399179425052238628e-1) * s - new Vector<double>(9.92877231001918586564e1);
        above = above * s - new Vector<double>(1.61468768441708447952e3);
        Vector<double> below = s + new Vector<double>(1.12811678491632931402e2);
        below = below * s + new Vector<double>(2.23548839060100448583e3);
        below = below * s + new Vector<double>(4.84406305325125486048e3);
        return Vector.ConditionalSelect(Vector.LessThan(size, new Vector<double>(0.625)), x + x * s * above / below, far);
    }
}
