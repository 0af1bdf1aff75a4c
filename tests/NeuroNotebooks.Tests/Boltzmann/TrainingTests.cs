using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Tests.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

[Collection(nameof(UsesBackend))]
public class TrainingTests
{
    private static readonly RbmTrainer Small = new()
    {
        LearningRate = 0.1, GibbsSteps = 2, Chains = 50, BatchSize = 40, TrajectoryChains = 30, Threads = 1,
    };

    /// <summary>The gradient of the mean log-likelihood of a few words, with exact model averages: chains standing at every word as often as the law says.</summary>
    [Fact]
    public void The_gradient_with_exact_averages_is_the_slope_of_the_likelihood()
    {
        const int N = 6, H = 4;
        var machine = Machines.Random(N, H, 0.7, 3);
        var data = GibbsChains.FromCoins(Machines.Random(N, H, 1.2, 4), 40, new Philox(1)).Advance(20).Current;
        var (dW, db, dc) = ExactGradient(machine, data);
        double Likelihood(BernoulliRbm m) => N * m.LogLikelihood(data, Partition.ExactByHidden(m));
        double Slope(Action<double[,], double[], double[], double> move)
        {
            BernoulliRbm Moved(double by)
            {
                double[,] w = machine.WeightMatrix();
                double[] b = [.. machine.VisibleFields.ToArray().Select(x => (double)x)], c = [.. machine.HiddenFields.ToArray().Select(x => (double)x)];
                move(w, b, c, by);
                return new BernoulliRbm(w, b, c);
            }
            // steps of 2⁻⁷ survive the rounding of the parameters to single precision; Richardson removes the h² of the central difference
            double Central(double h) => (Likelihood(Moved(h)) - Likelihood(Moved(-h))) / (2 * h);
            return (4 * Central(1.0 / 128) - Central(1.0 / 64)) / 3;
        }
        for (int i = 0; i < N; i++)
        {
            for (int a = 0; a < H; a++) Close.To(Slope((w, _, _, h) => w[i, a] += h), dW[i, a], 2e-5, $"W[{i}, {a}]");
            Close.To(Slope((_, b, _, h) => b[i] += h), db[i], 2e-5, $"b[{i}]");
        }
        for (int a = 0; a < H; a++) Close.To(Slope((_, _, c, h) => c[a] += h), dc[a], 2e-5, $"c[{a}]");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_gradient_is_that_of_plain_sums_over_batch_and_chains(bool centred)
    {
        const int N = 7, H = 5;
        var machine = Machines.Random(N, H, 0.7, 3);
        BinaryPatterns data = GibbsChains.FromCoins(machine, 30, new Philox(1)).Current, model = GibbsChains.FromCoins(machine, 50, new Philox(2)).Current;
        var parameters = RbmParameters.Of(machine);
        var chains = new GibbsKernel(50, N, H, 1);
        for (int n = 0; n < 50; n++) model[n].CopyTo(chains.Visible[(n * N)..]);
        var words = new GibbsKernel(30, N, H, 1);
        for (int n = 0; n < 30; n++) data[n].CopyTo(words.Visible[(n * N)..]);
        var gradient = new CentredGradient(parameters, words, chains, centred);
        double norm = gradient.Compute(new Philox(1), 0, sweeps: 0);
        gradient.Apply(1f);

        double[] mv = data.Rates(), mh = [.. Enumerable.Range(0, H).Select(a => Column(machine.HiddenProbabilities(data), a).Average())];
        double[,] hd = machine.HiddenProbabilities(data), hc = machine.HiddenProbabilities(model);
        double Shift(double mean) => centred ? mean : 0.0;
        double sum = 0.0;
        for (int i = 0; i < N; i++)
            for (int a = 0; a < H; a++)
            {
                double expected = Enumerable.Range(0, 30).Average(t => (data[t][i] - Shift(mv[i])) * (hd[t, a] - Shift(mh[a])))
                    - Enumerable.Range(0, 50).Average(t => (model[t][i] - Shift(mv[i])) * (hc[t, a] - Shift(mh[a])));
                sum += expected * expected;
                Close.To(expected, parameters.W[i * H + a] - machine.Weights[i * H + a], 1e-6, $"W[{i}, {a}]");     // single precision
            }
        Close.To(Math.Sqrt(sum), norm, 1e-5);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 1000)]
    [InlineData(3, 1000)]
    [InlineData(1, 8000)]
    public void Near_zero_weights_the_top_mode_grows_by_the_plateau_law(ulong seed, int chains)
    {
        const int Words = 1000, Hidden = 4;
        var data = PlantedIsing.Draw(new Philox(seed), Words, test: 100).Train;
        double[,] covariance = PopulationStatistics.Covariance(data);
        for (int i = 0; i < data.Units; i++) covariance[i, i] = 0.0;
        var eigen = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(covariance)
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        double lambda = eigen.EigenValues[data.Units - 1].Real;
        var top = eigen.EigenVectors.Column(data.Units - 1);

        // the law knows only the product of rate and strength: here that of a rate of 0.3 and a strength of 0.1416
        double rate = 0.3 * 0.1416 / lambda;
        var trainer = new RbmTrainer { LearningRate = rate, GibbsSteps = 1, Chains = chains, BatchSize = Words };
        var training = trainer.Begin(
            data, BernoulliRbm.FromRates(data.Rates(), Hidden, weightScale: 1e-4, new Philox(2)), new Philox(seed));
        double Along() => Math.Sqrt(Enumerable.Range(0, Hidden).Sum(a =>
            Math.Pow(Enumerable.Range(0, data.Units).Sum(i => top[i] * training.Machine.Weights[i * Hidden + a]), 2)));
        double before = Along();
        foreach (int updates in new[] { 100, 200, 300 })
        {
            while (training.Updates < updates) training.Step();
            // All words are in every batch, so only the chains are noisy: near W = 0 they are independent neurons drawn anew, whose variance
            // along the mode, about 0.12, is known to 0.12 √(2 / 1000) each time. Over 300 updates that is at most 0.7 % of the growth;
            // steps instead of an exponential cost 1.7 %. Eight thousand chains must not drown differences of 10⁻⁴ in their sum.
            Close.To(1.0, Along() / before / Math.Exp(rate * lambda / 4.0 * updates), 0.05, $"after {updates} updates");
        }
    }

