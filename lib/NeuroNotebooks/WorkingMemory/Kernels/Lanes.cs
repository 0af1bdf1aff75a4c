using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Register operations that the framework has for floats and doubles apart, under one name.</summary>
/// <remarks>A block holds two registers' width of trials side by side: 16 in single and 8 in double precision.</remarks>
internal static class Lanes<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Trials of a block.</summary>
    public static int Count => 2 * Vector256<T>.Count;

    /// <summary>a b + c, fused where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>tanh, to about the precision of the number 1: (1 − e) / (1 + e) with e = exp(−2 |x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Tanh(Vector256<T> x)
    {
        Vector256<T> magnitude = Vector256.Abs(x), one = Vector256.Create(T.One);
        Vector256<T> e = Exp(magnitude * Vector256.Create(T.CreateTruncating(-2.0)));
        return Vector256.CopySign((one - e) / (one + e), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Exp(Vector256<T> x) => typeof(T) == typeof(float)
        ? Vector256.Exp(x.AsSingle()).As<float, T>()
        : Vector256.Exp(x.AsDouble()).As<double, T>();
}
