using System.Runtime.Intrinsics;

namespace NeuroNotebooks.Numerics;

/// <summary>The few operations the kernel needs of a vector register of any width, over doubles or floats.</summary>
internal unsafe interface ISimd<TVector, T> where TVector : struct where T : unmanaged
{
    static abstract int Width { get; }

    static abstract TVector Load(T* source);

    static abstract TVector Fill(T value);

    static abstract void Store(TVector value, T* target);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a b + c, fused where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);
}

internal readonly unsafe struct Doubles128 : ISimd<Vector128<double>, double>
{
    public static int Width => 2;
    public static Vector128<double> Load(double* source) => Vector128.Load(source);
    public static Vector128<double> Fill(double value) => Vector128.Create(value);
    public static void Store(Vector128<double> value, double* target) => value.Store(target);
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);
}

internal readonly unsafe struct Doubles256 : ISimd<Vector256<double>, double>
{
    public static int Width => 4;
    public static Vector256<double> Load(double* source) => Vector256.Load(source);
    public static Vector256<double> Fill(double value) => Vector256.Create(value);
    public static void Store(Vector256<double> value, double* target) => value.Store(target);
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);
}

internal readonly unsafe struct Doubles512 : ISimd<Vector512<double>, double>
{
    public static int Width => 8;
    public static Vector512<double> Load(double* source) => Vector512.Load(source);
    public static Vector512<double> Fill(double value) => Vector512.Create(value);
    public static void Store(Vector512<double> value, double* target) => value.Store(target);
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
}

internal readonly unsafe struct Floats128 : ISimd<Vector128<float>, float>
{
    public static int Width => 4;
    public static Vector128<float> Load(float* source) => Vector128.Load(source);
    public static Vector128<float> Fill(float value) => Vector128.Create(value);
    public static void Store(Vector128<float> value, float* target) => value.Store(target);
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);
}

internal readonly unsafe struct Floats256 : ISimd<Vector256<float>, float>
{
    public static int Width => 8;
    public static Vector256<float> Load(float* source) => Vector256.Load(source);
    public static Vector256<float> Fill(float value) => Vector256.Create(value);
    public static void Store(Vector256<float> value, float* target) => value.Store(target);
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);
}

internal readonly unsafe struct Floats512 : ISimd<Vector512<float>, float>
{
    public static int Width => 16;
    public static Vector512<float> Load(float* source) => Vector512.Load(source);
    public static Vector512<float> Fill(float value) => Vector512.Create(value);
    public static void Store(Vector512<float> value, float* target) => value.Store(target);
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
}
