using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;
using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.WorkingMemoryTests;

public class NetworkTests
{
    private static readonly NetworkPerturbation Quiet = new() { ProcessNoise = 0.0 };

    [Fact]
    public void Networks_have_the_papers_numbers_of_parameters()
    {
        Assert.Equal(12_311, Trials.Network("FS-relu", 100, 11).Parameters.Length);
        Assert.Equal(12_311, Trials.Network("PS-pre", 100, 11).Parameters.Length);
        Assert.Equal(12_311, Trials.Network("PS-hebb", 100, 11).Parameters.Length);
        Assert.Equal(1_601, Trials.Network("PS-hebb", 30, 11).Parameters.Length);
    }

    [Fact]
    public void Without_recurrence_a_unit_is_a_leaky_filter()
    {
        var network = new FixedSynapseRnn(RateFunction.Relu, 1, 5, Only(1, bias: 0.7f));
        NetworkRun run = network.Run(Trials.ShortTask.Sample(3, new Philox(1)), new Philox(1), Quiet, new Recording());
        for (int k = 0; k < run.Activity!.Times; k++)      // α = 0.5 at 50 ms a step
            Close.To(0.7 * (1.0 - Math.Pow(0.5, k + 1)), run.Activity[2, k, 0], 1e-6);
    }

    [Fact]
    public void A_fixed_network_follows_its_equation()
    {
        const int N = 7;
        MemoryNetwork network = Trials.Network("FS-tanh", N);
        TrialBatch batch = Trials.ShortTask.Sample(17, new Philox(1));
        NetworkRun run = network.Run(batch, new Philox(1), Quiet, new Recording());
        var x = new double[N];
        for (int step = 0; step < batch.Steps; step++)
        {
            var next = new double[N];
            for (int j = 0; j < N; j++)
            {
                double z = network.Parameters[5 * N + N * N + j];
                for (int c = 0; c < 5; c++) z += network.Parameters[c * N + j] * batch.Input(16, step, c);
                for (int i = 0; i < N; i++) z += network.Parameters[5 * N + i * N + j] * x[i];
                next[j] = x[j] + 0.5 * (Math.Tanh(z) - x[j]);
            }
            x = next;
            for (int j = 0; j < N; j++) Close.To(x[j], run.Activity![16, step, j], 2e-6, $"step {step}");     // single precision
        }
    }

    [Fact]
    public void The_plastic_matrix_stays_symmetric_and_negative_semidefinite_and_a_mask_breaks_the_symmetry()
    {
        const int N = 9;
        var network = AntiHebbianRnn.Draw(N, 5, new Philox(3));
        TrialBatch batch = Trials.ShortTask.Sample(4, new Philox(1));
        TrialSeries states = network.Run(batch, new Philox(1), recording: new Recording(1, 1)).Synapses!;
        Assert.Equal(N * (N + 1) / 2, states.Channels);
        for (int time = 0; time < states.Times; time++)
        {
            var w = new double[N * N];
            for (int i = 0, at = 0; i < N; i++)
                for (int j = 0; j <= i; j++) w[i * N + j] = w[j * N + i] = states[2, time, at++];
            Assert.True(SymmetricEigen.Values(w, N)[^1] < 1e-6, $"time {time}");        // single precision
        }
        var cut = new NetworkPerturbation { SynapseAblationProbability = 0.4, MaskSeed = 2 };
        TrialSeries whole = network.Run(batch, new Philox(1), cut, new Recording(1, 1)).Synapses!;
        Assert.Equal(N * N, whole.Channels);
        double apart = 0.0;
        for (int i = 0; i < N; i++)
            for (int j = 0; j < i; j++) apart = Math.Max(apart, Math.Abs(whole[2, whole.Times - 1, i * N + j] - whole[2, whole.Times - 1, j * N + i]));
        Assert.True(apart > 1e-3);
    }

