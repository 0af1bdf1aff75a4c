using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>All rest states of ReLU and saturated networks, every active set solved; the aim is 16 ReLU neurons in under two seconds.</summary>
internal static class RestStateEnumeration
{
    public static void Run(TextWriter output)
    {
        output.WriteLine($"{"neurons",8}{"activation",26}{"active sets",14}{"rest states",14}{"seconds",10}{"µs a set",10}");
        foreach (int n in new[] { 8, 12, 16 }) Row(output, n, Activation.Relu);
        foreach (int n in new[] { 8, 10, 12 }) Row(output, n, Activation.SaturatedRelu(2.0));
    }

    private static void Row(TextWriter output, int n, Activation activation)
    {
        FiringRateNetwork network = Circuits.RandomDale(n * 3 / 4, n - n * 3 / 4, new Philox(3), wEE: 1.5).WithActivation(activation);
        RestStates states = EquilibriumEnumerator.All(network);
        double seconds = Measure.Seconds(() => EquilibriumEnumerator.All(network), rounds: 3);
        output.WriteLine(
            $"{n,8}{activation.Name,26}{states.ActiveSets,14}{states.Isolated.Length,14}{seconds,10:f3}{1e6 * seconds / states.ActiveSets,10:f2}");
    }
}
