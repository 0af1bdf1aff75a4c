using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;
using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.WorkingMemoryTests;

public class DecoderTests
{
    [Fact]
    public void The_decoder_finds_what_was_planted_and_nothing_else()
    {
        (TrialSeries counts, int[] labels) = new PlantedPrefrontal(Amplitude: 3.0).Draw(20, distracted: false, new Philox(1));
        double[] accuracy = new TimeResolvedDecoder(DecoderKind.Linear).Accuracy(counts, labels, new Philox(9), folds: 10);
        double before = Mean(accuracy, -0.2, 0.0), sample = Mean(accuracy, 0.1, 0.5), after = Mean(accuracy, 0.55, 1.0), late = Mean(accuracy, 3.0, 4.0);
        Assert.InRange(before, 0.125 - 0.05, 0.125 + 0.05);     // four bins of 160 trials: deviation 0.013 each way, folds add to it
        Assert.InRange(sample, 0.6, 0.9);       // a support vector machine on the same kind of data: 0.68
        Assert.InRange(after, 0.25, 0.45);      // 0.31
        Assert.InRange(late, 0.13, 0.23);       // 0.16
    }

    [Fact]
    public void A_distractor_on_an_axis_of_its_own_hides_nothing()
    {
        double[] Late(bool distracted)
        {
            (TrialSeries counts, int[] labels) = new PlantedPrefrontal(Amplitude: 4.0, Floor: 0.5).Draw(12, distracted, new Philox(2));
            double[] accuracy = new TimeResolvedDecoder(DecoderKind.Linear).Accuracy(counts, labels, new Philox(9), folds: 6);
            return [Mean(accuracy, 2.5, 2.9)];
        }
        Close.To(Late(false)[0], Late(true)[0], 0.12);      // eight bins of 96 trials: deviation of the difference about 0.025
    }