    [Fact]
    public void The_anti_hebbian_network_is_attention_over_its_own_past()
    {
        const int N = 9;
        var network = AntiHebbianRnn.Draw(N, 5, new Philox(3));
        TrialBatch batch = Trials.ShortTask.Sample(20, new Philox(1));
        TrialSeries run = network.Run(batch, new Philox(1), Quiet, new Recording()).Activity!;
        double[,] k = network.Plasticity();
        var states = new List<double[]> { new double[N] };
        for (int step = 0; step < batch.Steps; step++)
        {
            double[] now = states[step], drive = new double[N];
            for (int past = 0; past < step; past++)      // −Σ α (1 − αγ)^{t−1−s} x_s ∘ K (x_s ∘ x_t)
                for (int i = 0; i < N; i++)
                {
                    double sum = 0.0;
                    for (int j = 0; j < N; j++) sum += k[i, j] * states[past][j] * now[j];
                    drive[i] -= 0.5 * Math.Pow(1.0 - 0.5 / 200.0, step - 1 - past) * states[past][i] * sum;
                }
            var next = new double[N];
            for (int i = 0; i < N; i++)
            {
                drive[i] += network.Parameters[5 * N + N * N + i];
                for (int c = 0; c < 5; c++) drive[i] += network.Parameters[c * N + i] * batch.Input(18, step, c);
                next[i] = now[i] + 0.5 * (drive[i] - now[i]);
                Close.To(next[i], run[18, step, i], 3e-6 * Math.Max(1.0, Math.Abs(next[i])), $"step {step}");      // single precision
            }
            states.Add(next);
        }
    }

    [Fact]
    public void A_mask_that_cuts_nothing_of_note_changes_nothing_and_one_that_cuts_all_leaves_no_recurrence()
    {
        foreach (object[] kind in Trials.Kinds)
        {
            MemoryNetwork network = Trials.Network((string)kind[0]);
            TrialBatch batch = Trials.ShortTask.Sample(18, new Philox(1));
            TrialSeries whole = Activity(Quiet), few = Activity(Quiet with { SynapseAblationProbability = 1e-12 });
            TrialSeries none = Activity(Quiet with { SynapseAblationProbability = 1.0 }), bare = Bare();
            for (int i = 0; i < network.Units; i++)
            {
                Close.To(whole[17, 11, i], few[17, 11, i], 2e-6, (string)kind[0]);     // another order of sums
                Close.To(bare[17, 11, i], none[17, 11, i], 1e-6, (string)kind[0]);
            }
            TrialSeries Activity(NetworkPerturbation p) => network.Run(batch, new Philox(1), p, new Recording()).Activity!;
            TrialSeries Bare() => network is AntiHebbianRnn
                ? none
                : network.With([.. network.Parameters.Select((v, at) => at >= 30 && at < 66 ? 0f : v)]).Run(batch, new Philox(1), Quiet, new Recording()).Activity!;
        }
    }

    [Fact]
    public void Cutting_the_largest_first_cuts_the_right_number_and_leaves_the_small()
    {
        MemoryNetwork network = Trials.Network("FS-relu");
        SynapseMask mask = network.Mask(new NetworkPerturbation { SynapseAblationProbability = 0.25, LargestFirst = true })!;
        float[] weights = [.. network.Parameters.Skip(30).Take(36).Select(Math.Abs)];
        float[] cut = [.. weights.Where((_, at) => !mask.Kept[at])], left = [.. weights.Where((_, at) => mask.Kept[at])];
        Assert.Equal(9, cut.Length);
        Assert.True(cut.Min() >= left.Max());
    }

    [Fact]
    public void Synapses_keep_dales_law_and_stay_within_their_bounds()
    {
        var network = (PresynapticStpRnn)Trials.Network("PS-pre", 20);
        Assert.Equal(16, network.Signs.Count(sign => sign == 1));
        double[,] w = network.EffectiveWeights();
        for (int i = 0; i < 20; i++)
            for (int j = 0; j < 20; j++) Assert.True(w[i, j] * network.Signs[i] >= 0.0);
        var hot = network.With([.. network.Parameters.Select(v => 300f * v)]);
        TrialSeries synapses = hot.Run(Trials.ShortTask.Sample(3, new Philox(1)), new Philox(1), recording: new Recording(1, 1)).Synapses!;
        Assert.All(synapses.Values, value => Assert.InRange(value, 0f, 1f));
        Assert.Contains(synapses.Values, value => value == 0f);     // the bound was met
    }

