using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class SamplingTests
{
    [Fact]
    public void Raw_words_are_the_generators_blocks_in_order()
    {
        var random = new Philox(0x1234_5678_9ABC_DEF0, 42);
        for (int length = 0; length < 70; length++)
        {
            var words = new uint[length];
            random.Words(words, first: 5);
            for (int i = 0; i < length; i++)
            {
                var (w0, w1, w2, w3) = Philox.Block((uint)(5 + i / 4), 0, 42, 0, 0x9ABC_DEF0, 0x1234_5678);
                Assert.Equal(new[] { w0, w1, w2, w3 }[i % 4], words[i]);
            }
        }
    }

    [Fact]
    public void A_unit_fires_as_often_as_its_sigmoid_says()
    {
        const int Count = 1 << 16;
        float[] inputs = [-8f, -2f, -0.5f, 0f, 0.5f, 2f, 8f, 100f, -100f];
        foreach (float x in inputs)
        {
            float[] row = new float[Count], bias = new float[Count];
            Array.Fill(row, x - 0.25f);
            Array.Fill(bias, 0.25f);
            var words = new uint[Count];
            new Philox(3).Words(words);
            Logistic.Draw(row, bias, words);
            double p = 1 / (1 + Math.Exp(-x));
            // five standard deviations, and the half unit of 2⁻²³ below which nothing fires
            Close.To(p, row.Average(), 5 * Math.Sqrt(p * (1 - p) / Count) + 1e-6, $"input {x}");
            Assert.All(row, state => Assert.True(state is 0f or 1f));
        }
    }

    [Fact]
    public void The_fused_sigmoid_is_right_to_single_precision_at_every_length_and_size()
    {
        for (int length = 1; length < 40; length++)
        {
            float[] row = new float[2 * length], bias = new float[length];
            for (int i = 0; i < row.Length; i++) row[i] = -90f + 180f * i / row.Length;
            for (int i = 0; i < length; i++) bias[i] = 0.01f * i;
            double[] expected = [.. row.Select((x, i) => 1 / (1 + Math.Exp(-((double)(x + bias[i % length])))))];
            Logistic.Activate(row, bias);
            for (int i = 0; i < row.Length; i++)
                // four units in the last place of p, or of 1; e^−x is held at e^87 beyond
                Close.To(expected[i], row[i], 5e-7 * expected[i] + 2e-38, $"length {length}, place {i}");
        }
    }

    [Fact]
    public void Softplus_sums_agree_with_the_definition_at_every_length()
    {
        for (int length = 0; length < 20; length++)
        {
            float[] row = new float[length], bias = new float[length];
            for (int i = 0; i < length; i++) (row[i], bias[i]) = (-40f + 9f * i, 0.125f * i);
            double expected = Enumerable.Range(0, length).Sum(i => Math.Log(1 + Math.Exp(0.5 * (row[i] + bias[i]))));
            Close.To(expected, Logistic.SoftplusSum(row, bias, 0.5), 1e-13 * Math.Max(1.0, expected), $"length {length}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Long_chains_visit_words_as_often_as_the_law_says(ulong seed)
    {
        const int Chains = 4000, Times = 25;
        var machine = Machines.Random(6, 4, 1.0, seed);
        double[] law = Machines.Law(machine);
        var words = GibbsChains.FromCoins(machine, Chains, new Philox(seed)).Advance(100).Collect(Times, every: 10);
        var counts = new double[law.Length];
        for (int t = 0; t < words.Count; t++)
        {
            int state = 0;
            for (int i = 0; i < 6; i++) state |= words[t][i] << i;
            counts[state]++;
        }
        for (int state = 0; state < law.Length; state++)
            // ten sweeps leave words almost independent; five standard deviations, doubled for what dependence is left
            Close.To(law[state], counts[state] / words.Count, 10 * Math.Sqrt(law[state] / words.Count) + 1e-5, $"word {state}");
    }

    [Fact]
    public void The_states_do_not_depend_on_threads_or_on_how_the_sweeps_are_asked_for()
    {
        var machine = Machines.Random(37, 11, 0.6, 5);
        var one = GibbsChains.FromCoins(machine, 50, new Philox(8), threads: 1).Advance(20).Current;
        var many = GibbsChains.FromCoins(machine, 50, new Philox(8), threads: 5).Advance(7).Advance(13).Current;
        Assert.Equal(one.ToMatrix(), many.ToMatrix());
        Assert.NotEqual(one.ToMatrix(), GibbsChains.FromCoins(machine, 50, new Philox(9), threads: 1).Advance(20).Current.ToMatrix());
    }

    [Fact]
    public void A_stopped_chain_stands_after_a_whole_number_of_sweeps()
    {
        var machine = Machines.Random(8, 4, 0.6, 5);
        var chains = GibbsChains.FromCoins(machine, 10, new Philox(8)).Advance(3);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => chains.Advance(5, stop.Token));
        Assert.Equal(3, chains.Sweeps);
    }

    [Fact]
    public void Tempering_between_equal_machines_accepts_every_exchange()
    {
        var machine = Machines.Random(10, 5, 0.5, 2);
        var tempering = new TrajectoryTempering([machine, machine, machine], 20, new Philox(1)).Advance(5, sweepsPerRound: 2);
        Assert.All(tempering.Acceptance, share => Assert.Equal(1.0, share));
    }

    [Fact]
    public void Tempering_samples_the_last_machine_as_its_law_says()
    {
        var target = Machines.Random(6, 4, 1.6, 3);
        var start = Machines.Random(6, 4, 0.1, 3);
        var tempering = new TrajectoryTempering([start, Machines.Random(6, 4, 0.8, 3), target], 4000, new Philox(5)).Advance(40, sweepsPerRound: 5);
        double[] law = Machines.Law(target);
        double[] expected = [.. Enumerable.Range(0, 6).Select(i => law.Where((_, state) => ((state >> i) & 1) == 1).Sum())];
        double[] rates = tempering.Current().Rates();
        for (int i = 0; i < 6; i++)
            Close.To(expected[i], rates[i], 4 * Math.Sqrt(expected[i] * (1 - expected[i]) / 4000), $"neuron {i}");      // four standard errors
    }
}
