using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

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
    /// <remarks>Where there are more channels than trials, the directions are sought among those in which the trials differ.</remarks>
    public static LinearDiscriminant Fit(double[,] points, IReadOnlyList<int> labels, int dimensions = 3, double shrinkage = 0.1)
    {
        Require.NotEmpty(points);
        Require.Finite(points);
        Require.NotNull(labels);
        Require.Positive(shrinkage);
        int trials = points.GetLength(0), channels = points.GetLength(1);
        Require.Length(trials, labels.Count, nameof(labels), "trial");
        int[] classes = [.. labels.Distinct().Order()];
        Require.InRange(dimensions, 1, Math.Max(0, Math.Min(classes.Length - 1, channels)));
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(points);
        Vector<double> centre = x.ColumnSums() / trials;
        for (int i = 0; i < trials; i++) x.SetRow(i, x.Row(i) - centre);
        Matrix<double>? span = channels > trials ? Span(x) : null;
        Matrix<double> axes = Axes(span is null ? x : x * span, labels, classes, dimensions, shrinkage);
        return new LinearDiscriminant([.. centre], (span is null ? axes : span * axes).ToArray());
    }

    /// <summary>Fits a part of the trials and shows the others.</summary>
    /// <param name="points">Trials × channels.</param>
    /// <param name="labels">Class of each trial.</param>
    /// <param name="random">The stream that chooses the part.</param>
    /// <param name="part">Part of the trials that is fitted, between 0 and 1.</param>
    /// <param name="dimensions">How many directions.</param>
    /// <returns>The other trials along the directions, and their classes.</returns>
    /// <exception cref="ArgumentException">There is not one label per trial.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too many directions for the part, or no trial is left to show.</exception>
    public static (double[,] Points, int[] Labels) HeldOut(
        double[,] points, IReadOnlyList<int> labels, Philox random, double part = 0.2, int dimensions = 3)
    {
        Require.NotEmpty(points);
        Require.NotNull(labels);
        Require.Length(points.GetLength(0), labels.Count, nameof(labels), "trial");
        Require.InRange(part, 0.0, 1.0);
        int fitted = (int)Math.Round(part * labels.Count);
        if (fitted < 1 || fitted >= labels.Count)
            throw new ArgumentOutOfRangeException(nameof(part), part, $"part is {part}, {fitted} of {labels.Count} trials: expected some to fit and some to show.");
        int[] order = random.Permutation(0, labels.Count);
        double[,] Rows(int[] trials) => Dense.Build(trials.Length, points.GetLength(1), (i, c) => points[trials[i], c]);
        int[] shown = order[fitted..];
        var fit = Fit(Rows(order[..fitted]), [.. order[..fitted].Select(trial => labels[trial])], dimensions);
        return (fit.Project(Rows(shown)), [.. shown.Select(trial => labels[trial])]);
    }

    /// <summary>The part of the points' variance that lies between the means of their classes: 1 for classes without spread.</summary>
    /// <param name="points">Points × dimensions.</param>
    /// <param name="labels">Class of each point.</param>
    /// <exception cref="ArgumentException">There is not one label per point.</exception>
    public static double Separation(double[,] points, IReadOnlyList<int> labels)
    {
        Require.NotEmpty(points);
        Require.Finite(points);
        Require.NotNull(labels);
        Require.Length(points.GetLength(0), labels.Count, nameof(labels), "point");
        double between = 0.0, total = 0.0;
        for (int c = 0; c < points.GetLength(1); c++)
        {
            double mean = Enumerable.Range(0, labels.Count).Average(i => points[i, c]);
            total += Enumerable.Range(0, labels.Count).Sum(i => (points[i, c] - mean) * (points[i, c] - mean));
            between += Enumerable.Range(0, labels.Count).GroupBy(i => labels[i])
                .Sum(group => group.Count() * Math.Pow(group.Average(i => points[i, c]) - mean, 2.0));
        }
        return total > 0.0 ? between / total : 0.0;
    }

    /// <summary>Orthonormal directions in which the rows differ: channels × rank.</summary>
    private static Matrix<double> Span(Matrix<double> x)
    {
        var gram = x.TransposeAndMultiply(x).Evd(Symmetricity.Symmetric);
        int[] kept = [.. Enumerable.Range(0, x.RowCount).Where(k => gram.EigenValues[k].Real > 1e-10 * gram.EigenValues[x.RowCount - 1].Real)];
        return x.TransposeThisAndMultiply(Matrix<double>.Build.Dense(x.RowCount, kept.Length,
            (i, k) => gram.EigenVectors[i, kept[k]] / Math.Sqrt(gram.EigenValues[kept[k]].Real)));
    }

    private static Matrix<double> Axes(Matrix<double> x, IReadOnlyList<int> labels, int[] classes, int dimensions, double shrinkage)
    {
        int channels = x.ColumnCount;
        Matrix<double> means = Matrix<double>.Build.Dense(classes.Length, channels), within = x.Clone();
        for (int k = 0; k < classes.Length; k++)
        {
            int[] members = [.. Enumerable.Range(0, x.RowCount).Where(trial => labels[trial] == classes[k])];
            Vector<double> mean = members.Aggregate(Vector<double>.Build.Dense(channels), (sum, trial) => sum + x.Row(trial)) / members.Length;
            means.SetRow(k, mean * Math.Sqrt(members.Length));
            foreach (int trial in members) within.SetRow(trial, x.Row(trial) - mean);
        }
        Matrix<double> scatter = within.TransposeThisAndMultiply(within) / Math.Max(1, x.RowCount - classes.Length);
        double floor = shrinkage * scatter.Trace() / channels;
        for (int c = 0; c < channels; c++) scatter[c, c] += floor > 0.0 ? floor : 1.0;
        Matrix<double> root = scatter.Cholesky().Factor;        // with y = L⁻¹ x the pooled scatter is the identity
        Matrix<double> directions = root.Solve(means.Transpose()).Svd().U.SubMatrix(0, channels, 0, dimensions);
        return root.Transpose().Solve(directions);
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
