using System.Runtime.Intrinsics;

namespace NeuroNotebooks.Numerics;

internal static partial class NormalQuantile
{
    /// <summary>Replaces each p by its quantile: in vectors where no logarithm is needed, one by one in the tails.</summary>
    public static void Apply(Span<double> p)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
            for (; i <= p.Length - Vector256<double>.Count; i += Vector256<double>.Count)
                Apply(p.Slice(i, Vector256<double>.Count), Vector256.Create<double>(p[i..]));
        for (; i < p.Length; i++) p[i] = At(p[i]);
    }

    private static void Apply(Span<double> target, Vector256<double> p)
    {
        var q = p - Vector256.Create(0.5);
        var r = Vector256.Create(CentreSquared) - q * q;
        var centre = q * Polynomial(CentreTop, r) / Polynomial(CentreBottom, r);
        uint tails = Vector256.GreaterThan(Vector256.Abs(q), Vector256.Create(CentreHalfWidth)).ExtractMostSignificantBits();

        centre.CopyTo(target);
        for (; tails != 0; tails &= tails - 1)
        {
            int lane = System.Numerics.BitOperations.TrailingZeroCount(tails);
            target[lane] = Tail(p.GetElement(lane));
        }
    }

    private static Vector256<double> Polynomial(ReadOnlySpan<double> highestFirst, Vector256<double> x)
    {
        var sum = Vector256.Create(highestFirst[0]);
        for (int i = 1; i < highestFirst.Length; i++) sum = sum * x + Vector256.Create(highestFirst[i]);
        return sum;
    }
}
