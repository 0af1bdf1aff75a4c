using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

public static partial class Plot
{
    /// <summary>Spikes as ticks: time across, one row per neuron.</summary>
    /// <param name="times">When each spike was fired.</param>
    /// <param name="neurons">By which neuron, counted from any number; one for each of <paramref name="times"/>.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">Their colour; dark unless given.</param>
    /// <exception cref="ArgumentException">A time or neuron is not finite. No spikes at all is allowed: the raster is empty.</exception>
    public static Figure SpikeRaster(IEnumerable<double> times, IEnumerable<int> neurons, string? name = null, Color? color = null)
    {
        Require.NotNull(times);
        Require.NotNull(neurons);
        double[] when = [.. times];
        double[] who = [.. neurons.Select(neuron => (double)neuron)];
        Require.SameLength(who, when.Length, "times", "neurons");
        Require.AllFinite(when, "times");

        // Counted from neuron 0, so that the ticks of populations laid over each other match.
        double rows = who.Length == 0 ? 1.0 : who.Max() - Math.Min(0.0, who.Min()) + 1.0;
        // A tick somewhat lower than its row in a figure of the usual height, but never too small to see or large enough to dominate.
        double size = Math.Clamp(0.7 * (Theme.Height - Theme.TopMargin - Theme.BottomMargin) / rows, 2.0, 16.0);
        Color ink = color ?? Palette.Data;
        JsonObject trace = TraceParts.Scatter(name, "markers", when, who).OfKind("spike raster");
        trace["marker"] = new JsonObject
        {
            ["symbol"] = "line-ns-open",
            ["size"] = size,
            ["color"] = ink.Hex,
            ["line"] = new JsonObject { ["color"] = ink.Hex, ["width"] = rows > 60.0 ? 1.0 : 1.5 },
        };
        return Figure.Flat(Layer.Of(trace)).YAxis("neuron");
    }

    /// <summary>Spike trains as ticks: time across, one row per train, the first at the bottom.</summary>
    /// <param name="trains">The spike times of each neuron; a neuron may be silent.</param>
    /// <param name="firstNeuron">The number of the first row.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">Their colour; dark unless given.</param>
    public static Figure SpikeRaster(IEnumerable<IEnumerable<double>> trains, int firstNeuron = 0, string? name = null, Color? color = null)
    {
        Require.NotNull(trains);
        IEnumerable<double>[] each = [.. trains];
        foreach (IEnumerable<double> train in each) Require.NotNull(train, nameof(trains));
        (double Time, int Neuron)[] spikes = [.. each.SelectMany((train, row) => train.Select(time => (time, firstNeuron + row)))];
        return SpikeRaster(spikes.Select(spike => spike.Time), spikes.Select(spike => spike.Neuron), name, color);
    }

    /// <summary>Power over frequency, both on log axes, where a power law is a straight line.</summary>
    /// <param name="frequency">Frequencies, above zero; a leading zero (the mean) has no place on a log axis and is left out.</param>
    /// <param name="power">Power at each frequency, above zero.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="ink">How it is drawn.</param>
    /// <exception cref="ArgumentException">A frequency (but a leading zero) or a power is not above zero.</exception>
    public static Figure Spectrum(IEnumerable<double> frequency, IEnumerable<double> power, string? name = null, Ink? ink = null)
    {
        double[] at = Require.Some(frequency), strength = Require.Some(power);
        Require.SameLength(strength, at.Length, "frequency", "power");
        if (at[0] == 0.0) (at, strength) = (at[1..], strength[1..]);
        if (at.Length == 0) throw new ArgumentException("frequency holds the mean alone: expected a frequency above zero.",
            nameof(frequency));
        RequireAboveZero(at, "frequency");
        RequireAboveZero(strength, "power");
        return Line(at, strength, name, ink)
            .XAxis("frequency", "Hz", scale: AxisScale.Log)
            .YAxis("power", scale: AxisScale.Log);
    }

    private static void RequireAboveZero(double[] values, string name)
    {
        for (int i = 0; i < values.Length; i++)
            if (values[i] <= 0.0)
                throw new ArgumentOutOfRangeException(name, values[i],
                    $"{name}[{i}] is {Require.Show(values[i])}: a log axis shows only numbers above zero.");
    }
}
