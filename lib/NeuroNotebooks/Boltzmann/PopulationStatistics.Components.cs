using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Boltzmann;

public static partial class PopulationStatistics
{
    /// <summary>C_ij / √(C_ii C_jj), neurons × neurons; not a number where a neuron never or always fires.</summary>
    /// <param name="patterns">Words.</param>
    public static double[,] Correlations(BinaryPatterns patterns)
    {
        double[,] matrix = Covariance(patterns);
        double[] scatter = [.. Enumerable.Range(0, patterns.Units).Select(i => Math.Sqrt(matrix[i, i]))];
        for (int i = 0; i < scatter.Length; i++)
            for (int j = 0; j < scatter.Length; j++)
                matrix[i, j] /= scatter[i] * scatter[j];
        return matrix;
    }

    /// <summary>The directions in which words vary most: eigenvectors of the covariance, the largest variance first.</summary>
    /// <param name="patterns">Words.</param>
    /// <param name="count">How many directions, from 1 to the number of neurons.</param>
    /// <returns>Neurons × directions, orthonormal columns; the entry of largest size in each is positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of directions is out of its range.</exception>
    public static double[,] PrincipalAxes(BinaryPatterns patterns, int count)
    {
        Require.NotNull(patterns);
        int n = patterns.Units;
        Require.InRange(count, 1, n);
        var eigen = Matrix<double>.Build.DenseOfArray(Covariance(patterns)).Evd(Symmetricity.Symmetric);
        var axes = new double[n, count];
        for (int k = 0; k < count; k++)
        {
            var direction = eigen.EigenVectors.Column(n - 1 - k);       // in rising order of the eigenvalues
            double sign = direction[direction.AbsoluteMaximumIndex()] < 0.0 ? -1.0 : 1.0;
            for (int i = 0; i < n; i++) axes[i, k] = sign * direction[i];
        }
        return axes;
    }

    /// <summary>Strengths of the correlations' modes: eigenvalues of the covariance without its diagonal, the largest first.</summary>
    /// <param name="patterns">Words.</param>
    /// <remarks>
    /// A machine with small weights learns the modes one by one: near W = 0 the weights along a mode of strength λ grow as
    /// exp(rate · λ t / 4) with the number t of updates.
    /// </remarks>
    public static double[] CorrelationModes(BinaryPatterns patterns)
    {
        var modes = Matrix<double>.Build.DenseOfArray(Covariance(patterns));
        for (int i = 0; i < modes.RowCount; i++) modes[i, i] = 0.0;
        return [.. modes.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending()];
    }

    /// <summary>Each word along each direction, the words' common origin left at silence.</summary>
    /// <param name="patterns">Words.</param>
    /// <param name="axes">Neurons × directions, as from <see cref="PrincipalAxes"/>.</param>
    /// <returns>Words × directions.</returns>
    /// <exception cref="ArgumentException">The number of neurons differs, or an entry is not finite.</exception>
    public static double[,] Projections(BinaryPatterns patterns, double[,] axes)
    {
        Require.NotNull(patterns);
        Require.Finite(axes);
        Require.Length(patterns.Units, axes.GetLength(0), nameof(axes), "neuron");
        return NeuroNotebooks.Numerics.LinearAlgebra.Multiply(patterns.ToMatrix(), axes);
    }

    /// <summary>The one factor of time under which one autocorrelation turns into another: reference(lag) ≈ other(lag · factor).</summary>
    /// <param name="reference">Autocorrelation at lags 0, 1, 2, …, at least 3 entries.</param>
    /// <param name="other">Autocorrelation at lags 0, 1, 2, … of its own unit of time, at least 3 entries.</param>
    /// <returns>Units of <paramref name="other"/> per unit of <paramref name="reference"/>.</returns>
    /// <exception cref="ArgumentException">There are fewer than 3 lags, or a number is not finite.</exception>
    /// <remarks>
    /// Least squares over lags weighted evenly in their logarithm, lags from 1 on; between lags the other course is read off straight lines,
    /// and beyond its end it counts as its last value. The best of 401 factors from 1/20 to 20, even in the logarithm.
    /// </remarks>
    public static double TimeFactor(ReadOnlySpan<double> reference, ReadOnlySpan<double> other)
    {
        Require.Finite(reference);
        Require.Finite(other);
        if (reference.Length < 3 || other.Length < 3)
            throw new ArgumentException(
                $"The courses have {reference.Length} and {other.Length} lags: expected at least 3 each.", nameof(reference));
        double best = 1.0, least = double.PositiveInfinity;
        foreach (double factor in NeuroNotebooks.Numerics.Sweep.Logarithmic(0.05, 20.0, 401))
        {
            double misfit = Misfit(reference, other, factor);
            if (misfit < least) (best, least) = (factor, misfit);
        }
        return best;
    }

    // a lag stands for 1 / lag of the logarithmic axis
    private static double Misfit(ReadOnlySpan<double> reference, ReadOnlySpan<double> other, double factor)
    {
        double sum = 0.0;
        for (int lag = 1; lag < reference.Length; lag++)
        {
            double difference = reference[lag] - At(other, lag * factor);
            sum += difference * difference / lag;
        }
        return sum;
    }

    private static double At(ReadOnlySpan<double> course, double lag)
    {
        int before = (int)Math.Min(lag, course.Length - 2);
        double part = Math.Min(1.0, lag - before);
        return course[before] + part * (course[before + 1] - course[before]);
    }
}
