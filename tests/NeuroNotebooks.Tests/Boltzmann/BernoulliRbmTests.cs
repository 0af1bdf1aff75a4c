using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class BernoulliRbmTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 64).Select(seed => (ulong)seed)];

    // derived by hand: Z = Σ_h (1 + e^(2h−1))² e^(−2h)
    [Fact]
    public void Two_neurons_and_one_hidden_unit_have_the_partition_function_of_the_sum_by_hand()
    {
        var machine = new BernoulliRbm(new double[,] { { 2 }, { 2 } }, [-1, -1], [-2]);
        Close.To(1.319670555596, Partition.ExactByHidden(machine), 1e-12);
        double byHand = Math.Log(Math.Pow(1 + Math.Exp(-1), 2) + Math.Exp(-2) * Math.Pow(1 + Math.Exp(1), 2));
        Close.To(byHand, Partition.ExactByHidden(machine), 1e-14);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_two_layers_agree_on_the_partition_function(ulong seed)
    {
        var machine = Machines.Random(12, 6, 0.8, seed);
        // 2^12 terms of size e^20 at most, each to 10⁻¹⁵
        Close.To(Partition.ExactByHidden(machine), Partition.ExactByVisible(machine), 1e-10, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Free_energies_give_the_law_that_brute_force_gives(ulong seed)
    {
        var machine = Machines.Random(7, 4, 1.0, seed);
        double logZ = Partition.ExactByHidden(machine);
        double[] law = [.. machine.FreeEnergies(Machines.AllWords(7)).Select(f => Math.Exp(-f - logZ))];
        Close.All(Machines.Law(machine), law, 1e-13, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Reading_a_hidden_unit_the_other_way_round_moves_ln_Z_by_its_field_alone(ulong seed)
    {
        var machine = Machines.Random(9, 5, 0.8, seed);
        int unit = (int)(seed % 5);
        var flipped = machine.WithHiddenFlipped(unit);
        // fields are single precision: b + W is rounded at 10⁻⁷, nine times
        Close.To(Partition.ExactByHidden(machine) - machine.HiddenFields[unit], Partition.ExactByHidden(flipped), 3e-6, $"seed {seed}");
        Close.All(Machines.Law(machine), Machines.Law(flipped), 1e-6, $"seed {seed}");
    }

    [Fact]
    public void Probabilities_of_either_layer_are_sigmoids_of_their_inputs()
    {
        var machine = new BernoulliRbm(new double[,] { { 1, -2 }, { 0.5, 3 } }, [0.25, -1], [0.5, -0.75]);
        double[,] h = machine.HiddenProbabilities(BinaryPatterns.From(new double[,] { { 1, 0 }, { 1, 1 } }));
        Close.To(1 / (1 + Math.Exp(-1.5)), h[0, 0], 1e-15);
        Close.To(1 / (1 + Math.Exp(2.75)), h[0, 1], 1e-15);
        Close.To(1 / (1 + Math.Exp(-0.25)), h[1, 1], 1e-15);
        double[,] v = machine.VisibleProbabilities(BinaryPatterns.From(new double[,] { { 1, 1 } }));
        Close.To(1 / (1 + Math.Exp(0.75)), v[0, 0], 1e-15);
        Close.To(1 / (1 + Math.Exp(-2.5)), v[0, 1], 1e-15);
    }

    [Fact]
    public void A_machine_without_weights_has_the_likelihood_of_independent_neurons()
    {
        double[] rates = [0.1, 0.3, 0.75];
        var machine = BernoulliRbm.FromRates(rates, hidden: 4, weightScale: 0.0, new Philox(1));
        var data = new IndependentModel([.. rates]).Sample(500, new Philox(2));
        // b is single precision
        Close.To(new IndependentModel([.. rates]).LogLikelihood(data), machine.LogLikelihood(data, Partition.ExactByHidden(machine)), 1e-7);
    }

    [Fact]
    public void Extreme_rates_are_held_within_what_a_field_can_say()
    {
        var machine = BernoulliRbm.FromRates([0.0, 1.0], hidden: 1, weightScale: 0.0, new Philox(1));
        Close.To(Math.Log(1e-4 / (1 - 1e-4)), machine.VisibleFields[0], 1e-6);
        Close.To(-Math.Log(1e-4 / (1 - 1e-4)), machine.VisibleFields[1], 1e-6);
    }

    [Fact]
    public void A_saved_machine_comes_back_bit_for_bit()
    {
        var machine = Machines.Random(5, 3, 1.0, 4);
        using var stream = new MemoryStream();
        machine.Save(stream);
        stream.Position = 0;
        var loaded = BernoulliRbm.Load(stream);
        Assert.Equal(machine.Weights.ToArray(), loaded.Weights.ToArray());
        Assert.Equal(machine.VisibleFields.ToArray(), loaded.VisibleFields.ToArray());
        Assert.Equal(machine.HiddenFields.ToArray(), loaded.HiddenFields.ToArray());
    }

    [Fact]
    public void A_damaged_machine_is_refused_wherever_the_damage_is()
    {
        using var stream = new MemoryStream();
        Machines.Random(5, 3, 1.0, 4).Save(stream);
        byte[] sound = stream.ToArray();
        for (int at = 0; at < sound.Length; at++)
        {
            byte[] changed = [.. sound];
            changed[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => BernoulliRbm.Load(new MemoryStream(changed)));
            Assert.Throws<InvalidDataException>(() => BernoulliRbm.Load(new MemoryStream(sound[..at])));
        }
    }

    [Fact]
    public void Words_are_zeros_and_ones_and_the_error_says_where_they_are_not()
    {
        var error = Assert.Throws<ArgumentException>(() => BinaryPatterns.From(new double[,] { { 0, 1 }, { 1, 3 } }));
        Assert.Contains("value 3 at bin 1, neuron 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new BernoulliRbm(new double[2, 1], [0.0], [0.0]));
        Assert.Throws<ArgumentException>(() => new BernoulliRbm(new double[2, 1], [0.0, 0.0], [0.0, 0.0]));
        Assert.Throws<ArgumentException>(() => new BernoulliRbm(new double[0, 1], [], [0.0]));
        Assert.Throws<ArgumentException>(() => new BernoulliRbm(new double[,] { { double.NaN } }, [0.0], [0.0]));
        Assert.Throws<ArgumentException>(() => Machines.Random(3, 2, 1.0, 1).FreeEnergies(Machines.AllWords(2)));
        Assert.Throws<ArgumentException>(() => Partition.ExactByHidden(Machines.Random(2, 25, 1.0, 1)));
    }
}
