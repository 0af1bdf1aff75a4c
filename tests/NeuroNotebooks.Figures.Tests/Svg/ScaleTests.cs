using FsCheck;
using FsCheck.Fluent;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

public class ScaleTests
{
    [Fact]
    public void Pixel_and_coordinate_undo_each_other() => Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<NormalFloat>(), (a, b) =>
    {
        double from = a.Get % 1e6, to = from + 1.0 + Math.Abs(b.Get % 1e6);
        var scale = new Scale(from, to, 380.0, 20.0);
        double middle = from + 0.3 * (to - from);
        return Math.Abs(scale.Coordinate(scale.Pixel(middle)) - middle) < 1e-9 * Math.Max(1.0, Math.Max(Math.Abs(from), Math.Abs(to)))
            && scale.Pixel(from) == 380.0 && Math.Abs(scale.Pixel(to) - 20.0) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_far_outside_stays_drawable() => Assert.Equal(Fixed.Limit, new Scale(0.0, 1.0, 0.0, 100.0).Pixel(1e300));

    [Fact]
    public void A_padded_end_keeps_five_percent_of_the_axis_free()
    {
        var finder = new RangeFinder();
        finder.Include([2.0, 4.0]);
        var (from, to) = finder.Find(400.0, "normal");
        var scale = new Scale(from, to, 0.0, 400.0);
        NeuroNotebooks.TestSupport.Close.To(20.0, scale.Pixel(2.0), 1e-9);
        NeuroNotebooks.TestSupport.Close.To(380.0, scale.Pixel(4.0), 1e-9);
    }

    [Fact]
    public void A_marker_keeps_its_radius_free_besides()
    {
        var finder = new RangeFinder();
        finder.Include(0.0, padded: true, pixels: 10.0);
        finder.Include(1.0, padded: false);
        var (from, to) = finder.Find(400.0, "normal");
        var scale = new Scale(from, to, 0.0, 400.0);
        NeuroNotebooks.TestSupport.Close.To(30.0, scale.Pixel(0.0), 1e-9);
        NeuroNotebooks.TestSupport.Close.To(400.0, scale.Pixel(1.0), 1e-9);
    }

    [Fact]
    public void Bars_stand_on_zero_without_a_gap()
    {
        var finder = new RangeFinder();
        finder.StandOnZero();
        finder.Include([3.0, 7.0]);
        Assert.Equal(0.0, finder.Find(300.0, "normal").From);
        finder.Include(-1.0);
        Assert.True(finder.Find(300.0, "normal").From < -1.0);
    }

    [Theory]
    [InlineData("tozero", 0.0)]
    [InlineData("normal", 4.8888888888888893)]
    public void Range_mode_decides_about_zero(string mode, double expected)
    {
        var finder = new RangeFinder();
        finder.Include([5.0, 6.0]);
        NeuroNotebooks.TestSupport.Close.To(expected, finder.Find(100.0, mode).From, mode == "tozero" ? 0.0 : 0.06);
    }

    [Fact]
    public void Negative_numbers_are_cut_off_when_the_axis_is_not_to_show_them()
    {
        var finder = new RangeFinder();
        finder.Include([-5.0, 6.0]);
        Assert.Equal(0.0, finder.Find(100.0, "nonnegative").From);
    }

    [Theory]
    [InlineData(5.0, 5.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(1e9, 1e9)]
    [InlineData(1e-310, 0.0)]
    [InlineData(-1e305, 1e305)]
    public void A_range_always_has_an_inside(double from, double to)
    {
        var (low, high) = RangeFinder.Proper(from, to);
        Assert.True(low < high && double.IsFinite(high - low));
    }

    [Fact]
    public void Gaps_between_subplots_grow_to_hold_their_labels()
    {
        Span[] spans = [new(0.0, 0.45, 40.0, 10.0, 0.0, 1.0), new(0.55, 1.0, 50.0, 5.0, 0.0, 1.0)];
        var warp = new DomainWarp(spans, 100.0, 400.0);
        Assert.True(warp.Start(0.55) - warp.End(0.45) >= 60.0);
        Assert.Equal(100.0, warp.Start(0.0));
        NeuroNotebooks.TestSupport.Close.To(500.0, warp.End(1.0), 1e-9);
        NeuroNotebooks.TestSupport.Close.To(warp.End(0.45) - warp.Start(0.0), warp.End(1.0) - warp.Start(0.55), 1e-9);
    }

    [Fact]
    public void Subplots_that_meet_are_parted_and_a_wide_gap_stays()
    {
        var touching = new DomainWarp([new(0.0, 0.5, 0.0, 10.0, 0.0, 1.0), new(0.5, 1.0, 10.0, 0.0, 0.0, 1.0)], 0.0, 100.0);
        NeuroNotebooks.TestSupport.Close.To(28.0, touching.Start(0.5) - touching.End(0.5), 1e-9);
        var wide = new DomainWarp([new(0.0, 0.2, 0.0, 10.0, 0.0, 1.0), new(0.8, 1.0, 10.0, 0.0, 0.0, 1.0)], 0.0, 100.0);
        NeuroNotebooks.TestSupport.Close.To(60.0, wide.Start(0.8) - wide.End(0.2), 1e-9);
    }

    [Fact]
    public void Subplots_in_other_rows_need_no_gap_between_them()
    {
        var warp = new DomainWarp([new(0.0, 0.5, 0.0, 90.0, 0.0, 0.4), new(0.6, 1.0, 90.0, 0.0, 0.6, 1.0)], 0.0, 100.0);
        NeuroNotebooks.TestSupport.Close.To(10.0, warp.Start(0.6) - warp.End(0.5), 1e-9);
    }

    [Fact]
    public void Fractions_outside_the_figure_go_on_evenly()
    {
        var warp = new DomainWarp([], 50.0, 200.0);
        Assert.Equal(30.0, warp.Start(-0.1));
        NeuroNotebooks.TestSupport.Close.To(270.0, warp.Start(1.1), 1e-9);
        NeuroNotebooks.TestSupport.Close.To(100.0, warp.Start(0.25), 1e-9);
    }
}