    [Fact]
    public void Curved_borders_need_the_gaussian_kernel()
    {
        // two classes: inside and outside of a circle
        var random = new Philox(4);
        var points = new double[200, 1, 2];
        var labels = new int[200];
        for (int i = 0; i < 200; i++)
        {
            labels[i] = i % 2;
            double radius = labels[i] == 0 ? 0.5 * random.Uniform((ulong)i) : 1.0 + 0.5 * random.Uniform((ulong)i), angle = 2.0 * Math.PI * random.Uniform((ulong)(1000 + i));
            (points[i, 0, 0], points[i, 0, 1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        }
        var series = new TrialSeries(points, 1.0);
        Assert.True(new TimeResolvedDecoder(DecoderKind.Gaussian).Accuracy(series, labels, new Philox(5))[0] > 0.95);
        Assert.True(new TimeResolvedDecoder(DecoderKind.Linear).Accuracy(series, labels, new Philox(5))[0] < 0.75);
    }

    [Fact]
    public void A_class_of_one_trial_is_named()
    {
        var series = new TrialSeries(new double[3, 1, 1], 1.0);
        Assert.Contains("class 5", Assert.Throws<ArgumentException>(() => new TimeResolvedDecoder().Accuracy(series, [1, 1, 5], new Philox(1))).Message);
    }

    [Fact]
    public void Distances_are_those_of_the_means()
    {
        // two classes whose means are 3 and 4 apart in two channels: √(25 / 2)
        var values = new double[4, 2, 2];
        for (int trial = 0; trial < 4; trial++)
            if (trial % 2 == 1)
            {
                values[trial, 1, 0] = 3.0 + (trial - 2);        // 2 and 4: mean 3
                values[trial, 1, 1] = 4.0;
            }
        var series = new TrialSeries(values, 10.0);
        Close.All([0.0, Math.Sqrt(12.5)], TrajectoryDistance.BetweenConditions(series, [0, 1, 0, 1]), 1e-6);
        Close.All([0.0, Math.Sqrt(12.5)], TrajectoryDistance.DistractedVsNot(series, [false, true, false, true]), 1e-6);
        Close.All([0.0, 0.0, 2.0], TrajectoryDistance.OverBaseline([1.0, 1.0, 3.0], [1.0, 2.0, 3.0], 2.5), 1e-12);
    }

    [Fact]
    public void A_curve_in_bins_correlates_with_itself()
    {
        Assert.Equal(26, PrefrontalCurves.FourSeconds.Length);
        double[] times = [.. Enumerable.Range(0, 434).Select(k => 15.0 * (k + 1))];
        double[] curve = [.. times.Select(t => t < 1000.0 ? 1.0 : 2.0)];
        var binned = PrefrontalCurves.Binned(curve, times, 1000.0);
        Assert.Equal(1.0, binned[0]);
        Assert.Equal(2.0, binned[1]);
        Close.To(1.0, PrefrontalCurves.Similarity(PrefrontalCurves.FourSeconds, PrefrontalCurves.FourSeconds), 1e-12);
        Close.To(-1.0, PrefrontalCurves.Similarity([.. PrefrontalCurves.FourSeconds.Select(a => -2.0 * a)], PrefrontalCurves.FourSeconds), 1e-12);
    }

    [Fact]
    public void Discriminants_part_classes_that_differ_in_one_direction_only()
    {
        var random = new Philox(6);
        var points = new double[120, 5];
        int[] labels = [.. Enumerable.Range(0, 120).Select(i => i % 2)];
        for (int i = 0; i < 120; i++)
            for (int c = 0; c < 5; c++) points[i, c] = (c == 3 ? 0.1 : 5.0) * random.Normal((ulong)(i * 5 + c)) + (c == 3 ? labels[i] : 0.0);
        double[,] along = LinearDiscriminant.Fit(points, labels, 1, shrinkage: 1e-6).Project(points);
        double[] first = [.. Enumerable.Range(0, 120).Where(i => labels[i] == 0).Select(i => along[i, 0])];
        double[] second = [.. Enumerable.Range(0, 120).Where(i => labels[i] == 1).Select(i => along[i, 0])];
        Assert.True(first.Max() < second.Min() || second.Max() < first.Min());      // ten of their own deviations apart
        Close.To(10.0, Math.Abs(first.Average() - second.Average()), 1.5);      // in units of the spread within
    }

    [Fact]
    public void Discriminants_of_more_channels_than_trials_part_what_they_were_not_fitted_to()
    {
        var random = new Philox(8);
        var points = new double[60, 200];
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        for (int i = 0; i < 60; i++)
            for (int c = 0; c < 200; c++) points[i, c] = random.Normal((ulong)(i * 200 + c)) + (c < 60 && c % 3 == labels[i] ? 3.0 : 0.0);
        (double[,] shown, int[] of) = LinearDiscriminant.HeldOut(points, labels, new Philox(9), part: 0.5, dimensions: 2);
        Assert.Equal(30, of.Length);
        Assert.Equal(2, shown.GetLength(1));
        // class means lie √(2 · 20) · 3 = 19 apart, spread 1 in each direction
        Assert.True(LinearDiscriminant.Separation(shown, of) > 0.9);
        Assert.True(LinearDiscriminant.Separation(shown, [.. of.Order()]) < 0.5);       // labels that have nothing to do with the points
    }

    [Fact]
    public void Separation_is_the_part_of_the_variance_between_classes() =>
        Close.To(0.8, LinearDiscriminant.Separation(new[,] { { 1.0 }, { 3.0 }, { 5.0 }, { 7.0 } }, [0, 0, 1, 1]), 1e-12);     // 16 of 20

    [Fact]
    public void Procrustes_finds_the_rotation()
    {
        var random = new Philox(7);
        var points = new double[30, 3];
        for (int i = 0; i < 30; i++)
            for (int c = 0; c < 3; c++) points[i, c] = random.Normal((ulong)(i * 3 + c));
        double s = Math.Sin(0.8), k = Math.Cos(0.8);
        double[,] rotation = { { k, s, 0.0 }, { -s, k, 0.0 }, { 0.0, 0.0, -1.0 } }, turned = LinearAlgebra.Multiply(points, rotation);
        Close.All([.. rotation.Cast<double>()], [.. Procrustes.Rotation(points, turned).Cast<double>()], 1e-12);
        Close.All([.. turned.Cast<double>()], [.. Procrustes.Align(points, turned).Cast<double>()], 1e-12);
    }

    [Fact]
    public void Robustness_scores_are_the_papers()
    {
        var perfect = new RobustnessCurve(RobustnessCurve.PaperLevels, [.. Enumerable.Repeat(1.0, 20)], [.. new double[20]]);
        Close.To(0.475, perfect.Score, 1e-12);
        Close.To(1.0, perfect.AreaUnderCurve, 1e-12);
        var constant = new RobustnessCurve(RobustnessCurve.PaperLevels, [.. Enumerable.Repeat(0.3, 20)], [.. new double[20]]);
        Close.To(0.475 * 0.3, constant.Score, 1e-12);
        var measured = RobustnessCurve.Structural(Trials.Network("FS-relu"), Trials.ShortTask.Sample(8, new Philox(1)), new Philox(2), 2, [0.0, 0.5]);
        Assert.Equal(2, measured.Accuracies.Length);
        Close.To(0.0, measured.Spreads[0], 0.5);
    }

    private static double Mean(double[] accuracy, double from, double to) =>
        accuracy.Where((_, k) => k * 0.05 - 0.2 >= from - 1e-9 && k * 0.05 - 0.2 < to - 1e-9).Average();
}
