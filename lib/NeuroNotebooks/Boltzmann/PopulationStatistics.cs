using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>
/// What is compared between recorded and generated words: correlations of two and three, synchrony, its memory, nearness.
/// </summary>
public static partial class PopulationStatistics
{
    /// <summary>C_ij = ⟨v_i v_j⟩ − ⟨v_i⟩⟨v_j⟩, neurons × neurons.</summary>
    /// <param name="patterns">Words.</param>
    public static double[,] Covariance(BinaryPatterns patterns)
    {
        Require.NotNull(patterns);
        int n = patterns.Units;
        const int Chunk = 1024;
        var together = new double[n, n];
        var words = new double[Chunk * n];
        for (int first = 0; first < patterns.Count; first += Chunk)
        {
            int count = Math.Min(Chunk, patterns.Count - first);
            patterns.CopyTo(first, count, words);
            var rows = new MatrixView<double>(words.AsSpan(0, count * n), count, n);
            LinearAlgebra.Multiply(rows.Transposed, rows, together.AsSpan(), alpha: 1.0 / patterns.Count, beta: 1.0);
        }
        double[] rates = patterns.Rates();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                together[i, j] -= rates[i] * rates[j];
        return together;
    }

    /// <summary>⟨(v_i − v̄_i)(v_j − v̄_j)(v_k − v̄_k)⟩ of each triplet.</summary>
    /// <param name="patterns">Words.</param>
    /// <param name="triplets">Triplets of neurons.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public static double[] ThirdCumulants(BinaryPatterns patterns, IReadOnlyList<(int I, int J, int K)> triplets)
    {
        Require.NotNull(patterns);
        Require.NotNull(triplets);
        foreach (var (i, j, k) in triplets)
        {
            Require.InRange(i, 0, patterns.Units - 1, nameof(triplets));
            Require.InRange(j, 0, patterns.Units - 1, nameof(triplets));
            Require.InRange(k, 0, patterns.Units - 1, nameof(triplets));
        }
        double[] rates = patterns.Rates();
        var sums = new double[triplets.Count];
        for (int t = 0; t < patterns.Count; t++)
        {
            var word = patterns[t];
            for (int q = 0; q < sums.Length; q++)
            {
                var (i, j, k) = triplets[q];
                sums[q] += (word[i] - rates[i]) * (word[j] - rates[j]) * (word[k] - rates[k]);
            }
        }
        return [.. sums.Select(sum => sum / patterns.Count)];
    }

    /// <summary>Different triplets of different neurons in random order.</summary>
    /// <param name="units">Number of neurons, at least 3.</param>
    /// <param name="count">How many triplets, above zero; repeats are possible.</param>
    /// <param name="random">Random numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static IReadOnlyList<(int I, int J, int K)> RandomTriplets(int units, int count, Philox random)
    {
        Require.InRange(units, 3, int.MaxValue);
        Require.Positive(count);
        return
        [
            .. Enumerable.Range(0, count).Select(q =>
            {
                int[] chosen = random.Choose((ulong)q, 3, units);
                Array.Sort(chosen);
                return (chosen[0], chosen[1], chosen[2]);
            }),
        ];
    }

    /// <summary>P(K): the share of bins in which the number of active neurons falls in each class.</summary>
    /// <param name="patterns">Words.</param>
    /// <param name="width">Numbers of active neurons per class, above zero: class c holds c · width to (c + 1) · width − 1.</param>
    /// <returns>One share per class, from none to all neurons active.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width is not above zero.</exception>
    public static double[] SynchronyHistogram(BinaryPatterns patterns, int width = 1)
    {
        Require.NotNull(patterns);
        Require.Positive(width);
        var histogram = new double[patterns.Units / width + 1];
        foreach (int active in patterns.Synchrony()) histogram[active / width] += 1.0 / patterns.Count;
        return histogram;
    }

