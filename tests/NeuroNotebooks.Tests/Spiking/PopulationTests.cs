using NeuroNotebooks.Cells;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Tests.Spiking;

public class PopulationTests
{
    [Theory]
    [InlineData(1), InlineData(7), InlineData(8), InlineData(17), InlineData(256)]
    public void Cells_of_a_population_fire_as_one_cell_alone(int count)
    {
        foreach (var scheme in new[] { IzhikevichScheme.HalfStep, IzhikevichScheme.SingleEuler, IzhikevichScheme.SequentialEuler, IzhikevichScheme.SubSteps(5) })
        {
            var population = new IzhikevichPopulation([.. Enumerable.Repeat(IzhikevichNeuron.FastSpiking, count)], scheme, -70.0);
            var alone = IzhikevichNeuron.FastSpiking.Simulate(CurrentProtocol.Constant(10.0), 60.0, 0.25, scheme, -70.0);
            float[] input = [.. Enumerable.Repeat(10f, count)];
            var fired = new int[count];
            var times = new List<double>();
            for (int k = 0; k < 240; k++)
            {
                int spikes = population.Step(input, 0.25, fired);
                Assert.True(spikes == 0 || spikes == count);
                if (spikes == 0) continue;
                times.Add(0.25 * k);
                Assert.Equal(Enumerable.Range(0, count), fired);
            }
            // single against double precision: a spike may fall one step of 0.25 ms aside
            Close.All(alone.Spikes, times, 0.26, scheme.Name);
        }
    }

    [Fact]
    public void Arrays_that_differ_and_numbers_that_are_none_are_refused()
    {
        float[] two = [0.02f, 0.02f], three = [0.2f, 0.2f, 0.2f];
        Assert.Equal("b", Assert.Throws<ArgumentException>(() => new IzhikevichPopulation(two, three, two, two, IzhikevichScheme.HalfStep)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new IzhikevichPopulation([], [], [], [], IzhikevichScheme.HalfStep)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyPopulation(LeakyNeuron.Typical, 0)).ParamName);
        var cells = new LeakyPopulation(LeakyNeuron.Typical, 20);
        var input = new float[20];
        input[17] = float.NaN;
        Assert.Contains("input contains NaN at cell 17", Assert.Throws<ArgumentException>(() => cells.Step(input, 1.0, new int[20])).Message);
        Assert.Contains("contains NaN at cell 17", Assert.Throws<ArgumentException>(() => new CurrentDrive(input)).Message);
        Assert.Equal("input", Assert.Throws<ArgumentException>(() => cells.Step(new float[3], 1.0, new int[20])).ParamName);
        Assert.Equal("fired", Assert.Throws<ArgumentException>(() => cells.Step(new float[20], 1.0, new int[3])).ParamName);
    }

    [Fact]
    public void A_step_too_long_names_the_cell_that_blew_up()
    {
        var cells = new IzhikevichPopulation([.. Enumerable.Repeat(IzhikevichNeuron.RegularSpiking, 20)], IzhikevichScheme.SingleEuler);
        var input = new float[20];
        input[13] = -900f;
        var error = Assert.Throws<UnstableIntegrationException>(() => cells.Step(input, 1.0, new int[20]));
        Assert.Contains("reduce the step", error.Message);
        Assert.Contains("cell 13", error.Message);
    }

    [Fact]
    public void Leaky_cells_fire_at_their_closed_form()
    {
        var cell = LeakyNeuron.Typical;
        var record = new SpikingNetwork(new LeakyPopulation(cell, 10), [], [], [new CurrentDrive([.. Enumerable.Repeat(30f, 10)])], 0.1).Run(4000.0);
        Close.To(1000.0 / cell.Rate(30.0), record.Spikes.Intervals(3).Average(), 0.2);      // up to two steps of 0.1 ms late a gap
    }

    [Fact]
    public void A_jump_weight_moves_a_leaky_cell_by_its_jump()
    {
        var cells = new LeakyPopulation(LeakyNeuron.Typical, 1);
        cells.Step([(float)cells.JumpWeight(0.5, 0.1)], 0.1, new int[1]);
        Close.To(-69.5, cells.Voltages[0], 1e-4);      // single precision at 70 mV
    }

    [Fact]
    public void Adaptive_cells_fire_as_one_alone()
    {
        var cell = AdaptiveExponentialNeuron.RegularSpiking;
        var alone = cell.Simulate(CurrentProtocol.Constant(900.0), 400.0, 0.05);
        var record = new SpikingNetwork(new AdaptiveExponentialPopulation(cell, 9), [], [], [new CurrentDrive([.. Enumerable.Repeat(900f, 9)])], 0.05).Run(400.0);
        Assert.True(alone.Spikes.Length > 5);
        Close.All(alone.Spikes, record.Spikes.Train(8), 0.25);      // rounding to single precision adds up over 8000 steps
    }
}
