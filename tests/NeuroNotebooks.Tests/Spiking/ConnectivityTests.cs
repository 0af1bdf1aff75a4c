using NeuroNotebooks.Numerics;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Tests.Spiking;

public class ConnectivityTests
{
    [Theory]
    [InlineData(3000, 10), InlineData(3000, 1499), InlineData(3000, 1501), InlineData(3000, 2990), InlineData(70, 70), InlineData(70, 0)]
    public void Every_source_has_as_many_different_targets_and_weights_below_its_scale(int cells, int degree)
    {
        float[] scales = [.. Enumerable.Range(0, cells).Select(j => j % 2 == 0 ? 0.5f : -1f)];
        var synapses = SparseConnectivity.FixedOutDegree(cells, degree, scales, new Philox(3), blocks: 3);
        Assert.Equal((long)cells * degree, synapses.Synapses);
        foreach (int j in new[] { 0, 1, cells - 1 })
        {
            float[] row = [.. Enumerable.Range(0, cells).Select(i => synapses.Weight(j, i))];
            // no weight is zero and a target that came twice would leave one fewer
            Assert.Equal(degree, row.Count(weight => weight != 0f));
            Assert.Equal(degree, synapses.OutDegree(j));
            Assert.All(row, weight => Assert.InRange(weight / scales[j], 0f, 1f));
        }
    }

    [Fact]
    public void Blocks_change_no_synapse()
    {
        float[] scales = [.. Enumerable.Repeat(1f, 4000)];
        var one = SparseConnectivity.FixedOutDegree(4000, 50, scales, new Philox(3), blocks: 1);
        var four = SparseConnectivity.FixedOutDegree(4000, 50, scales, new Philox(3), blocks: 4);
        Assert.Equal((1, 4), (one.Blocks, four.Blocks));
        for (int k = 0; k < 4000; k++) Assert.Equal(one.Weight(17, k), four.Weight(17, k));
    }

    [Fact]
    public void Targets_and_weights_are_uniform_and_in_degrees_are_binomial()
    {
        const int Cells = 5000, Degree = 100;
        float[] scales = [.. Enumerable.Repeat(1f, Cells)];
        var synapses = SparseConnectivity.FixedOutDegree(Cells, Degree, scales, new Philox(9), blocks: 2);
        var received = new float[SpikingPopulation.Padded(Cells)];
        synapses.Deliver([.. Enumerable.Range(0, Cells)], 0, received.Length, received);
        double mean = received.Take(Cells).Average(x => x), variance = received.Take(Cells).Average(x => (x - mean) * (x - mean));
        // a sum of Binomial(5000, 0.02) weights: mean 50, variance 100 (1/12 + 0.98/4) = 32.8
        Close.To(50.0, mean, 5.0 * Math.Sqrt(1.0 / 12.0 * Cells * Degree) / Cells);     // the number of synapses is fixed: only weights vary
        Close.To(32.8, variance, 5.0 * 32.8 * Math.Sqrt(2.0 / Cells));
    }

    [Fact]
    public void A_synapse_takes_six_bytes()
    {
        float[] scales = [.. Enumerable.Repeat(1f, 20_000)];
        var synapses = SparseConnectivity.FixedOutDegree(20_000, 1000, scales, new Philox(9));
        Assert.InRange((double)synapses.Bytes / synapses.Synapses, 6.0, 6.1);
        Assert.Equal(4.0 * 16 * 10, DenseConnectivity.Of(new float[10, 10]).Bytes);     // rows are padded to sixteen
    }

    [Fact]
    public void A_block_of_65536_targets_is_addressed_to_its_last_cell()
    {
        var synapses = SparseConnectivity.Of(70_000, [(0, 65_535, 1f), (0, 65_536, 2f), (69_999, 69_999, 3f), (5, 0, 4f), (5, 0, 1f)], blocks: 1);
        Assert.Equal(2, synapses.Blocks);
        Assert.Equal([1f, 2f, 3f, 5f, 0f], [synapses.Weight(0, 65_535), synapses.Weight(0, 65_536), synapses.Weight(69_999, 69_999), synapses.Weight(5, 0), synapses.Weight(5, 1)]);
    }

    [Fact]
    public void Impossible_networks_are_refused()
    {
        Assert.Equal("cells", Assert.Throws<ArgumentOutOfRangeException>(() => SparseConnectivity.FixedOutDegree(0, 0, [], new Philox(1))).ParamName);
        Assert.Equal("outDegree", Assert.Throws<ArgumentOutOfRangeException>(() => SparseConnectivity.FixedOutDegree(2, -1, [1f, 1f], new Philox(1))).ParamName);
        Assert.Equal("outDegree", Assert.Throws<ArgumentOutOfRangeException>(() => SparseConnectivity.FixedOutDegree(2, 3, [1f, 1f], new Philox(1))).ParamName);
        var large = new float[1 << 20];
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SparseConnectivity.FixedOutDegree(large.Length, 1 << 19, large, new Philox(1)));
        Assert.Contains("2³¹", error.Message);
        Assert.Equal("scales", Assert.Throws<ArgumentException>(() => SparseConnectivity.FixedOutDegree(2, 1, [1f, float.NaN], new Philox(1))).ParamName);
        Assert.Equal("synapses", Assert.Throws<ArgumentException>(() => SparseConnectivity.Of(2, [(0, 2, 1f)])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => DenseConnectivity.Of(new float[2, 3])).ParamName);
    }

    [Fact]
    public void Drawing_a_large_network_can_be_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        SparseConnectivity.FixedOutDegree(50_000, 1000, new float[50_000], new Philox(1), cancellation: new CancellationToken(true)));
}
