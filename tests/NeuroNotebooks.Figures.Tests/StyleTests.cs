namespace NeuroNotebooks.Figures.Tests;

public class StyleTests
{
    private static readonly Color[] Meanings =
        [Palette.Excitatory, Palette.Inhibitory, Palette.Astrocyte, Palette.Model, Palette.Data, Palette.Reference];

    // Linear-RGB matrices at full severity: Machado, Oliveira and Fernandes, IEEE Trans. Vis. Comput. Graph. 15:1291 (2009), Table 1.
    public static TheoryData<string, double[]> Visions => new()
    {
        { "full", [1, 0, 0, 0, 1, 0, 0, 0, 1] },
        { "protanopia", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998] },
        { "deuteranopia", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881] },
        { "tritanopia", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900] },
    };

    private static double[] Linear(Color color) => [.. new[] { color.Red, color.Green, color.Blue }
        .Select(c => c / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

    private static double[] Times(double[] matrix, double[] v) =>
        [.. Enumerable.Range(0, 3).Select(i => matrix[3 * i] * v[0] + matrix[3 * i + 1] * v[1] + matrix[3 * i + 2] * v[2])];

    private static double[] Lab(double[] linear)
    {
        double[] xyz = Times([0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920, 0.9503041],
            [.. linear.Select(c => Math.Clamp(c, 0.0, 1.0))]);
        static double F(double t) => t > 216.0 / 24389.0 ? Math.Cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
        (double x, double y, double z) = (F(xyz[0] / 0.95047), F(xyz[1]), F(xyz[2] / 1.08883));
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum());

    private static double Contrast(Color color)
    {
        double[] c = Linear(color);
        return 1.05 / (0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05);
    }

    private static double Closest(IReadOnlyList<Color> colors, double[] vision)
    {
        double[][] seen = [.. colors.Select(color => Lab(Times(vision, Linear(color))))];
        return (from i in Enumerable.Range(0, seen.Length) from j in Enumerable.Range(0, i) select Distance(seen[i], seen[j])).Min();
    }

    [Theory, MemberData(nameof(Visions))]
    public void Colours_with_a_meaning_stay_apart_for_every_reader(string vision, double[] matrix)
    {
        Assert.True(Closest(Meanings, matrix) > 25.0, vision);
        Assert.True(Closest(Palette.Sequence, matrix) > 18.0, vision);
    }

    [Fact]
    public void The_test_of_colours_sees_red_and_green_meet() =>
        Assert.True(Closest([Color.FromHex("#8F7A00"), Color.FromHex("#5F8A1A")],
            [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]) < 18.0);

    [Fact]
    public void Colours_with_a_meaning_read_on_white() => Assert.All(Meanings, color =>
        Assert.True(Contrast(color) >= 3.0, $"{color}: {Contrast(color)}"));

    [Fact]
    public void Text_reads_on_white() => Assert.True(Contrast(Theme.Text) > 7.0);

    [Theory, MemberData(nameof(Visions))]
    public void The_sequential_scale_grows_lighter_all_along(string vision, double[] matrix)
    {
        double[] light = [.. Enumerable.Range(0, 101).Select(i => Lab(Times(matrix, Linear(ColorScale.Sequential.At(i / 100.0))))[0])];
        Assert.All(light.Zip(light.Skip(1)), pair => Assert.True(pair.Second > pair.First, vision));
    }

    [Theory, MemberData(nameof(Visions))]
    public void The_diverging_scale_is_lightest_in_the_middle(string vision, double[] matrix)
    {
        double[] light = [.. Enumerable.Range(0, 101).Select(i => Lab(Times(matrix, Linear(ColorScale.Diverging.At(i / 100.0))))[0])];
        Assert.True(Array.IndexOf(light, light.Max()) == 50, vision);
        Assert.True(Distance(Lab(Times(matrix, Linear(ColorScale.Diverging.At(0.1)))),
            Lab(Times(matrix, Linear(ColorScale.Diverging.At(0.9))))) > 25.0, vision);
    }

    [Fact]
    public void Colours_are_written_as_they_are_read()
    {
        Color color = Color.FromHex("#0b4fC4");
        Assert.Equal(new Color(0x0B, 0x4F, 0xC4), color);
        Assert.Equal("#0B4FC4", color.ToString());
        Assert.Equal("rgba(11,79,196,0.2)", color.Rgba(0.2));
        Assert.Equal(new Color(128, 128, 128), new Color(0, 0, 0).Mix(new Color(255, 255, 255), 0.5));
    }

    [Fact]
    public void A_scale_passes_through_its_stops_and_turns_round()
    {
        for (int i = 0; i < 9; i++) Assert.Equal(ColorScale.Sequential.Stops[i], ColorScale.Sequential.At(i / 8.0));
        Assert.Equal(ColorScale.Sequential.At(0.25), ColorScale.Sequential.Reversed.At(0.75));
        Assert.Equal(ColorScale.Greys.At(0.4), Assert.Single(ColorScale.Greys.Steps(1)));
    }

    [Fact]
    public void A_colour_makes_inks()
    {
        Assert.Equal(new Ink(Palette.Data, Dash: Dash.Dashed), Palette.Data.Dashed);
        Assert.Equal(new Ink(Palette.Data, Dash: Dash.Dotted), Palette.Data.Dotted);
        Assert.Equal(1.0, Palette.Data.Thin.Width);
        Assert.Equal(4.0, Palette.Data.Thick.Width);
        Assert.Equal(new Ink(Palette.Data), Ink.FromColor(Palette.Data));
    }
}
