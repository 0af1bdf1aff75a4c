using System.Runtime.Intrinsics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>The kernels of the widths that this machine would not pick by itself; in software if need be.</summary>
public unsafe class ManagedKernelTests
{
    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    [Theory, MemberData(nameof(Seeds))]
    public void Every_register_width_gives_the_same_bits(ulong seed)
    {
        // software fused multiply-add rounds once and plain multiply-add twice, so widths are compared only where both are fused
        var shape = ProductCase.Draw(seed);
        if (shape.Rows * shape.Columns * shape.Depth == 0) return;
        double[] narrow = Run<Doubles128, Vector128<double>>(shape), middle = Run<Doubles256, Vector256<double>>(shape);
        Assert.Equal(narrow, middle);
        Assert.Equal(middle, Run<Doubles512, Vector512<double>>(shape));
        float[] narrowSingle = RunSingle<Floats128, Vector128<float>>(shape), middleSingle = RunSingle<Floats256, Vector256<float>>(shape);
        Assert.Equal(narrowSingle, middleSingle);
        Assert.Equal(middleSingle, RunSingle<Floats512, Vector512<float>>(shape));
    }

    private static double[] Run<TSimd, TVector>(ProductCase shape) where TSimd : struct, ISimd<TVector, double> where TVector : struct
    {
        double[] result = [.. shape.C];
        fixed (double* a = shape.A, b = shape.B, c = result)
            ManagedKernel<TSimd, TVector, double>.Multiply(new(shape.Rows, shape.Columns, shape.Depth, shape.Alpha,
                new((nint)a, shape.Depth, 1, false), new((nint)b, shape.Columns, 1, false), shape.Beta, (nint)c, shape.Columns));
        return result;
    }

    private static float[] RunSingle<TSimd, TVector>(ProductCase shape) where TSimd : struct, ISimd<TVector, float> where TVector : struct
    {
        float[] left = [.. shape.A.Select(x => (float)x)], right = [.. shape.B.Select(x => (float)x)];
        float[] result = [.. shape.C.Select(x => (float)x)];
        fixed (float* a = left, b = right, c = result)
            ManagedKernel<TSimd, TVector, float>.Multiply(new(shape.Rows, shape.Columns, shape.Depth, (float)shape.Alpha,
                new((nint)a, shape.Depth, 1, false), new((nint)b, shape.Columns, 1, false), (float)shape.Beta, (nint)c, shape.Columns));
        return result;
    }
}
