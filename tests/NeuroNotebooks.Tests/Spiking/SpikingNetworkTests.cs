using NeuroNotebooks.Cells;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Tests.Spiking;

public class SpikingNetworkTests
{
    private static readonly CortexOptions Sparse = new() { Excitatory = 4000, Inhibitory = 1000, OutDegree = 500 };

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(5)]
    public void One_seed_gives_one_raster_whatever_the_number_of_threads_and_blocks(int threads)
    {
        var reference = Cortex.Network(Sparse).Run(300.0, new RecordingOptions { Synchrony = true, SynchronyFrom = 50.0 }, threads: 1);
        var synapses = SparseConnectivity.FixedOutDegree(5000, 500, Scales(4000, 1000), new Philox(1).Child(1), blocks: threads);
        var network = Cortex.Network(Sparse);
        var same = new SpikingNetwork(Cells(network), network.Groups, [new Projection(synapses)], network.Drives)
            .Run(300.0, new RecordingOptions { Synchrony = true, SynchronyFrom = 50.0 }, threads);
        Assert.True(reference.Spikes.Count > 5000);
        Assert.Equal(reference.Spikes.Times.AsEnumerable(), same.Spikes.Times);
        Assert.Equal(reference.Spikes.Cells.AsEnumerable(), same.Spikes.Cells);
        Assert.Equal(reference.Synchrony.Value, same.Synchrony.Value);
    }

    [Fact]
    public void Dense_connections_on_several_threads_agree_too_and_a_network_can_be_run_again()
    {
        var options = new CortexOptions { Excitatory = 2000, Inhibitory = 500, ExcitatoryWeight = 0.2, InhibitoryWeight = 0.4 };
        var network = Cortex.Network(options);
        var first = network.Run(150.0, threads: 1);
        var second = network.Run(150.0, threads: 3);
        Assert.True(first.Spikes.Count > 500);
        Assert.Equal(first.Spikes.Times.AsEnumerable(), second.Spikes.Times);
        Assert.Equal(first.Spikes.Cells.AsEnumerable(), second.Spikes.Cells);
        Assert.NotEqual(first.Spikes.Cells.AsEnumerable(), Cortex.Network(options with { NoiseSeed = 2 }).Run(150.0).Spikes.Cells);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void The_engine_does_what_the_papers_program_does(bool halfStep)
    {
        const int Cells = 200, Steps = 400;
        var scheme = halfStep ? IzhikevichScheme.HalfStep : IzhikevichScheme.SingleEuler;
        var options = new CortexOptions { Excitatory = 160, Inhibitory = 40, ExcitatoryWeight = 2.0, InhibitoryWeight = 2.0, Scheme = scheme };
        var network = Cortex.Network(options);
        var spikes = network.Run(Steps).Spikes;
        Assert.True(spikes.Count > 300);
        Assert.Equal(PlainProgram(network, halfStep, Cells, Steps), spikes.Times.Zip(spikes.Cells, (time, cell) => ((int)time, cell)));
    }

    /// <summary>The public program, loop by loop, cell by cell; spikes bear the step that made them.</summary>
    private static List<(int Step, int Cell)> PlainProgram(SpikingNetwork network, bool halfStep, int count, int steps)
    {
        var cells = Cells(network);
        var synapses = network.Projections[0].Synapses;
        float[] v = [.. cells.Voltages], u = [.. cells.Recoveries], arriving = new float[count];
        var found = new List<(int, int)>();
        for (int t = 0; t < steps; t++)
        {
            var input = new float[SpikingPopulation.Padded(count)];
            arriving.CopyTo(input, 0);
            network.Drives[0].Add(t, 1.0, 0, input.Length, input);
            for (int i = 0; i < count; i++)
            {
                var (a, b) = ((float)cells.Cell(i).A, (float)cells.Cell(i).B);
                float old = v[i];
                if (halfStep)
                {
                    v[i] += 0.5f * ((v[i] * 0.04f + 5f) * v[i] + 140f - u[i] + input[i]);
                    v[i] += 0.5f * ((v[i] * 0.04f + 5f) * v[i] + 140f - u[i] + input[i]);
                    u[i] += a * (b * v[i] - u[i]);
                }
                else
                {
                    v[i] += (v[i] * 0.04f + 5f) * v[i] + 140f - u[i] + input[i];
                    u[i] += a * (b * old - u[i]);
                }
            }
            Array.Clear(arriving);
            for (int j = 0; j < count; j++)
            {
                if (v[j] < 30f) continue;
                found.Add((t, j));
                v[j] = (float)cells.Cell(j).C;
                u[j] += (float)cells.Cell(j).D;
                for (int i = 0; i < count; i++) arriving[i] += synapses.Weight(j, i);
            }
        }
        return found;
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(7)]
    public void A_spike_is_felt_after_its_delay_and_for_one_step(int delay)
    {
        var kick = new float[] { 1000f, 0f };
        var network = Pair(new Projection(SparseConnectivity.Of(2, [(0, 1, 4f)]), delay), kick);
        var record = network.Run(20.0, new RecordingOptions { TracedCells = [1] });
        Assert.Equal(0.0, Assert.Single(record.Spikes.Times));
        var v = record.Traces[0].Voltages;
        Assert.All(v.Take(delay), value => Close.To(-70.0, value, 1e-4));       // single precision at 70 mV
        Assert.True(v[delay] > -67.0, $"{v[delay]}");                             // 4 mV/ms in two half steps
        Assert.Equal(1, record.SynapticEvents);
    }

    [Fact]
    public void With_a_synaptic_time_constant_what_arrived_decays()
    {
        var kick = new float[] { 1000f, 0f };
        const int Steps = 40;
        var cell = new LeakyNeuron(10.0, 0.0, 20.0, 0.0, 0.0);
        var network = new SpikingNetwork(
            new LeakyPopulation(cell, 2), [], [new Projection(SparseConnectivity.Of(2, [(0, 1, 8f)]))], [new CurrentDrive(kick, 0.0, 1.0)], 1.0, 5.0);
        var v = network.Run(Steps, new RecordingOptions { TracedCells = [1] }).Traces[0].Voltages;
        double expected = 0.0, current = 8.0, keep = Math.Exp(-0.1);
        for (int t = 1; t < Steps; t++, current *= Math.Exp(-0.2))
        {
            expected = current + (expected - current) * keep;
            Close.To(expected, v[t], 1e-4, $"step {t}");      // single precision over 40 steps
        }
    }

    [Fact]
    public void A_drive_is_felt_between_its_times_even_by_leaky_cells_with_slow_synapses()
    {
        var drive = new CurrentDrive([10f], 5.0, 8.0);
        var network = new SpikingNetwork(new LeakyPopulation(LeakyNeuron.Typical, 1), [], [], [drive], 1.0, 5.0);
        var v = network.Run(12.0, new RecordingOptions { TracedCells = [0] }).Traces[0].Voltages;
        double peak = -70.0 + 10.0 * (1.0 - Math.Exp(-3.0 / 20.0));
        Close.To(-70.0, v[4], 1e-5);
        Close.To(peak, v[7], 1e-4);
        Close.To(-70.0 + (peak + 70.0) * Math.Exp(-2.0 / 20.0), v[9], 1e-4);
    }

    [Fact]
    public void Relabelled_cells_fire_the_same_spikes()
    {
        const int Cells = 300;
        var random = new Philox(5);
        // sums of multiples of 2⁻⁸ are exact in any order, so that relabelling cannot even change a rounding
        var weights = new float[Cells, Cells];
        var currents = new float[Cells];
        for (int j = 0; j < Cells; j++)
        {
            currents[j] = 3f + 5f * random.UniformSingle((ulong)j);
            for (int i = 0; i < Cells; i++)
                weights[j, i] = (j < 240 ? 1f : -2f) * (int)(256 * random.Substream(1).UniformSingle((ulong)(j * Cells + i))) / 256f;
        }
        int[] place = [.. random.Permutation(2, 240), .. Enumerable.Range(240, 60).Reverse()];
        var moved = new float[Cells, Cells];
        var movedCurrents = new float[Cells];
        for (int j = 0; j < Cells; j++)
        {
            movedCurrents[place[j]] = currents[j];
            for (int i = 0; i < Cells; i++) moved[place[j], place[i]] = weights[j, i];
        }

        var one = Run(weights, currents).Spikes;
        var other = Run(moved, movedCurrents).Spikes;
        Assert.True(one.Count > 500);
        Assert.Equal(one.Times.AsEnumerable(), other.Times);
        for (int j = 0; j < Cells; j++) Assert.Equal(one.Train(j).AsEnumerable(), other.Train(place[j]));

        NetworkRecord Run(float[,] w, float[] i) => new SpikingNetwork(
            new IzhikevichPopulation([.. Enumerable.Repeat(IzhikevichNeuron.RegularSpiking, Cells)], IzhikevichScheme.HalfStep),
            [], [new Projection(DenseConnectivity.Of(w))], [new CurrentDrive(i)]).Run(500.0);
    }

    [Fact]
    public void Dense_and_sparse_connections_with_the_same_weights_agree_to_the_last_bit()
    {
        var network = Cortex.Network();
        var dense = network.Projections[0].Synapses;
        var all = from j in Enumerable.Range(0, 1000) from i in Enumerable.Range(0, 1000) select (j, i, dense.Weight(j, i));
        var sparse = new SpikingNetwork(Cells(network), network.Groups, [new Projection(SparseConnectivity.Of(1000, all))], network.Drives);
        Assert.Equal(network.Run(200.0).Spikes.Cells.AsEnumerable(), sparse.Run(200.0).Spikes.Cells);
    }

    [Fact]
    public void Without_noise_and_weights_the_network_falls_silent()
    {
        var record = Cortex.Network(new CortexOptions { ExcitatoryWeight = 0.0, InhibitoryWeight = 0.0, ExcitatoryNoise = 0.0, InhibitoryNoise = 0.0 }).Run(1000.0);
        Assert.DoesNotContain(record.Spikes.Times, time => time > 100.0);
    }

    [Fact]
    public void A_full_record_stops_keeping_spikes_but_goes_on_counting_them()
    {
        var network = Cortex.Network();
        var all = network.Run(300.0);
        var some = network.Run(300.0, new RecordingOptions { MaxSpikes = 100 });
        Assert.Equal(100, some.Spikes.Count);
        Assert.Equal(all.Spikes.Count, some.Spikes.Count + some.SpikesLeftOut);
        Assert.Equal(all.Counts[0].AsEnumerable(), some.Counts[0]);
        Assert.Equal(all.Spikes.Count, all.Counts.Sum(group => group.Sum()));
        Assert.Equal(all.Spikes.PopulationCount(all.Spikes.Group("E")).AsEnumerable(), all.Counts[0].Select(count => (double)count));
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void A_run_tells_its_progress_and_can_be_cancelled(int threads)
    {
        var told = new Told();
        var network = Cortex.Network(Sparse);
        network.Run(200.0, threads: threads, progress: told);
        Assert.Equal(100, told.Parts.Count);
        Assert.Equal(1.0, told.Parts[^1]);
        Assert.Equal(told.Parts.Order(), told.Parts);

        using var source = new CancellationTokenSource();
        var stopper = new Told { At = 0.25, Then = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => network.Run(200.0, threads: threads, progress: stopper, cancellation: source.Token));
        Assert.True(stopper.Parts[^1] < 0.5);
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void An_unstable_run_says_so_on_any_number_of_threads(int threads)
    {
        var network = Cortex.Network(Sparse with { Step = 25.0, Scheme = IzhikevichScheme.SingleEuler });
        Assert.Contains("reduce the step", Assert.Throws<UnstableIntegrationException>(() => network.Run(5000.0, threads: threads)).Message);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        var cells = new LeakyPopulation(LeakyNeuron.Typical, 3000);
        var three = new CurrentDrive(new float[3]);
        Assert.Equal("drives", Assert.Throws<ArgumentException>(() => new SpikingNetwork(cells, [], [], [three])).ParamName);
        Assert.Equal("projections", Assert.Throws<ArgumentException>(() =>
            new SpikingNetwork(cells, [], [new Projection(SparseConnectivity.Of(2, []))], [])).ParamName);
        Projection[] cut = [new(SparseConnectivity.Of(3000, [], blocks: 1)), new(SparseConnectivity.Of(3000, [], blocks: 2))];
        Assert.Contains("different blocks", Assert.Throws<ArgumentException>(() => new SpikingNetwork(cells, [], cut, [])).Message);
        Assert.Equal("groups", Assert.Throws<ArgumentException>(() => new SpikingNetwork(cells, [new CellGroup("far", 2990, 20)], [], [])).ParamName);
        Assert.Equal("Delay", Assert.Throws<ArgumentOutOfRangeException>(() => new Projection(SparseConnectivity.Of(2, []), 0)).ParamName);
        var network = new SpikingNetwork(cells, [], [], []);
        Assert.Equal("TracedCells", Assert.Throws<ArgumentOutOfRangeException>(() => network.Run(1.0, new RecordingOptions { TracedCells = [3000] })).ParamName);
        Assert.Equal("duration", Assert.Throws<ArgumentOutOfRangeException>(() => network.Run(1e12)).ParamName);
        Assert.Equal("Excitatory", Assert.Throws<ArgumentOutOfRangeException>(() => Cortex.Network(new CortexOptions { Excitatory = 0 })).ParamName);
    }

    private static SpikingNetwork Pair(Projection projection, float[] kick)
    {
        IzhikevichNeuron[] cells = [IzhikevichNeuron.RegularSpiking, IzhikevichNeuron.RegularSpiking];
        return new SpikingNetwork(new IzhikevichPopulation(cells, IzhikevichScheme.HalfStep, -70.0), [], [projection], [new CurrentDrive(kick, 0.0, 1.0)]);
    }

    /// <summary>The population of a network at its start.</summary>
    private static IzhikevichPopulation Cells(SpikingNetwork network) => (IzhikevichPopulation)network.CopyOfCells();

    private static float[] Scales(int excitatory, int inhibitory) => [.. Enumerable.Repeat(0.5f, excitatory), .. Enumerable.Repeat(-1f, inhibitory)];

    private sealed class Told : IProgress<double>
    {
        public List<double> Parts { get; } = [];
        public double At { get; init; } = double.PositiveInfinity;
        public Action Then { get; init; } = () => { };

        public void Report(double value)
        {
            Parts.Add(value);
            if (value >= At) Then();
        }
    }
}
