using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuroNotebooks.Learning;

/// <summary>A function of one number, applied to each entry, with the slope that training is to believe in.</summary>
public abstract class Nonlinearity
{
    private protected Nonlinearity(string name) => Name = name;

    /// <summary>x.</summary>
    public static Nonlinearity Identity { get; } = new Vectorised<IdentityFunction>("identity");

    /// <summary>max(x, 0), of slope 0 at 0.</summary>
    public static Nonlinearity Relu { get; } = new Vectorised<ReluFunction>("ReLU");

    /// <summary>tanh x.</summary>
    public static Nonlinearity Tanh { get; } = new Vectorised<TanhFunction>("tanh");

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Nonlinearity Sigmoid { get; } = new Vectorised<SigmoidFunction>("sigmoid");

    /// <summary>ln(1 + eˣ).</summary>
    public static Nonlinearity Softplus { get; } = new Vectorised<SoftplusFunction>("softplus");

    /// <summary>eˣ.</summary>
    public static Nonlinearity Exp { get; } = new Vectorised<ExpFunction>("exp");

    /// <summary>x².</summary>
    public static Nonlinearity Square { get; } = new Vectorised<SquareFunction>("square");

    /// <summary>√x.</summary>
    public static Nonlinearity Root { get; } = new Vectorised<RootFunction>("root");

    /// <summary>1/x.</summary>
    public static Nonlinearity Inverse { get; } = new Vectorised<InverseFunction>("inverse");

    /// <summary>|x|, of slope 0 at 0.</summary>
    public static Nonlinearity Absolute { get; } = new Vectorised<AbsoluteFunction>("absolute value");

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A function of one's own. Its slope may be another's: a surrogate, where the true one is zero or infinite.</summary>
    /// <param name="value">φ.</param>
    /// <param name="slope">What stands for φ'.</param>
    public static Nonlinearity Custom(Func<double, double> value, Func<double, double> slope)
    {
        Require.NotNull(value);
        Require.NotNull(slope);
        return new OneByOne(value, slope);
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether <see cref="MultiplyBySlope"/> wants the values; otherwise it wants the arguments.</summary>
    internal abstract bool SlopeFromValue { get; }

    /// <summary>y ← φ(x); y may be x.</summary>
    internal abstract void Apply<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>gradient ← gradient · φ'.</summary>
    internal abstract void MultiplyBySlope<T>(ReadOnlySpan<T> kept, Span<T> gradient) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

internal sealed class Vectorised<TFunction>(string name) : Nonlinearity(name) where TFunction : struct, IPointwise
{
    internal override bool SlopeFromValue => TFunction.FromValue;

    internal override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            TFunction.Value(Vector.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        if (i == y.Length) return;
        Span<T> rest = stackalloc T[Vector<T>.Count];       // in a register too: an entry's bits do not depend on its place
        rest.Clear();
        x[i..].CopyTo(rest);
        TFunction.Value(new Vector<T>(rest)).CopyTo(rest);
        rest[..(y.Length - i)].CopyTo(y[i..]);
    }

    internal override void MultiplyBySlope<T>(ReadOnlySpan<T> kept, Span<T> gradient)
    {
        ref T from = ref MemoryMarshal.GetReference(kept), to = ref MemoryMarshal.GetReference(gradient);
        int i = 0;
        for (; i <= gradient.Length - Vector<T>.Count; i += Vector<T>.Count)
            (Vector.LoadUnsafe(ref to, (nuint)i) * TFunction.Slope(Vector.LoadUnsafe(ref from, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        if (i == gradient.Length) return;
        Span<T> rest = stackalloc T[Vector<T>.Count];
        rest.Clear();
        kept[i..].CopyTo(rest);
        TFunction.Slope(new Vector<T>(rest)).CopyTo(rest);
        for (int j = i; j < gradient.Length; j++) gradient[j] *= rest[j - i];
    }
}

internal sealed class OneByOne(Func<double, double> value, Func<double, double> slope) : Nonlinearity("custom")
{
    internal override bool SlopeFromValue => false;

    internal override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateChecked(value(double.CreateChecked(x[i])));
    }

    internal override void MultiplyBySlope<T>(ReadOnlySpan<T> kept, Span<T> gradient)
    {
        for (int i = 0; i < gradient.Length; i++) gradient[i] *= T.CreateChecked(slope(double.CreateChecked(kept[i])));
    }
}
