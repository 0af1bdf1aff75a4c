using System.Runtime.Intrinsics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A number for each column of a panel, in registers.</summary>
internal readonly record struct PanelSum(Vector256<float> S0, Vector256<float> S1, Vector256<float> S2, Vector256<float> S3)
{
    public static PanelSum operator *(PanelSum sum, float scale) => new(sum.S0 * scale, sum.S1 * scale, sum.S2 * scale, sum.S3 * scale);

    public static PanelSum operator +(PanelSum a, PanelSum b) => new(a.S0 + b.S0, a.S1 + b.S1, a.S2 + b.S2, a.S3 + b.S3);

    /// <summary>Writes the numbers of the first columns.</summary>
    /// <param name="target">As many as are wanted, up to <see cref="Panels.Width"/>.</param>
    public void CopyTo(Span<float> target)
    {
        if (target.Length == Panels.Width) CopyAll(target);
        else
        {
            Span<float> all = stackalloc float[Panels.Width];
            CopyAll(all);
            all[..target.Length].CopyTo(target);
        }
    }

    private void CopyAll(Span<float> target)
    {
        S0.CopyTo(target);
        S1.CopyTo(target[Vector256<float>.Count..]);
        S2.CopyTo(target[(2 * Vector256<float>.Count)..]);
        S3.CopyTo(target[(3 * Vector256<float>.Count)..]);
    }
}
