using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class PlantedPopulationTests
{
    [Fact]
    public void The_planted_Ising_model_has_the_rates_and_edges_it_was_drawn_for()
    {
        var planted = PlantedIsing.Draw(new Philox(1), train: 6000, test: 2000);
        Assert.Equal((6000, 2000, 40), (planted.Train.Count, planted.Test.Count, planted.Train.Units));
        // 180 pairs inside at 0.35 and 600 across at 0.04: 87 edges, standard deviation 8
        Assert.InRange(planted.Edges, 55, 120);
        // targets lie in [0.05, 0.4]; 6000 words and a finite tuning leave a few hundredths
        Assert.All(planted.Train.Rates(), rate => Assert.InRange(rate, 0.02, 0.45));
    }

    [Fact]
    public void The_planted_assemblies_switch_on_and_off_within_areas()
    {
        var planted = PlantedAssemblies.Draw(new Philox(2), units: 200, assemblies: 12, bins: 6000);
        Assert.Equal((4500, 1500), (planted.Train.Count, planted.Test.Count));
        Assert.InRange(planted.Train.Rates().Average(), 0.07, 0.17);        // 0.115 at full length
        double[,] covariance = PopulationStatistics.Covariance(planted.Recording);
        double[,] areas = PopulationStatistics.AreaAverages(covariance, planted.Areas.AsSpan());
        double inside = Enumerable.Range(0, 6).Average(a => areas[a, a]);
        double across = Enumerable.Range(0, 6).Average(a => Enumerable.Range(0, 6).Where(b => b != a).Average(b => areas[a, b]));
        Assert.True(inside > 1.5 * across, $"{inside:g3} {across:g3}");
        double[] synchrony = [.. planted.Recording.Synchrony().Select(k => (double)k)];
        Assert.InRange(PopulationStatistics.Autocorrelation(synchrony, 2)[1], 0.5, 0.85);       // 0.69 at full length
    }

    [Fact]
    public void The_partition_function_of_assemblies_is_a_sum_over_each_of_them_alone()
    {
        var planted = PlantedAssemblies.Draw(new Philox(2), units: 50, assemblies: 9, bins: 100);
        Close.To(Partition.ExactByHidden(planted.Truth), planted.LogZ(), 1e-10);
    }

    [Fact]
    public void Planted_triplets_show_in_third_cumulants_and_hardly_in_pairs()
    {
        var planted = PlantedTriplets.Draw(new Philox(3));
        Assert.Equal(10, planted.Triplets.Distinct().Count());
        var others = PopulationStatistics.RandomTriplets(18, 200, new Philox(4)).Where(t => !planted.Triplets.Contains(t)).ToList();
        double planted3 = PopulationStatistics.ThirdCumulants(planted.Train, planted.Triplets).Average(Math.Abs);
        double others3 = PopulationStatistics.ThirdCumulants(planted.Train, others).Average(Math.Abs);
        Assert.True(planted3 > 3 * others3, $"{planted3:g3} {others3:g3}");
        // the truth is likelier than independent neurons by what the triplets carry
        Assert.True(planted.LogLikelihood(planted.Test) > IndependentModel.Fit(planted.Train).LogLikelihood(planted.Test) + 0.03);
    }

    [Fact]
    public void The_law_of_the_triplets_is_normalised()
    {
        var planted = PlantedTriplets.Draw(new Philox(3), train: 10, test: 10);
        double total = 0.0;
        for (int first = 0; first < 1 << 18; first += 1 << 14)
        {
            var words = new double[1 << 14, 18];
            for (int k = 0; k < 1 << 14; k++)
                for (int i = 0; i < 18; i++)
                    words[k, i] = ((first + k) >> i) & 1;
            var block = BinaryPatterns.From(words);
            for (int k = 0; k < block.Count; k++) total += Math.Exp(18 * planted.LogLikelihood(block.Slice(k, 1)));
        }
        Close.To(1.0, total, 1e-9);
    }
}