    /// <summary>Half the sum of absolute differences of two distributions: 0 if equal, 1 if apart.</summary>
    /// <param name="p">One distribution.</param>
    /// <param name="q">Another over as many classes.</param>
    /// <exception cref="ArgumentException">The number of classes differs.</exception>
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Require.Length(p.Length, q.Length, nameof(q), "class of p");
        double sum = 0.0;
        for (int k = 0; k < p.Length; k++) sum += Math.Abs(p[k] - q[k]);
        return 0.5 * sum;
    }

    /// <summary>Autocorrelation of a series at lags 0, 1, …, normalised to 1 at lag 0.</summary>
    /// <param name="series">Numbers at equal intervals, not all the same.</param>
    /// <param name="lags">The largest lag, from 0 to below the length.</param>
    /// <exception cref="ArgumentException">The series is constant, or holds a number that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The largest lag is out of its range.</exception>
    public static double[] Autocorrelation(ReadOnlySpan<double> series, int lags)
    {
        Require.Finite(series);
        Require.InRange(lags, 0, series.Length - 1);
        double mean = 0.0;
        foreach (double x in series) mean += x / series.Length;
        double[] centred = new double[series.Length], result = new double[lags + 1];
        for (int t = 0; t < centred.Length; t++) centred[t] = series[t] - mean;
        for (int lag = 0; lag <= lags; lag++)
        {
            for (int t = lag; t < centred.Length; t++) result[lag] += centred[t] * centred[t - lag];
            result[lag] /= centred.Length - lag;
        }
        double variance = result[0];
        if (variance == 0.0) throw new ArgumentException("series is constant: expected numbers that vary.", nameof(series));
        return [.. result.Select(r => r / variance)];
    }

    /// <summary>Pearson's correlation of two lists.</summary>
    /// <param name="x">Numbers, at least two, not all the same.</param>
    /// <param name="y">As many.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two, or a number is not finite.</exception>
    public static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Require.Finite(x);
        Require.Finite(y);
        Require.Length(x.Length, y.Length, nameof(y), "entry of x");
        if (x.Length < 2) throw new ArgumentException($"x has {x.Length} entries: expected at least 2.", nameof(x));
        return MathNet.Numerics.Statistics.Correlation.Pearson(x.ToArray(), y.ToArray());
    }

    /// <summary>How well one half of the words predicts a statistic of the other: the most that a perfect model could reach.</summary>
    /// <param name="patterns">Words, at least 4.</param>
    /// <param name="statistic">What is compared: numbers of a set of words.</param>
    /// <param name="random">The stream that halves them.</param>
    /// <returns>Correlation of the statistic between two random halves.</returns>
    /// <exception cref="ArgumentException">There are fewer than 4 words.</exception>
    public static double SplitHalfCeiling(BinaryPatterns patterns, Func<BinaryPatterns, double[]> statistic, Philox random)
    {
        Require.NotNull(patterns);
        Require.NotNull(statistic);
        if (patterns.Count < 4) throw new ArgumentException($"patterns has {patterns.Count} words: expected at least 4.", nameof(patterns));
        var (one, other) = patterns.Permuted(random).Split(0.5);
        double[] first = statistic(one), second = statistic(other);
        if (first is not { Length: >= 2 } || second?.Length != first.Length)
            throw new ArgumentException(
                $"statistic gives {first?.Length ?? 0} and {second?.Length ?? 0} numbers for the two halves: expected as many, at least 2.",
                nameof(statistic));
        return Correlation(first, second);
    }

    /// <summary>The entries above the diagonal, row after row.</summary>
    /// <param name="matrix">n × n.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double[] UpperTriangle(double[,] matrix)
    {
        Require.Square(matrix);
        int n = matrix.GetLength(0);
        var entries = new double[n * (n - 1) / 2];
        for (int i = 0, at = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
                entries[at++] = matrix[i, j];
        return entries;
    }

    /// <summary>Mean absolute entry for each pair of areas, the diagonal left out.</summary>
    /// <param name="matrix">Neurons × neurons.</param>
    /// <param name="areas">The area of each neuron, 0, 1, …</param>
    /// <returns>Areas × areas; not a number where there is no pair.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An area is negative.</exception>
    public static double[,] AreaAverages(double[,] matrix, ReadOnlySpan<int> areas)
    {
        Require.Square(matrix);
        Require.Length(matrix.GetLength(0), areas.Length, nameof(areas), "row of matrix");
        int count = 0;
        foreach (int area in areas)
        {
            Require.NotNegative(area, nameof(areas));
            count = Math.Max(count, area + 1);
        }
        double[,] sums = new double[count, count], pairs = new double[count, count];
        for (int i = 0; i < areas.Length; i++)
            for (int j = 0; j < areas.Length; j++)
                if (i != j)
                {
                    sums[areas[i], areas[j]] += Math.Abs(matrix[i, j]);
                    pairs[areas[i], areas[j]]++;
                }
        for (int a = 0; a < count; a++)
            for (int b = 0; b < count; b++)
                sums[a, b] /= pairs[a, b];
        return sums;
    }
}