    [Fact]
    public void A_clamped_synapse_reaches_its_steady_state()
    {
        foreach (ShortTermPlasticity synapse in new[] { ShortTermPlasticity.Facilitating, ShortTermPlasticity.Depressing })
        {
            SynapseState end = synapse.Clamp(rate: 8.0, steps: 4000, stepMs: 5.0)[^1], expected = synapse.SteadyState(8.0);
            Close.To(expected.Resources, end.Resources, 1e-6);
            Close.To(expected.Utilisation, end.Utilisation, 1e-6);
        }
        Close.To(0.15 * (1.0 + 12.0) / (1.0 + 0.15 * 12.0), ShortTermPlasticity.Facilitating.SteadyState(8.0).Utilisation, 1e-12);
        Assert.True(ShortTermPlasticity.Facilitating.SteadyState(8.0).Efficacy > ShortTermPlasticity.Depressing.SteadyState(8.0).Efficacy);
    }

    [Fact]
    public void The_authors_steps_are_a_hundred_times_slower_to_recover()
    {
        SynapseStep physical = ShortTermPlasticity.Facilitating.Step(15.0, StpVariant.Physical), code = ShortTermPlasticity.Facilitating.Step(15.0, StpVariant.AuthorsCode);
        Close.To(100.0, physical.Recovery / code.Recovery, 1e-9);
        Close.To(1.0 / 0.15, physical.Gain / code.Gain, 1e-9);
        Assert.Equal(0.0, code.Start);
    }

    [Fact]
    public void Networks_come_back_from_their_files_and_damaged_files_are_refused()
    {
        string file = Path.Combine(Path.GetTempPath(), $"network-{Guid.NewGuid():N}");
        try
        {
            foreach (object[] kind in Trials.Kinds)
            {
                MemoryNetwork network = Trials.Network((string)kind[0]);
                NetworkFile.Save(network, file);
                MemoryNetwork back = NetworkFile.Load(file);
                Assert.Equal(network.Parameters.AsEnumerable(), back.Parameters);
                Assert.Equal(network.ToString(), back.ToString());
                TrialBatch batch = Trials.ShortTask.Sample(5, new Philox(1));
                Assert.Equal(network.Run(batch, new Philox(2), recording: new Recording()).Activity!.Values, back.Run(batch, new Philox(2), recording: new Recording()).Activity!.Values);
            }
            byte[] bytes = File.ReadAllBytes(file);
            bytes[60] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.Contains("changed", Assert.Throws<InvalidDataException>(() => NetworkFile.Load(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_batch_of_another_task_is_refused() => Assert.Contains("11 channels", Assert.Throws<ArgumentException>(() =>
        Trials.Network("FS-relu").Accuracy(new DelayedMatchToSampleTask().Sample(1, new Philox(1)), new Philox(1))).Message);

    [Fact]
    public void The_networks_that_come_along_are_those_of_their_recipes_with_the_hash_that_is_written_down()
    {
        string folder = Path.Combine(Repository.Root, "data", "working-memory"), list = File.ReadAllText(Path.Combine(folder, "README.md"));
        string[] files = [.. Directory.GetFiles(folder, "*.nn").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

        Assert.Equal(TrainingRecipe.Published().Select(recipe => recipe.Name).Order(StringComparer.Ordinal), files);
        foreach (TrainingRecipe recipe in TrainingRecipe.Published())
        {
            string file = Path.Combine(folder, recipe.Name + ".nn");
            MemoryNetwork network = NetworkFile.Load(file);
            Assert.Equal((recipe.Network.GetType(), recipe.Network.Parameters.Length), (network.GetType(), network.Parameters.Length));
            Assert.Contains($"`{recipe.Name}.nn`", list, StringComparison.Ordinal);
            Assert.Contains($"`{NetworkFile.Sha256(file)}`", list, StringComparison.Ordinal);
        }
    }

    private static float[] Only(int units, float bias)
    {
        var all = new float[5 * units + units * units + units + 5 * units + 5];
        for (int i = 0; i < units; i++) all[5 * units + units * units + i] = bias;
        return all;
    }
}
