using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Tests.Cells;

public class FiringPatternTests
{
    /// <summary>Spikes, the first spike and the first gaps with the public program's steps of 0.25 ms; derived with a second implementation.</summary>
    public static TheoryData<string, int, double, double[]> Published => new()
    {
        { "RS", 5, 18.25, [6.0, 30.25, 33.25, 33.25] },
        { "IB", 7, 18.75, [2.5, 3.75, 33.25, 29.5] },
        { "CH", 15, 19.0, [1.75, 2.0, 2.25, 2.5] },
        { "FS", 15, 19.0, [5.0, 7.5, 8.75, 8.75] },
        { "TC", 4, 39.5, [14.0, 29.5, 37.25] },
        { "TC rebound", 5, 51.0, [5.0, 5.75, 7.25, 10.75] },
        { "RZ", 2, 62.75, [4.75] },
        { "LTS", 18, 28.0, [3.5, 4.25, 5.75, 8.75] },
    };

    public static TheoryData<string, int, double[]> Converged => new()
    {
        { "RS", 6, [5.30, 29.08, 32.42] },
        { "IB", 7, [2.01, 2.89, 31.08, 28.51] },
        { "CH", 17, [1.36, 1.48, 1.64, 1.84] },
        { "FS", 19, [3.97, 5.50, 6.88, 7.34] },
        { "TC", 6, [11.4, 16.0, 23.2] },
        { "TC rebound", 7, [4.21, 4.72, 5.42] },
        { "RZ", 2, [3.02] },
        { "LTS", 20, [2.95, 3.58, 4.63] },
    };

    [Theory, MemberData(nameof(Published))]
    public void The_catalogue_fires_as_the_public_program_does(string name, int spikes, double first, double[] gaps)
    {
        var trace = FiringPattern.Catalogue.Single(pattern => pattern.Name == name).Simulate();
        Assert.Equal(spikes, trace.Spikes.Length);
        Assert.Equal(first, trace.Spikes[0]);
        Assert.Equal(gaps, trace.Intervals.Take(gaps.Length));
    }

    [Theory, MemberData(nameof(Converged))]
    public void With_a_fine_step_it_fires_otherwise(string name, int spikes, double[] gaps)
    {
        var trace = FiringPattern.Catalogue.Single(pattern => pattern.Name == name).Simulate(0.01);
        Assert.Equal(spikes, trace.Spikes.Length);
        Close.All(gaps, [.. trace.Intervals.Take(gaps.Length)], 0.051);     // printed to 0.01 or 0.1 ms
    }

    [Theory]
    [InlineData("RS"), InlineData("IB"), InlineData("CH"), InlineData("FS"), InlineData("TC"), InlineData("RZ"), InlineData("LTS")]
    public void Every_type_of_the_catalogue_is_recognised(string name)
    {
        foreach (var pattern in FiringPattern.Catalogue.Where(pattern => pattern.Name == name))
            Assert.Equal(name, FiringFeatures.Measure(pattern.Cell).Verdict);
    }

    [Fact]
    public void Jittered_cells_are_told_apart_far_better_than_by_chance()
    {
        var quiz = CellQuiz.Run(200, new NeuroNotebooks.Numerics.Philox(7));
        Assert.Equal(200, quiz.Confusion.Cast<int>().Sum());
        Assert.True(quiz.Score > 0.8, $"score {quiz.Score}");       // chance: 1/7
    }

    [Fact]
    public void A_quiz_needs_a_draw()
    {
        Assert.Equal("draws", Assert.Throws<ArgumentOutOfRangeException>(() => CellQuiz.Run(0, new NeuroNotebooks.Numerics.Philox(7))).ParamName);
    }
}
