using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>First values of parameters; each returns the parameter that it fills.</summary>
public static class Initialise
{
    /// <summary>Every entry the same.</summary>
    /// <param name="parameter">What to fill.</param>
    /// <param name="value">Finite.</param>
    public static Parameter<T> Constant<T>(this Parameter<T> parameter, double value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.Finite(value);
        parameter.Value.Fill(T.CreateChecked(value));
        return parameter;
    }

    /// <summary>Given entries.</summary>
    /// <param name="parameter">What to fill.</param>
    /// <param name="values">As many as it has, row after row, finite.</param>
    public static Parameter<T> From<T>(this Parameter<T> parameter, ReadOnlySpan<double> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.Length(parameter.Length, values.Length, nameof(values), "entry of the parameter");
        Require.Finite(values);
        for (int i = 0; i < values.Length; i++) parameter.Value[i] = T.CreateChecked(values[i]);
        return parameter;
    }

    /// <summary>Independent normal entries of mean zero.</summary>
    /// <param name="parameter">What to fill.</param>
    /// <param name="deviation">Standard deviation, ≥ 0.</param>
    /// <param name="random">The numbers.</param>
    public static Parameter<T> Normal<T>(this Parameter<T> parameter, double deviation, Philox random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.NotNegative(deviation);
        return parameter.Each(i => deviation * random.Normal(i));
    }

    /// <summary>Independent entries, uniform between −bound and bound.</summary>
    /// <param name="parameter">What to fill.</param>
    /// <param name="bound">≥ 0.</param>
    /// <param name="random">The numbers.</param>
    public static Parameter<T> Uniform<T>(this Parameter<T> parameter, double bound, Philox random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.NotNegative(bound);
        return parameter.Each(i => bound * (2.0 * random.Uniform(i) - 1.0));
    }

    /// <summary>Independent log-normal entries, exp(mean + deviation ξ).</summary>
    /// <param name="parameter">What to fill.</param>
    /// <param name="mean">Mean of the logarithm, finite.</param>
    /// <param name="deviation">Standard deviation of the logarithm, ≥ 0.</param>
    /// <param name="random">The numbers.</param>
    public static Parameter<T> LogNormal<T>(this Parameter<T> parameter, double mean, double deviation, Philox random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.Finite(mean);
        Require.NotNegative(deviation);
        return parameter.Each(i => Math.Exp(mean + deviation * random.Normal(i)));
    }

    /// <summary>Entries scaled so that the sum of their squares is the square of a norm; zeros stay.</summary>
    /// <param name="parameter">What to scale.</param>
    /// <param name="norm">Frobenius norm, ≥ 0.</param>
    public static Parameter<T> WithNorm<T>(this Parameter<T> parameter, double norm) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.NotNegative(norm);
        double squares = 0.0;
        foreach (T value in parameter.Value) squares += double.CreateChecked(value * value);
        if (squares > 0.0) Spans.Scale(parameter.Value, T.CreateChecked(norm / Math.Sqrt(squares)));
        return parameter;
    }

    /// <summary>A random orthogonal matrix, or orthonormal rows or columns if it is not square, times a gain.</summary>
    /// <param name="parameter">What to fill.</param>
    /// <param name="gain">≥ 0.</param>
    /// <param name="random">The numbers.</param>
    public static Parameter<T> Orthogonal<T>(this Parameter<T> parameter, double gain, Philox random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(parameter);
        Require.NotNegative(gain);
        int rows = parameter.Rows, columns = parameter.Columns, count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        var vectors = new double[count][];
        for (int k = 0; k < count; k++)
        {
            random.Normals(vectors[k] = new double[length], (ulong)((long)k * length));
            for (int pass = 0; pass < 2; pass++)        // twice is enough: Gram and Schmidt lose digits once
                for (int j = 0; j < k; j++) Vectors.AddScaled(vectors[k], -Vectors.Dot<double>(vectors[j], vectors[k]), vectors[j], vectors[k]);
            Vectors.Scale(vectors[k], 1.0 / Math.Sqrt(Vectors.Dot<double>(vectors[k], vectors[k])), vectors[k]);
        }
        return parameter.Each(i =>
        {
            int row = (int)i / columns, column = (int)i % columns;
            return gain * (rows <= columns ? vectors[row][column] : vectors[column][row]);
        });
    }

    private static Parameter<T> Each<T>(this Parameter<T> parameter, Func<ulong, double> value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> entries = parameter.Value;
        for (int i = 0; i < entries.Length; i++) entries[i] = T.CreateChecked(value((ulong)i));
        return parameter;
    }
}
