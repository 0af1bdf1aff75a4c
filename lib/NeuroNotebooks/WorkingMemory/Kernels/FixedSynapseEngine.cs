using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>x ← x + α [−x + φ(Wᵀ x + Wᵢ u + b + η)] with φ = tanh or the rectifier.</summary>
internal sealed unsafe class FixedSynapseEngine<T>(int units, int channels, double alpha, RateFunction function)
    : LaneEngine<T>(units, channels, alpha, hasOwnStates: false) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override T EffectiveWeight(ReadOnlySpan<T> recurrent, int from, int to) => recurrent[from * Units + to];

    protected override T EffectiveSlope(ReadOnlySpan<T> recurrent, int from, int to) => T.One;

    protected override AlignedBuffer<T>[] NewStates(int steps) => [];

    protected override int StateAdjointCount => 0;

    protected override T* Activity(LaneWorkspace<T> workspace, int step) => workspace.Sources.Address + step * SourceStride;

    protected override void Begin(LaneWorkspace<T> workspace) => new Span<T>(workspace.Sources.Address, Units * LaneCount).Clear();

    protected override void Step(LaneWorkspace<T> workspace, int step)
    {
        T* z = workspace.Product.Address, rate = workspace.Drives.Address + step * DriveStride;
        T* x = workspace.Sources.Address + step * SourceStride, next = x + SourceStride;
        var alpha = Vector256.Create(Alpha);
        bool isTanh = function == RateFunction.Tanh;
        for (nint k = 0; k < Units * LaneCount; k += Vector256<T>.Count)
        {
            Vector256<T> drive = Load(z + k), now = Load(x + k);
            Vector256<T> phi = isTanh ? Lanes<T>.Tanh(drive) : Vector256.Max(drive, Vector256<T>.Zero);
            phi.Store(rate + k);
            Lanes<T>.MultiplyAdd(alpha, phi - now, now).Store(next + k);
        }
    }

    protected override void BackToDrive(LaneWorkspace<T> workspace, int step)
    {
        T* rate = workspace.Drives.Address + step * DriveStride, adjoint = workspace.Adjoint.Address;
        Vector256<T> alpha = Vector256.Create(Alpha), one = Vector256<T>.One;
        bool isTanh = function == RateFunction.Tanh;
        for (nint k = 0; k < Units * LaneCount; k += Vector256<T>.Count)
        {
            Vector256<T> phi = Load(rate + k), back = alpha * Load(adjoint + k);
            (isTanh ? back * (one - phi * phi) : back & Vector256.GreaterThan(phi, Vector256<T>.Zero)).Store(rate + k);
        }
    }

    protected override void BackToStates(LaneWorkspace<T> workspace, int step)
    {
        T* adjoint = workspace.Adjoint.Address, product = workspace.Product.Address;
        var keep = Vector256.Create(T.One - Alpha);
        for (nint k = 0; k < Units * LaneCount; k += Vector256<T>.Count)
            Lanes<T>.MultiplyAdd(keep, Load(adjoint + k), Load(product + k)).Store(adjoint + k);
    }

    protected override void WriteSynapses(LaneWorkspace<T> workspace, int step, int lane, Span<float> target) { }
}