    [Theory]
    [InlineData(ChainStart.Persistent)]
    [InlineData(ChainStart.Data)]
    [InlineData(ChainStart.Coins)]
    public void One_seed_gives_one_result_on_one_thread_and_on_many(ChainStart start)
    {
        LinearAlgebra.Use(MatrixBackend.Managed);
        try
        {
            var data = Data();
            var one = Trained(Small with { Start = start }, data, 25);
            var many = Trained(Small with { Start = start, Threads = 4 }, data, 25);
            Assert.Equal(one.Weights.ToArray(), many.Weights.ToArray());
            Assert.Equal(one.VisibleFields.ToArray(), many.VisibleFields.ToArray());
        }
        finally
        {
            LinearAlgebra.Use();
        }
    }

    [Fact]
    public void A_training_that_is_saved_and_taken_up_again_ends_at_the_same_bits()
    {
        var data = Data();
        using var folder = new Folder();
        string file = Path.Combine(folder.Path, "training");
        var initial = BernoulliRbm.FromRates(data.Rates(), 6, 0.02, new Philox(4));
        var straight = Small.Run(data, initial, 40, new Philox(5), checkpoints: 6);

        using var stop = new CancellationTokenSource();
        var stopping = new SynchronousProgress(p => { if (p.Update == 17) stop.Cancel(); });
        Assert.Throws<OperationCanceledException>(() =>
            Small.Run(data, initial, 40, new Philox(5), 6, file, saveEvery: 5, stopping, stop.Token));
        var resumed = Small.Run(data, initial, 40, new Philox(5), 6, file);

        Assert.Equal(straight.Checkpoints.Select(c => c.Update), resumed.Checkpoints.Select(c => c.Update));
        foreach (var (a, b) in straight.Checkpoints.Zip(resumed.Checkpoints))
        {
            Assert.Equal(a.Machine.Weights.ToArray(), b.Machine.Weights.ToArray());
            Assert.Equal(a.Machine.HiddenFields.ToArray(), b.Machine.HiddenFields.ToArray());
            Assert.Equal(a.Trajectory, b.Trajectory);
        }
    }

