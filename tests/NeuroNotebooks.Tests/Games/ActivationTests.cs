using NeuroNotebooks.Games;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class ActivationTests
{
    public static readonly double[] NetInputs = [-2.0, -0.3, 0.5, 1.7];

    public static TheoryData<string> Names => [.. Table.Keys];

    // the table of the fact sheet, φ and g written down a second time
    private static readonly Dictionary<string, (Activation Activation, Func<double, double> Phi, Func<double, double> G)> Table = new()
    {
        ["linear"] = (Activation.Linear, z => z, _ => 0.0),
        ["relu"] = (Activation.Relu, z => z > 0 ? z : 0, x => x < 0 ? 1e300 : 0.0),
        ["threshold"] = (Activation.ThresholdLinear(0.4), z => z > 0.4 ? z - 0.4 : 0, x => x < 0 ? 1e300 : 0.4 * x),
        ["saturated"] = (Activation.SaturatedRelu(1.2), z => z < 0 ? 0 : z > 1.2 ? 1.2 : z, x => x is < 0 or > 1.2 ? 1e300 : 0.0),
        ["soft"] = (Activation.SoftThreshold(0.4), z => z > 0.4 ? z - 0.4 : z < -0.4 ? z + 0.4 : 0, x => 0.4 * Math.Abs(x)),
        ["leaky"] = (Activation.LeakyRelu(0.25), z => z > 0 ? z : z / 4, x => x < 0 ? 1.5 * x * x : 0.0),
        ["logistic"] = (Activation.Logistic(), z => 1 / (1 + Math.Exp(-z)),
            x => x is <= 0 or >= 1 ? 1e300 : x * Math.Log(x) + (1 - x) * Math.Log(1 - x) - x * x / 2),
        ["logistic at gain 4"] = (Activation.Logistic(4), z => 1 / (1 + Math.Exp(-4 * z)),
            x => x is <= 0 or >= 1 ? 1e300 : (x * Math.Log(x) + (1 - x) * Math.Log(1 - x)) / 4 - x * x / 2),
        ["tanh"] = (Activation.Tanh, Math.Tanh,
            x => Math.Abs(x) >= 1 ? 1e300 : x * Math.Atanh(x) + Math.Log(1 - x * x) / 2 - x * x / 2),
        ["softplus"] = (Activation.Softplus, z => Math.Log(1 + Math.Exp(z)), x => x <= 0 ? 1e300 : DilogarithmBySum(Math.Exp(-x))),
        ["logistic, half as high, twice the gain"] = (Activation.Logistic().Scaled(0.5, 2), z => 0.5 / (1 + Math.Exp(-2 * z)),
            x => x is <= 0 or >= 0.5 ? 1e300
                : 0.25 * (2 * x * Math.Log(2 * x) + (1 - 2 * x) * Math.Log(1 - 2 * x)) - x * x / 2),
        ["saturated, three times as high, a third of the gain"] = (Activation.SaturatedRelu(1.2).Scaled(3, 1.0 / 3),
            z => z < 0 ? 0 : z > 3.6 ? 3.6 : z, x => x is < 0 or > 3.6 ? 1e300 : 0.0),
        ["a curve of one's own"] = (Activation.Custom(
            "half a soft step", z => 0.5 * Math.Tanh(z), z => 0.5 * (1 - Math.Tanh(z) * Math.Tanh(z)),
            x => Math.Abs(x) >= 0.5 ? 1e300 : 0.5 * (2 * x * Math.Atanh(2 * x) + 0.5 * Math.Log(1 - 4 * x * x)) - x * x / 2, -0.5, 0.5),
            z => 0.5 * Math.Tanh(z), x => Math.Abs(x) >= 0.5 ? 1e300
                : 0.5 * (2 * x * Math.Atanh(2 * x) + 0.5 * Math.Log(1 - 4 * x * x)) - x * x / 2),
    };

    [Theory, MemberData(nameof(Names))]
    public void The_rate_is_the_proximal_map_of_the_cost(string name)
    {
        var (activation, phi, g) = Table[name];
        foreach (double z in NetInputs)
        {
            Close.To(phi(z), activation.Phi(z), 1e-14, name);
            // the cost is convex, so the grid brackets the minimum and golden sections reach √ε of it
            Close.To(ArgMin(x => g(x) + 0.5 * (x - z) * (x - z)), activation.Phi(z), 1e-7, $"{name} at {z}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_proximal_map_of_a_multiple_of_the_cost_minimises_it(string name)
    {
        var (activation, _, g) = Table[name];
        foreach (double gamma in (double[])[0.3, 1.0, 2.5])
            foreach (double z in NetInputs)
                Close.To(ArgMin(x => gamma * g(x) + 0.5 * (x - z) * (x - z)), activation.Prox(z, gamma), 1e-7,
                    $"{name}, γ {gamma}, at {z}");
    }

    [Theory, MemberData(nameof(Names))]
    public void The_cost_is_the_one_of_the_table_up_to_a_constant(string name)
    {
        var (activation, phi, g) = Table[name];
        double offset = activation.G(phi(0.5)) - g(phi(0.5));
        foreach (double z in NetInputs)
            if (g(phi(z)) < 1e299) Close.To(g(phi(z)) + offset, activation.G(phi(z)), 1e-12, $"{name} at {z}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Slope_inverse_cost_slope_and_primitive_agree_with_the_rate(string name)
    {
        var (activation, phi, g) = Table[name];
        const double H = 1e-5;
        foreach (double z in NetInputs)
        {
            Close.To((phi(z + H) - phi(z - H)) / (2 * H), activation.PhiPrime(z), 1e-9, $"slope of {name} at {z}");
            Close.To((activation.Primitive(z + H) - activation.Primitive(z - H)) / (2 * H), phi(z), 1e-9, $"primitive of {name} at {z}");

            double x = phi(z);
            var (low, high) = activation.Inverse(x);
            Assert.True(low <= z + 1e-9 && high >= z - 1e-9, $"{name}: {z} is not among the inputs that give {x}");
            const double Tiny = 1e-7;       // rates may lie within 3e-4 of the edge, where the cost bends sharply
            if (low == high && g(x + Tiny) < 1e299 && g(x - Tiny) < 1e299)
                Close.To((g(x + Tiny) - g(x - Tiny)) / (2 * Tiny), activation.GSlope(x, 1.0), 1e-6, $"cost slope of {name} at {x}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Straight_pieces_join_up_to_the_rate(string name)
    {
        Activation activation = Table[name].Activation;
        foreach (LinearPiece piece in activation.Pieces)
        {
            double low = Math.Max(piece.Low, -5.0), high = Math.Min(piece.High, 5.0);
            foreach (double z in (double[])[low, 0.5 * (low + high), high])
                Close.To(piece.Slope * z + piece.Offset, activation.Phi(z), 1e-14, $"{name} at {z}");
        }
        if (!activation.IsPiecewiseLinear) return;
        Assert.Equal(double.NegativeInfinity, activation.Pieces[0].Low);
        Assert.Equal(double.PositiveInfinity, activation.Pieces[^1].High);
        for (int k = 1; k < activation.Pieces.Length; k++) Assert.Equal(activation.Pieces[k - 1].High, activation.Pieces[k].Low);
    }

    [Fact]
    public void At_a_corner_of_the_cost_the_slope_depends_on_the_direction()
    {
        Assert.Equal(0.4, Activation.ThresholdLinear(0.4).GSlope(0.0, 1.0));
        Assert.Equal(double.NegativeInfinity, Activation.ThresholdLinear(0.4).GSlope(0.0, -1.0));
        Assert.Equal((-0.4, 0.4), Activation.SoftThreshold(0.4).Inverse(0.0));
        Assert.Equal((1.2, double.PositiveInfinity), Activation.SaturatedRelu(1.2).Inverse(1.2));
        Assert.True(double.IsNaN(Activation.Relu.Inverse(-1.0).Low));
        Assert.True(double.IsNaN(Activation.SaturatedRelu(1.0).Inverse(2.0).Low));
    }

    [Fact]
    public void Outside_its_range_a_rate_costs_infinitely_much()
    {
        foreach (var (activation, outside) in new[]
        {
            (Activation.Relu, -0.1), (Activation.SaturatedRelu(1.0), 1.1), (Activation.SaturatedRelu(1.0), -0.1),
            (Activation.Logistic(), 1.1), (Activation.Logistic(), -0.1), (Activation.Tanh, -1.1), (Activation.Softplus, -0.1),
            (Table["a curve of one's own"].Activation, 0.6),
        })
            Assert.Equal(double.PositiveInfinity, activation.G(outside));
    }

    [Fact]
    public void The_softplus_cost_starts_at_the_dilogarithm_of_one() =>
        Close.To(Math.PI * Math.PI / 6.0, Activation.Softplus.G(0.0), 1e-15);     // Euler: Li₂(1) = π²/6

    [Fact]
    public void A_slope_above_one_is_refused_with_its_value_and_the_repair()
    {
        var error = Assert.Throws<ArgumentException>(() => Activation.Logistic(6.8));
        Assert.Contains("not a proximal activation: maximal slope 1.7 > 1; scale the gain", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Activation.LeakyRelu(1.5));
        Assert.Throws<ArgumentException>(() => Activation.Tanh.Scaled(1.0, 1.1));
        Assert.Throws<ArgumentException>(() => Activation.Custom("square", z => z > 0 ? z * z : 0, z => z > 0 ? 2 * z : 0, x => x, 0, 1e9));
        Assert.Contains("must not fall",
            Assert.Throws<ArgumentException>(() => Activation.Custom("falling", z => -z, _ => -1, x => x, -1, 1)).Message,
                StringComparison.Ordinal);
        Assert.Equal(1.0, Activation.Logistic(4.0).MaxSlope);
        Assert.Equal(1.0, Activation.Logistic(8.0 / 2).Scaled(0.5, 2.0).MaxSlope);
    }

    [Fact]
    public void Constants_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.ThresholdLinear(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.SaturatedRelu(0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.SoftThreshold(-1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Relu.Prox(1.0, 0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Relu.Scaled(0.0, 1.0));
        Assert.Throws<ArgumentNullException>(() => Activation.Custom("none", null!, z => z, z => z, 0, 1));
        Assert.Equal("ReLU, threshold 0.4", Activation.ThresholdLinear(0.4).ToString());
    }

    private static double DilogarithmBySum(double u)
    {
        double sum = 0.0, power = u;
        for (int k = 1; k < 200_000 && power > 1e-18; k++, power *= u) sum += power / ((double)k * k);
        return sum;
    }

    /// <summary>The minimum on [−8, 8] of a function with one valley: a grid, then golden sections.</summary>
    private static double ArgMin(Func<double, double> f)
    {
        double best = Enumerable.Range(0, 1601).Select(k => -8.0 + 0.01 * k).MinBy(f);
        double low = best - 0.01, high = best + 0.01;
        double ratio = (Math.Sqrt(5.0) - 1.0) / 2.0;
        while (high - low > 1e-10)
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            if (f(left) <= f(right)) high = right;
            else low = left;
        }
        return 0.5 * (low + high);
    }
}
