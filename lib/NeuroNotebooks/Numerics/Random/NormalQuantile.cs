namespace NeuroNotebooks.Numerics;

/// <summary>The inverse of the standard normal distribution function.</summary>
/// <remarks>
/// Relative error about 1e-15 for every p a <see cref="Philox"/> stream can give. Plain multiplications and additions, no fused ones, so
/// that a vector lane and a scalar agree bit for bit.
/// Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37:477 (1988).
/// </remarks>
internal static partial class NormalQuantile
{
    /// <summary>Half the width, in p, of the centre that needs no logarithm.</summary>
    private const double CentreHalfWidth = 0.425;
    private const double CentreSquared = CentreHalfWidth * CentreHalfWidth;

    private static ReadOnlySpan<double> CentreTop =>
    [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
    ];

    private static ReadOnlySpan<double> CentreBottom =>
    [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0,
    ];

    private static ReadOnlySpan<double> TailTop =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
    ];

    private static ReadOnlySpan<double> TailBottom =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0,
    ];

    private static ReadOnlySpan<double> FarTailTop =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
    ];

    private static ReadOnlySpan<double> FarTailBottom =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ];

    /// <summary>The z with Φ(z) = p, for p strictly between 0 and 1.</summary>
    public static double At(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) > CentreHalfWidth) return Tail(p);

        double r = CentreSquared - q * q;
        return q * Polynomial(CentreTop, r) / Polynomial(CentreBottom, r);
    }

    private static double Tail(double p)
    {
        double r = Math.Sqrt(-Math.Log(Math.Min(p, 1.0 - p)));
        double z = r <= 5.0
            ? Polynomial(TailTop, r - 1.6) / Polynomial(TailBottom, r - 1.6)
            : Polynomial(FarTailTop, r - 5.0) / Polynomial(FarTailBottom, r - 5.0);
        return p < 0.5 ? -z : z;
    }

    private static double Polynomial(ReadOnlySpan<double> highestFirst, double x)
    {
        double sum = highestFirst[0];
        for (int i = 1; i < highestFirst.Length; i++) sum = sum * x + highestFirst[i];
        return sum;
    }
}
