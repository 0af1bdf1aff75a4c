using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuroNotebooks.Numerics;

/// <summary>The library's own matrix product: picks the register width, and gives each thread a stripe of the result.</summary>
internal sealed class ManagedMultiplier(int threads) : IMatrixMultiplier
{
    // below about a million multiplications a second thread costs more than it saves
    private const long ThreadGrain = 1 << 20;

    public MatrixBackendInfo Info { get; } = new(MatrixBackend.Managed, Description, threads);

    private static string Description =>
        $"managed kernel, {RegisterBits}-bit vectors{(Fma.IsSupported || AdvSimd.Arm64.IsSupported ? " with fused multiply-add" : "")}";

    private static int RegisterBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public void Multiply(in MatrixProduct<double> product)
    {
        int stripes = Stripes(product);
        if (stripes > 1) StripedProduct<double>.Run(product, stripes, One);
        else One(product);
    }

    public void Multiply(in MatrixProduct<float> product)
    {
        int stripes = Stripes(product);
        if (stripes > 1) StripedProduct<float>.Run(product, stripes, One);
        else One(product);
    }

    private int Stripes<T>(in MatrixProduct<T> product) where T : unmanaged =>
        (int)Math.Min(threads, (long)product.Rows * product.Columns * product.Depth / ThreadGrain);

    private static void One(in MatrixProduct<double> product)
    {
        if (product.Columns == 1) ManagedVectorKernel<double>.Multiply(product);
        else if (Vector512.IsHardwareAccelerated) ManagedKernel<Doubles512, Vector512<double>, double>.Multiply(product);
        else if (Vector256.IsHardwareAccelerated) ManagedKernel<Doubles256, Vector256<double>, double>.Multiply(product);
        else ManagedKernel<Doubles128, Vector128<double>, double>.Multiply(product);
    }

    private static void One(in MatrixProduct<float> product)
    {
        if (product.Columns == 1) ManagedVectorKernel<float>.Multiply(product);
        else if (Vector512.IsHardwareAccelerated) ManagedKernel<Floats512, Vector512<float>, float>.Multiply(product);
        else if (Vector256.IsHardwareAccelerated) ManagedKernel<Floats256, Vector256<float>, float>.Multiply(product);
        else ManagedKernel<Floats128, Vector128<float>, float>.Multiply(product);
    }
}
