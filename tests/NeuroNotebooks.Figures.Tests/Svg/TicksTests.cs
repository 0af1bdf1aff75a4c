using FsCheck;
using FsCheck.Fluent;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

public class TicksTests
{
    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { seed });

    [Theory, MemberData(nameof(Seeds))]
    public void Ticks_lie_in_the_range_evenly_and_read_differently(int seed)
    {
        var random = new Random(seed);
        double size = Math.Pow(10.0, random.NextDouble() * 24.0 - 12.0), from = (random.NextDouble() - 0.5) * size, to = from + random.NextDouble() * size + 1e-3 * size;
        double pieces = 2.0 + 8.0 * random.NextDouble(), step = Ticks.RoundStep(to - from, pieces);
        double[] ticks = Ticks.Multiples(from, to, step);

        Assert.True(ticks.Length <= pieces + 1.0, $"seed {seed}: {ticks.Length} ticks for {pieces} pieces");
        Assert.True(ticks.Length >= Math.Floor(pieces / 2.5), $"seed {seed}: only {ticks.Length} ticks for {pieces} pieces");     // neighbouring steps differ at most by 2.5
        Assert.All(ticks, t => Assert.InRange(t, from - 1e-8 * step, to + 1e-8 * step));
        for (int i = 1; i < ticks.Length; i++) NeuroNotebooks.TestSupport.Close.To(step, ticks[i] - ticks[i - 1], 1e-6 * step, $"seed {seed}");

        double mantissa = step / Math.Pow(10.0, Math.Floor(Math.Log10(step) + 1e-9));
        Assert.Contains(new[] { 1.0, 2.0, 2.5, 5.0 }, m => Math.Abs(m - mantissa) < 1e-6);
        string[] labels = NumberFormat.Series(ticks, step, "power");
        Assert.Equal(labels.Length, labels.Distinct().Count());
    }

    [Fact]
    public void Round_steps_grow_with_the_span() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<PositiveInt>(), (a, n) =>
        {
            double span = Math.Abs(a.Get) + 1e-6, pieces = Math.Min(n.Get, 40);
            double step = Ticks.RoundStep(span, pieces);
            return step >= span / pieces * (1.0 - 1e-8) && step <= 2.5001 * span / pieces && Ticks.RoundStep(2.0 * span, pieces) >= step;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.0, 1.0, 5, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-1.0, 1.0, 4, "−1 −0.5 0 0.5 1")]
    [InlineData(0.0, 10.0, 4, "0 2.5 5 7.5 10")]
    [InlineData(0.0, 2e6, 4, "0 5×10<sup>5</sup> 10×10<sup>5</sup> 15×10<sup>5</sup> 20×10<sup>5</sup>")]
    [InlineData(0.0, 3e9, 3, "0 10<sup>9</sup> 2×10<sup>9</sup> 3×10<sup>9</sup>")]
    [InlineData(0.0, 4e-7, 4, "0 10<sup>−7</sup> 2×10<sup>−7</sup> 3×10<sup>−7</sup> 4×10<sup>−7</sup>")]
    [InlineData(1000.0, 1004.0, 4, "1000 1001 1002 1003 1004")]
    [InlineData(0.0, 0.003, 3, "0 0.001 0.002 0.003")]
    public void Known_ranges_get_the_labels_a_printer_would_choose(double from, double to, double pieces, string expected)
    {
        double step = Ticks.RoundStep(to - from, pieces);
        Assert.Equal(expected, string.Join(' ', NumberFormat.Series(Ticks.Multiples(from, to, step), step, "power")));
    }

    [Theory]
    [InlineData("none", 2e6, "0 1000000 2000000")]
    [InlineData("e", 2e6, "0 1e+6 2e+6")]
    [InlineData("E", 2e-6, "0 1E−6 2E−6")]
    [InlineData("SI", 2e6, "0 1M 2M")]
    [InlineData("B", 2e9, "0 1B 2B")]
    [InlineData("SI", 2e-9, "0 1n 2n")]
    public void Exponents_are_written_as_the_axis_asks(string format, double to, string expected) =>
        Assert.Equal(expected, string.Join(' ', NumberFormat.Series([0.0, to / 2.0, to], to / 2.0, format)));

    [Fact]
    public void A_step_that_would_give_too_many_ticks_gives_none()
    {
        Assert.Empty(Ticks.Multiples(0.0, 1e9, 1e-3));
        Assert.Empty(Ticks.Multiples(0.0, 1.0, -1.0));
        Assert.Empty(Ticks.Multiples(0.0, 1.0, double.NaN));
        Assert.Empty(Ticks.Digits(-1e9, 1e9, 1, 2, 5));
    }

    [Fact]
    public void Decades_are_skipped_when_there_are_many()
    {
        Assert.Equal([-3.0, -2.0, -1.0, 0.0, 1.0], Ticks.Decades(-3.0, 1.0, 6.0));
        Assert.Equal([-12.0, -8.0, -4.0, 0.0], Ticks.Decades(-12.0, 0.0, 3.0));
    }

    [Fact]
    public void Digits_of_a_decade_are_at_their_logarithms()
    {
        double[] ticks = Ticks.Digits(0.0, 2.0, 1, 2, 5);
        NeuroNotebooks.TestSupport.Close.All([0.0, Math.Log10(2.0), Math.Log10(5.0), 1.0, Math.Log10(20.0), Math.Log10(50.0), 2.0], ticks, absolute: 1e-12);
    }

    [Theory]
    [InlineData(".2f", 1.005, "1.00")]
    [InlineData(".0%", 0.256, "26%")]
    [InlineData(",d", 1234567.0, "1,234,567")]
    [InlineData("+.1f", 3.0, "+3.0")]
    [InlineData(".3s", 12345.0, "12.3k")]
    [InlineData("~s", 1500.0, "1.5k")]
    [InlineData(".2e", -12345.0, "−1.23e+4")]
    [InlineData(".3g", 0.000012345, "0.0000123")]
    [InlineData(".3g", 1234567.0, "1.23e+6")]
    [InlineData(".2r", 0.01234, "0.012")]
    [InlineData(".2r", 1234.0, "1200")]
    [InlineData(".1p", 0.123, "10%")]
    [InlineData("5.1f", 2.26, "2.3")]
    [InlineData("", 2.5, "2.5")]
    [InlineData(".1f", -0.01, "0.0")]
    [InlineData(",", 12345.5, "12,345.5")]
    public void A_d3_format_is_followed(string format, double value, string expected) => Assert.Equal(expected, D3Format.Format(format, value));

    [Theory]
    [InlineData("%Y-%m")]
    [InlineData(".2z")]
    [InlineData(".99f")]
    public void A_format_that_is_none_is_left_to_the_axis(string format) => Assert.Null(D3Format.Format(format, 1.0));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1234.5678, "1235")]
    [InlineData(0.00001, "10<sup>−5</sup>")]
    [InlineData(-2.5e8, "−2.5×10<sup>8</sup>")]
    [InlineData(-1e8, "−10<sup>8</sup>")]
    [InlineData(0.5, "0.5")]
    public void A_single_number_is_written_short(double value, string expected) => Assert.Equal(expected, NumberFormat.Short(value));
}
