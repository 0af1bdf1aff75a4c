using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>What a decoder compares trials by.</summary>
public enum DecoderKind
{
    /// <summary>⟨x, y⟩ / number of channels: classes are parted by planes.</summary>
    Linear,

    /// <summary>exp(−|x − y|² / number of channels): classes may be parted by curved borders.</summary>
    Gaussian,
}

/// <summary>Reads the sample off activity, or off synapses, at each time apart.</summary>
/// <remarks>
/// A least-squares support vector machine, one class against the rest: the targets ±1 are fitted with a bias by kernel ridge regression of
/// penalty 1/C = 1 on the training trials, and the largest value names the class. Channels are first centred and scaled to unit variance over
/// the training trials, those that do not vary left out. It has one solution, found in one factorisation of trials × trials, however many
/// channels there are; the paper's decoder, a support vector machine with the same Gaussian kernel and C, differs in the loss.
/// Source: Suykens, Vandewalle, Neural Processing Letters 9:293 (1999).
/// </remarks>
public sealed class TimeResolvedDecoder
{
    private readonly DecoderKind kind;

    /// <summary>A decoder.</summary>
    /// <param name="kind">What it compares trials by.</param>
    /// <param name="penalty">1/C, above zero.</param>
    public TimeResolvedDecoder(DecoderKind kind = DecoderKind.Gaussian, double penalty = 1.0)
    {
        Require.Defined(kind);
        Require.Positive(penalty);
        (this.kind, Penalty) = (kind, penalty);
    }

    /// <summary>1/C.</summary>
    public double Penalty { get; }

    /// <summary>Accuracy at each time, on trials that were not used for fitting.</summary>
    /// <param name="series">Activity or synapses.</param>
    /// <param name="labels">Class of each trial.</param>
    /// <param name="random">The stream that splits the trials.</param>
    /// <param name="folds">
    /// The trials are cut into so many parts, each of which is tested once; 0 tests one random part of three tenths, as the paper does for
    /// networks.
    /// </param>
    /// <returns>One accuracy a recorded time.</returns>
    /// <exception cref="ArgumentException">There is not one label per trial, or a class has fewer than two trials.</exception>
    public double[] Accuracy(TrialSeries series, IReadOnlyList<int> labels, Philox random, int folds = 0)
    {
        Require.NotNull(series);
        Require.NotNull(labels);
        Require.Length(series.Trials, labels.Count, nameof(labels), "trial");
        Require.InRange(folds, 0, series.Trials);
        if (folds == 1) throw new ArgumentOutOfRangeException(nameof(folds), folds, "folds is 1: expected 0 or at least 2, so that trials are left to fit.");
        int[] classes = Classes(labels);
        int[] order = random.Permutation(0, series.Trials);
        int tested = Math.Max(1, (int)Math.Round(0.3 * series.Trials));
        (int[] Train, int[] Test)[] splits = folds == 0
            ? [(order[tested..], order[..tested])]
            : [.. Enumerable.Range(0, folds).Select(fold => (
                order.Where((_, place) => place % folds != fold).ToArray(), order.Where((_, place) => place % folds == fold).ToArray()))];
        var accuracy = new double[series.Times];
        Parallel.For(0, series.Times, time =>
            accuracy[time] = splits.Sum(split => Right(series, time, labels, classes, split.Train, split.Test)) / (double)splits.Sum(split => split.Test.Length));
        return accuracy;
    }

    private static int[] Classes(IReadOnlyList<int> labels)
    {
        foreach (var group in labels.GroupBy(label => label).Where(group => group.Count() < 2))
            throw new ArgumentException($"labels has class {group.Key} {group.Count()} times: expected at least 2 trials of each class.", nameof(labels));
        return [.. labels.Distinct().Order()];
    }

