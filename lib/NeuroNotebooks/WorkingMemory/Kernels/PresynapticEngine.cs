using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Constants of the synapses that one unit makes, per time step.</summary>
/// <param name="Recovery">Part of the missing resources that comes back in a step.</param>
/// <param name="Relaxation">Part of the way back to its rest that the utilisation goes in a step.</param>
/// <param name="Rest">The utilisation's rest U₀.</param>
/// <param name="Start">The utilisation at the start of a trial.</param>
/// <param name="Gain">What a unit of activity does in a step.</param>
internal readonly record struct SynapseStep(double Recovery, double Relaxation, double Rest, double Start, double Gain);

/// <summary>
/// x ← x + α [−x + relu(W̃ᵀ (x∘R∘U) + Wᵢ u + b + η)], R ← R + r (1 − R) − g U R x, U ← U + q (U₀ − U) + g U₀ (1 − U) x, both kept
/// within 0 and 1, W̃ = D relu(W) with the signs D.
/// </summary>
internal sealed unsafe class PresynapticEngine<T> : LaneEngine<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] recovery, relaxation, rest, start, gain, signs;

    public PresynapticEngine(int channels, double alpha, SynapseStep[] synapses, int[] signs) : base(signs.Length, channels, alpha, hasOwnStates: true)
    {
        T[] All(Func<SynapseStep, double> part) => [.. synapses.Select(synapse => T.CreateTruncating(part(synapse)))];
        (recovery, relaxation, rest) = (All(s => s.Recovery), All(s => s.Relaxation), All(s => s.Rest));
        (start, gain) = (All(s => s.Start), All(s => s.Gain));
        this.signs = [.. signs.Select(sign => T.CreateTruncating(sign))];
    }

    protected override T EffectiveWeight(ReadOnlySpan<T> recurrent, int from, int to) => signs[from] * T.Max(T.Zero, recurrent[from * Units + to]);

    protected override T EffectiveSlope(ReadOnlySpan<T> recurrent, int from, int to) => recurrent[from * Units + to] > T.Zero ? signs[from] : T.Zero;

    // activity, resources, utilisation
    protected override AlignedBuffer<T>[] NewStates(int steps) =>
        [.. Enumerable.Range(0, 3).Select(_ => new AlignedBuffer<T>((steps + 1) * StateStride))];

    protected override int StateAdjointCount => 2;

    protected override T* Activity(LaneWorkspace<T> workspace, int step) => workspace.States[0].Address + step * StateStride;

    protected override void Begin(LaneWorkspace<T> workspace)
    {
        var states = workspace.States;
        int size = Units * LaneCount;
        new Span<T>(states[0].Address, size).Clear();
        new Span<T>(states[1].Address, size).Fill(T.One);
        for (int i = 0; i < Units; i++) new Span<T>(states[2].Address + i * LaneCount, LaneCount).Fill(start[i]);
        new Span<T>(workspace.Sources.Address, size).Clear();
        for (nint at = size; at < states[0].Length; at += StateStride) new Span<T>(states[0].Address + at, LaneCount).Fill(T.One);
    }

    protected override void Step(LaneWorkspace<T> workspace, int step)
    {
        nint at = step * StateStride, to = at + StateStride;
        T* z = workspace.Product.Address, rate = workspace.Drives.Address + step * DriveStride, sent = workspace.Sources.Address + (step + 1) * SourceStride;
        T* activity = workspace.States[0].Address, resources = workspace.States[1].Address, utilisation = workspace.States[2].Address;
        Vector256<T> alpha = Vector256.Create(Alpha), zero = Vector256<T>.Zero, one = Vector256<T>.One;
        for (int i = 0; i < Units; i++)
        {
            Vector256<T> recover = Vector256.Create(recovery[i]), relax = Vector256.Create(relaxation[i]);
            Vector256<T> u0 = Vector256.Create(rest[i]), g = Vector256.Create(gain[i]);
            for (nint k = i * LaneCount; k < (i + 1) * LaneCount; k += Vector256<T>.Count)
            {
                Vector256<T> x = Load(activity + at + k), r = Load(resources + at + k), u = Load(utilisation + at + k);
                Vector256<T> phi = Vector256.Max(Load(z + k), zero);
                phi.Store(rate + k);
                Vector256<T> nextX = Lanes<T>.MultiplyAdd(alpha, phi - x, x);
                Vector256<T> nextR = r + recover * (one - r) - g * u * r * x;
                Vector256<T> nextU = u + relax * (u0 - u) + g * u0 * (one - u) * x;
                nextR = Vector256.Max(zero, Vector256.Min(one, nextR));
                nextU = Vector256.Max(zero, Vector256.Min(one, nextU));
                nextX.Store(activity + to + k);
                nextR.Store(resources + to + k);
                nextU.Store(utilisation + to + k);
                (nextX * nextR * nextU).Store(sent + k);
            }
        }
    }

    protected override void BackToDrive(LaneWorkspace<T> workspace, int step)
    {
        T* rate = workspace.Drives.Address + step * DriveStride, adjoint = workspace.Adjoint.Address;
        var alpha = Vector256.Create(Alpha);
        for (nint k = 0; k < Units * LaneCount; k += Vector256<T>.Count)
            (alpha * Load(adjoint + k) & Vector256.GreaterThan(Load(rate + k), Vector256<T>.Zero)).Store(rate + k);
    }

    protected override void BackToStates(LaneWorkspace<T> workspace, int step)
    {
        nint at = step * StateStride, to = at + StateStride;
        T* adjoint = workspace.Adjoint.Address, sent = workspace.Product.Address;
        T* backR = workspace.StateAdjoints[0].Address, backU = workspace.StateAdjoints[1].Address;
        T* activity = workspace.States[0].Address, resources = workspace.States[1].Address, utilisation = workspace.States[2].Address;
        Vector256<T> keep = Vector256.Create(T.One - Alpha), one = Vector256<T>.One;
        for (int i = 0; i < Units; i++)
        {
            Vector256<T> keepR = Vector256.Create(T.One - recovery[i]), keepU = Vector256.Create(T.One - relaxation[i]);
            Vector256<T> g = Vector256.Create(gain[i]), rise = g * Vector256.Create(rest[i]);
            for (nint k = i * LaneCount; k < (i + 1) * LaneCount; k += Vector256<T>.Count)
            {
                Vector256<T> x = Load(activity + at + k), r = Load(resources + at + k), u = Load(utilisation + at + k), s = Load(sent + k);
                // where a state met its bound, it no longer follows what came before; resources only meet 0, utilisation only 1
                Vector256<T> dr = Load(backR + k) & Vector256.GreaterThan(Load(resources + to + k), Vector256<T>.Zero);
                Vector256<T> du = Load(backU + k) & Vector256.LessThan(Load(utilisation + to + k), one);
                (keep * Load(adjoint + k) + s * r * u - dr * g * u * r + du * rise * (one - u)).Store(adjoint + k);
                (dr * (keepR - g * u * x) + s * x * u).Store(backR + k);
                (du * (keepU - rise * x) - dr * g * r * x + s * x * r).Store(backU + k);
            }
        }
    }

    protected override void WriteSynapses(LaneWorkspace<T> workspace, int step, int lane, Span<float> target)
    {
        T* resources = workspace.States[1].Address + step * StateStride, utilisation = workspace.States[2].Address + step * StateStride;
        for (int i = 0; i < Units; i++)
        {
            target[i] = float.CreateTruncating(resources[i * LaneCount + lane]);
            target[Units + i] = float.CreateTruncating(utilisation[i * LaneCount + lane]);
        }
    }
}
