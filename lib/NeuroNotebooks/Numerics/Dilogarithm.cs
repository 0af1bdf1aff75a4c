namespace NeuroNotebooks.Numerics;

/// <summary>The dilogarithm Li₂(u) = Σ uᵏ/k².</summary>
internal static class Dilogarithm
{
    /// <summary>Li₂ on [0, 1], to about 2⁻⁵⁰; NaN elsewhere.</summary>
    public static double At(double u)
    {
        if (!(u >= 0.0 && u <= 1.0)) return double.NaN;
        if (u == 1.0) return Math.PI * Math.PI / 6.0;
        // Euler's reflection keeps the series at u ≤ 1/2, where 52 terms reach the last bit
        return u <= 0.5 ? Series(u) : Math.PI * Math.PI / 6.0 - Math.Log(u) * Math.Log(1.0 - u) - Series(1.0 - u);
    }

    private static double Series(double u)
    {
        double sum = 0.0, power = u;
        for (int k = 1; k <= 52 && power > 0.0; k++, power *= u) sum += power / ((double)k * k);
        return sum;
    }
}