    /// <summary>How many test trials are named rightly.</summary>
    private int Right(TrialSeries series, int time, IReadOnlyList<int> labels, int[] classes, int[] train, int[] test)
    {
        float[][] scaled = Scaled(series, time, train, [.. train, .. test]);
        int n = train.Length, right = 0;
        var kernel = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) kernel[i * n + j] = Kernel(scaled[i], scaled[j]) + (i == j ? Penalty : 0.0);
        if (!SymmetricPositive.TryFactor(kernel, n)) throw new InvalidOperationException("The trials' kernel matrix is singular: raise the decoder's penalty.");
        double[][] weights = Solve(kernel, n, [.. classes.Select(one => train.Select(trial => labels[trial] == one ? 1.0 : -1.0).ToArray())], out double[] biases);
        for (int k = 0; k < test.Length; k++)
        {
            double[] near = [.. Enumerable.Range(0, n).Select(i => Kernel(scaled[i], scaled[n + k]))];
            int best = Enumerable.Range(0, classes.Length).MaxBy(c => Vectors.Dot<double>(near, weights[c]) + biases[c]);
            if (classes[best] == labels[test[k]]) right++;
        }
        return right;
    }

    private double Kernel(float[] x, float[] y)
    {
        int channels = Math.Max(1, x.Length);
        if (kind == DecoderKind.Linear) return Vectors.Dot<float>(x, y) / (double)channels;
        double square = Vectors.Dot<float>(x, x) + (double)Vectors.Dot<float>(y, y) - 2.0 * Vectors.Dot<float>(x, y);
        return Math.Exp(-Math.Max(0.0, square) / channels);
    }

    /// <summary>Each class's weights of the training trials and its bias: (K + λ I) w + b = y with Σ w = 0.</summary>
    private static double[][] Solve(double[] factor, int n, double[][] targets, out double[] biases)
    {
        double[] ones = Substitute(factor, n, [.. Enumerable.Repeat(1.0, n)]);
        double total = ones.Sum();
        double[] offsets = new double[targets.Length];
        double[][] weights = [.. targets.Select((target, c) =>
        {
            double[] w = Substitute(factor, n, target);
            offsets[c] = w.Sum() / total;
            Vectors.AddScaled<double>(w, -offsets[c], ones, w);
            return w;
        })];
        biases = offsets;
        return weights;
    }

    private static double[] Substitute(double[] factor, int n, double[] right)
    {
        var x = (double[])right.Clone();
        for (int i = 0; i < n; i++) x[i] = (x[i] - Vectors.Dot<double>(factor.AsSpan(i * n, i), x.AsSpan(0, i))) / factor[i * n + i];
        for (int i = n - 1; i >= 0; i--)
        {
            x[i] /= factor[i * n + i];
            Vectors.AddScaled<double>(x.AsSpan(0, i), -x[i], factor.AsSpan(i * n, i), x.AsSpan(0, i));
        }
        return x;
    }

    /// <summary>The given trials with every varying channel centred and scaled by the training trials.</summary>
    private static float[][] Scaled(TrialSeries series, int time, int[] train, int[] trials)
    {
        int channels = series.Channels;
        double[] mean = new double[channels], square = new double[channels];
        foreach (int trial in train)
        {
            ReadOnlySpan<float> values = series.At(trial, time);
            for (int c = 0; c < channels; c++) mean[c] += values[c] / (double)train.Length;
        }
        foreach (int trial in train)
        {
            ReadOnlySpan<float> values = series.At(trial, time);
            for (int c = 0; c < channels; c++) square[c] += (values[c] - mean[c]) * (values[c] - mean[c]) / train.Length;
        }
        int[] varying = [.. Enumerable.Range(0, channels).Where(c => square[c] > 1e-12 * Math.Max(1e-12, mean[c] * mean[c]))];
        return [.. trials.Select(trial =>
        {
            ReadOnlySpan<float> values = series.At(trial, time);
            var scaled = new float[varying.Length];
            for (int k = 0; k < varying.Length; k++) scaled[k] = (float)((values[varying[k]] - mean[varying[k]]) / Math.Sqrt(square[varying[k]]));
            return scaled;
        })];
    }
}
