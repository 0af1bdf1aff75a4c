using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>Two states of one network under the same sequence, again and again: whether it forgets where it began.</summary>
/// <param name="Distances">Median over pairs of ‖x − y‖_M over its first value, one entry a moment, from 1 on.</param>
/// <param name="LargestMeasure">
/// The largest measure μ_M(J) met on the way, J = −I + W D + L at the slopes D of the moment, 1/τ: below zero, all neighbours close in.
/// </param>
public sealed record Forgetting(ImmutableArray<double> Distances, double LargestMeasure)
{
    private const int MeasuredEvery = 16;

    /// <summary>Median over pairs of ‖x − y‖_M over its first value, one entry a moment, from 1 on.</summary>
    public ImmutableArray<double> Distances { get; } = Require.Some(Distances);

    /// <summary>What is left in the end of the first distance, the median over pairs.</summary>
    public double Remainder => Distances[^1];

    /// <summary>Runs a network from pairs of normally distributed states.</summary>
    /// <param name="classifier">The network.</param>
    /// <param name="streams">Sequences; pair i sees sequence i, and begins again with the first after the last.</param>
    /// <param name="pairs">How many pairs, above zero.</param>
    /// <param name="repeats">How often the sequence is shown, above zero.</param>
    /// <param name="random">The states.</param>
    /// <exception cref="ArgumentException">The sequences have another number of channels.</exception>
    public static Forgetting Of<T>(ComboClassifier<T> classifier, ImageStreams streams, int pairs, int repeats, Philox random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(classifier);
        Require.NotNull(streams);
        Require.Positive(pairs);
        Require.Positive(repeats);
        Require.Length(classifier.Design.Channels, streams.Channels, nameof(streams), "channel of the network");
        ComboNetwork network = classifier.Network();
        ComboStepper stepper = classifier.Stepper();
        int n = classifier.Design.Size, moments = streams.Moments;
        var curves = new double[pairs][];
        double worst = double.NegativeInfinity;
        for (int pair = 0; pair < pairs; pair++)
        {
            var states = new double[2 * n];
            random.Child((ulong)pair).Normals(states);
            double[] curve = curves[pair] = new double[moments * repeats + 1];
            for (int t = 0; t < curve.Length; t++)
            {
                curve[t] = network.Metric.Distance(states.AsSpan(0, n), states.AsSpan(n));
                if (t % MeasuredEvery == 0 && pair % 5 == 0) worst = Math.Max(worst, MeasureAt(network, states.AsSpan(0, n)));
                int at = t % moments * streams.Channels;
                if (t == curve.Length - 1) break;
                ReadOnlySpan<float> signal = streams.Stream(pair % streams.Count).Slice(at, streams.Channels);
                stepper.Step(states.AsSpan(0, n), signal);
                stepper.Step(states.AsSpan(n), signal);
            }
        }
        return new Forgetting(
            [.. Enumerable.Range(0, curves[0].Length).Select(t => Median([.. curves.Select(curve => curve[t] / curve[0])]))], worst);
    }

    private static double MeasureAt(ComboNetwork network, ReadOnlySpan<double> state)
    {
        double[] slopes = [.. state.ToArray().Select(x => x > 0.0 ? 1.0 : 0.0)];
        return MatrixMeasure.Of(network.Family.At(slopes), network.Metric);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return 0.5 * (values[(values.Length - 1) / 2] + values[values.Length / 2]);
    }
}