    [Fact]
    public void A_file_of_another_training_is_refused_with_the_difference()
    {
        var data = Data();
        using var folder = new Folder();
        string file = Path.Combine(folder.Path, "training");
        var initial = BernoulliRbm.FromRates(data.Rates(), 6, 0.02, new Philox(4));
        Small.Run(data, initial, 3, new Philox(5), file: file);
        var settings = Assert.Throws<InvalidDataException>(() => (Small with { GibbsSteps = 3 }).Run(data, initial, 5, new Philox(5), file: file));
        Assert.Contains("k 2", settings.Message, StringComparison.Ordinal);
        var words = Assert.Throws<InvalidDataException>(() => Small.Run(data.Slice(0, 100), initial, 5, new Philox(5), file: file));
        Assert.Contains("data", words.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Small.Run(data, initial, 5, new Philox(6), file: file));
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^7]);
        Assert.Throws<InvalidDataException>(() => Small.Run(data, initial, 5, new Philox(5), file: file));
    }

    [Fact]
    public void A_training_allocates_nothing_per_update()
    {
        LinearAlgebra.Use(MatrixBackend.Managed, threads: 1);
        try
        {
            var data = Data();
            // the estimate of ln Z along the training is a record and a sentence; the training itself is what must not allocate
            var training = (Small with { TrajectoryChains = 0 }).Begin(
                data, BernoulliRbm.FromRates(data.Rates(), 6, 0.02, new Philox(4)), new Philox(5));
            for (int k = 0; k < 30; k++) training.Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 20; k++) training.Step();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        finally
        {
            LinearAlgebra.Use();
        }
    }

    [Fact]
    public void The_trajectory_estimate_follows_ln_Z_through_training()
    {
        var data = Data();
        var trained = (Small with { TrajectoryChains = 1000, LearningRate = 0.05 }).Run(
            data, BernoulliRbm.FromRates(data.Rates(), 6, 0.02, new Philox(4)), 300, new Philox(5), checkpoints: 8);
        foreach (var kept in trained.Checkpoints)
            // the error bar forgets what was absorbed by resampling, so the bound is the absolute one of an ordinary annealing
            Close.To(Partition.ExactByHidden(kept.Machine), kept.Trajectory!.LogZ, 0.05, $"update {kept.Update}");
    }

    [Fact]
    public void Learning_raises_the_likelihood_of_words_that_were_not_shown()
    {
        var teacher = Machines.Random(12, 4, 1.5, 6);
        var (train, test) = GibbsChains.FromCoins(teacher, 10_000, new Philox(7)).Advance(100).Current.Split(0.7);
        var trained = new RbmTrainer { LearningRate = 0.5, GibbsSteps = 5, Chains = 300, BatchSize = 300 }.Run(
            train, BernoulliRbm.FromRates(train.Rates(), 8, 0.05, new Philox(4)), 2000, new Philox(5), checkpoints: 2).Machine;
        double independent = IndependentModel.Fit(train).LogLikelihood(test), truth = teacher.LogLikelihood(test, Partition.ExactByHidden(teacher));
        double learned = trained.LogLikelihood(test, Partition.ExactByHidden(trained));
        // most of the way from independent neurons to the truth
        Assert.True(learned > independent + 0.8 * (truth - independent), $"{independent:g4} {learned:g4} {truth:g4}");
    }

    [Fact]
    public void A_learning_rate_beyond_reason_is_stopped_and_named()
    {
        var data = Data();
        var error = Assert.Throws<TrainingDivergedException>(() => Trained(Small with { LearningRate = 1e30, TrajectoryChains = 0 }, data, 10));
        Assert.Contains("LearningRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_and_neurons_with_nothing_to_teach_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RbmTrainer { LearningRate = 0.0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RbmTrainer { GibbsSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RbmTrainer { Chains = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RbmTrainer { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RbmTrainer { TrajectoryChains = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RbmTrainer { Threads = 0 });
        var silent = BinaryPatterns.From(new double[,] { { 0, 1 }, { 0, 0 } });
        var error = Assert.Throws<ArgumentException>(() => Small.Begin(silent, Machines.Random(2, 1, 1, 1), new Philox(1)));
        Assert.Contains("neuron 0 silent", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<double> Column(double[,] matrix, int column) =>
        Enumerable.Range(0, matrix.GetLength(0)).Select(row => matrix[row, column]);

    private static BinaryPatterns Data() => GibbsChains.FromCoins(Machines.Random(9, 4, 1.0, 2), 240, new Philox(7)).Advance(30).Current;

    private static BernoulliRbm Trained(RbmTrainer trainer, BinaryPatterns data, int updates) =>
        trainer.Run(data, BernoulliRbm.FromRates(data.Rates(), 6, 0.02, new Philox(4)), updates, new Philox(5)).Machine;

    // centred, with the averages over the model taken from its law
    private static (double[,] W, double[] B, double[] C) ExactGradient(BernoulliRbm machine, BinaryPatterns data)
    {
        int n = machine.Visible, hidden = machine.Hidden;
        double[] law = Machines.Law(machine);
        var words = Machines.AllWords(n);
        double[,] hm = machine.HiddenProbabilities(words), hd = machine.HiddenProbabilities(data);
        double[,] gW = new double[n, hidden];
        double[] gb = new double[n], gc = new double[hidden];
        for (int t = 0; t < data.Count; t++) Accumulate(data[t], t, hd, 1.0 / data.Count);
        for (int s = 0; s < law.Length; s++) Accumulate(words[s], s, hm, -law[s]);
        return (gW, gb, gc);

        void Accumulate(ReadOnlySpan<byte> word, int row, double[,] h, double weight)
        {
            for (int i = 0; i < n; i++)
            {
                gb[i] += weight * word[i];
                for (int a = 0; a < hidden; a++) gW[i, a] += weight * word[i] * h[row, a];
            }
            for (int a = 0; a < hidden; a++) gc[a] += weight * h[row, a];
        }
    }

    private sealed class SynchronousProgress(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("rbm-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
