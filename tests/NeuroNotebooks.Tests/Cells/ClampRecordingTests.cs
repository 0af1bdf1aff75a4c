using NeuroNotebooks.Cells;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Cells;

public class ClampRecordingTests
{
    private const string Header = "u_mV,s,rate_Hz,peak_mV,trough_mV,ahp_fraction\n";

    private static readonly Lazy<ClampRecording> Clean = new(() =>
        ClampRecording.Of(new PyramidalNeuron(), ClampRecording.PlantedProtocol, new ClampOptions { Duration = 1000.0, Step = 0.05 }));

    [Fact]
    public void Ten_of_the_thirteen_planted_points_spike() => Assert.Equal(10, Clean.Value.Points.Count(point => point.Spikes == true));

    [Fact]
    public void A_table_may_leave_fields_empty_and_put_its_columns_in_any_order()
    {
        var read = ClampRecording.ReadCsv(new StringReader("s,u_mV,rate_Hz,peak_mV,trough_mV,ahp_fraction\n0.5,30,10.1,,-50,\n0,60,0,,,\n"));
        Assert.Equal(new RecordedPoint(30.0, 0.5, 10.1, null, -50.0, null), read.Points[0]);
        Assert.False(read.Points[1].Spikes);
    }

    [Theory]
    [InlineData("u_mV,s,rate_Hz\n30,0,15\n", "no column peak_mV")]
    [InlineData(Header + "x,0,15,,,\n", "line 2, column u_mV: \"x\" is not a number")]
    [InlineData(Header + ",0,15,,,\n", "u_mV or s is empty")]
    [InlineData(Header + "30,0,15\n", "3 columns where the header has 6")]
    [InlineData(Header, "no measurement")]
    [InlineData(Header + "1500,0,15,,,\n", "Divide the current by the input conductance")]
    [InlineData(Header + "1.5e-10,0,15,,,\n", "Divide the current by the input conductance")]
    public void A_table_that_cannot_be_read_says_why(string text, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => ClampRecording.ReadCsv(new StringReader(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Noise_is_that_of_its_seed_and_leaves_silence_alone()
    {
        var (one, same, other) = (Noisy(1), Noisy(1), Noisy(2));
        Assert.True(one.Points.SequenceEqual(same.Points));
        Assert.False(one.Points.SequenceEqual(other.Points));
        Assert.Equal(0.0, one.Points[5].Rate);
        // 40 numbers of the 16 seeds' mean square: 1 within five of its standard errors, √(2/640)
        double square = Enumerable.Range(1, 16).Average(seed => Standardised((ulong)seed).Average(z => z * z));
        Close.To(1.0, square, 0.28);
    }

    [Fact]
    public void The_truth_costs_what_the_noise_costs_and_a_wrong_state_forty()
    {
        var truth = new FeatureCost(Clean.Value, FeatureScales.Fit);
        Close.To(0.0, truth.Of(new PyramidalNeuron()), 1e-12);
        // the cost's units are about twice the noise: 10 (0.36 + 0.25 + 0.25 + 0.25) on average
        Assert.InRange(truth.Of(new PyramidalNeuron()) + new FeatureCost(Noisy(3), FeatureScales.Fit).Of(new PyramidalNeuron()), 5.0, 20.0);
        // a cell without sodium is wrong wherever the recorded one spikes
        Close.To(400.0, truth.Of(new PyramidalNeuron { GNa = 0.0 }), 1e-9);
    }

    [Fact]
    public void A_fit_finds_two_planted_parameters_and_tells_how_well()
    {
        var all = PyramidalFit.SixParameters;
        var brief = new ClampRecording([Clean.Value.Points[1], Clean.Value.Points[3], Clean.Value.Points[8], Clean.Value.Points[11]]);
        var fit = new PyramidalFit(new PyramidalNeuron(), new FeatureCost(brief, FeatureScales.Noise), [all[2], all[3]]);

        var found = fit.LeastSquares([[0.1, -0.1]])[0];

        Close.All([0.0, 0.0], found.Parameters, 0.005);     // no noise: the features' own rounding
        Assert.True(found.Cost < 0.01);
        double[] errors = found.StandardErrors();
        var profile = ProfileLikelihood.Of(fit.Residuals, found, 1, [-3.0 * errors[1], 3.0 * errors[1]]);
        Assert.True(profile.IsIdentified);
        // on a parabola 1.96 standard errors raise the cost by 3.84; straight lines between 0 and 9 put it at 3 · 3.84/9
        Close.To(3.0 * 3.841 / 9.0 * errors[1], profile.Interval.High!.Value - found.Parameters[1], 0.5 * errors[1]);

        var next = fit.Propose(found, [(10.0, 0.0), (14.0, 0.0), (30.0, 0.0), (43.0, 0.0)], count: 2);
        Assert.Equal(2, next.Length);
        Assert.True(next[0].Information >= next[1].Information && next[1].Information > 0.0);
        Assert.DoesNotContain(next, point => point.U == 10.0);      // silent there
    }

    private static ClampRecording Noisy(ulong seed) => Clean.Value.WithNoise(FeatureScales.Noise, new Philox(seed));

    private static IEnumerable<double> Standardised(ulong seed)
    {
        var (clean, noisy, noise) = (Clean.Value.Points, Noisy(seed).Points, FeatureScales.Noise);
        return Enumerable.Range(0, clean.Length).Where(k => clean[k].Spikes == true).SelectMany(k => new[]
        {
            (noisy[k].Rate!.Value - clean[k].Rate!.Value) / noise.Rate, (noisy[k].Peak!.Value - clean[k].Peak!.Value) / noise.Peak,
            (noisy[k].Trough!.Value - clean[k].Trough!.Value) / noise.Trough,
            (noisy[k].AhpFraction!.Value - clean[k].AhpFraction!.Value) / noise.AhpFraction,
        });
    }
}
