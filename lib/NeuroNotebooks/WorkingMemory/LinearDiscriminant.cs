using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>The directions along which classes lie furthest apart compared with their own spread.</summary>
/// <remarks>
/// Generalised eigenvectors of the scatter between classes and the pooled scatter within, to which a small part of its mean variance is added
/// on the diagonal so that fewer trials than channels do no harm. Along each direction the pooled spread is 1. Source: Fisher, Ann. Eugenics 7:179 (1936).
/// </remarks>
public sealed class LinearDiscriminant
{
    private readonly double[] centre;
    private readonly double[,] axes;

    private LinearDiscriminant(double[] centre, double[,] axes) => (this.centre, this.axes) = (centre, axes);

    /// <summary>Number of directions.</summary>
    public int Dimensions => axes.GetLength(1);

    /// <summary>Finds the directions.</summary>
    /// <param name="points">Trials × channels.</param>
    /// <param name="labels">Class of each trial; at least two classes.</param>
    /// <param name="dimensions">How many directions, above zero and below the number of classes, at most the channels.</param>
    /// <param name="shrinkage">Part of the mean variance within classes that is added on the diagonal, above zero.</param>
    /// <exception cref="ArgumentException">There is not one label per trial.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too many directions.</exception>
    public static LinearDiscriminant Fit(double[,] points, IReadOnlyList<int> labels, int dimensions = 3, double shrinkage = 1e-3)
    {
        Require.NotEmpty(points);
        Require.Finite(points);
        Require.NotNull(labels);
        Require.Positive(shrinkage);
        int trials = points.GetLength(0), channels = points.GetLength(1);
        Require.Length(trials, labels.Count, nameof(labels), "trial");
        int[] classes = [.. labels.Distinct().Order()];
        Require.InRange(dimensions, 1, Math.Min(classes.Length - 1, channels));
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(points);
        Vector<double> centre = x.ColumnSums() / trials;
        Matrix<double> means = Matrix<double>.Build.Dense(classes.Length, channels, (k, _) => 0.0), within = x.Clone();
        for (int k = 0; k < classes.Length; k++)
        {
            int[] members = [.. Enumerable.Range(0, trials).Where(trial => labels[trial] == classes[k])];
            Vector<double> mean = members.Aggregate(Vector<double>.Build.Dense(channels), (sum, trial) => sum + x.Row(trial)) / members.Length;
            means.SetRow(k, (mean - centre) * Math.Sqrt(members.Length));
            foreach (int trial in members) within.SetRow(trial, x.Row(trial) - mean);
        }
        Matrix<double> scatter = within.TransposeThisAndMultiply(within) / Math.Max(1, trials - classes.Length);
        double floor = shrinkage * Math.Max(scatter.Trace() / channels, double.Epsilon * 1e30);
        for (int c = 0; c < channels; c++) scatter[c, c] += floor;
        Matrix<double> root = scatter.Cholesky().Factor;        // with y = L⁻¹ x the pooled scatter is the identity
        Matrix<double> whitened = root.Solve(means.Transpose());
        Matrix<double> directions = whitened.Svd().U.SubMatrix(0, channels, 0, dimensions);
        return new LinearDiscriminant([.. centre], root.Transpose().Solve(directions).ToArray());
    }

    /// <summary>Trials along the directions.</summary>
    /// <param name="points">Trials × channels.</param>
    /// <returns>Trials × directions, the mean of the fitted trials at the origin.</returns>
    /// <exception cref="ArgumentException">There are other channels than were fitted.</exception>
    public double[,] Project(double[,] points)
    {
        Require.NotEmpty(points);
        Require.Finite(points);
        Require.Length(centre.Length, points.GetLength(1), nameof(points), "channel");
        Matrix<double> centred = Matrix<double>.Build.Dense(points.GetLength(0), centre.Length, (i, c) => points[i, c] - centre[c]);
        return (centred * Matrix<double>.Build.DenseOfArray(axes)).ToArray();
    }
}
