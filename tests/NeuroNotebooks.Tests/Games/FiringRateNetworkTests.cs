using NeuroNotebooks.Games;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class FiringRateNetworkTests
{
    private static readonly double[,] W = { { 0.5, -1.0 }, { 1.0, -0.5 } };

    [Fact]
    public void Wrong_shapes_and_numbers_are_named()
    {
        Throws("W is 2 × 3", () => new FiringRateNetwork(new double[2, 3], [0.0, 0.0], Activation.Relu));
        Throws("W[0, 1] is NaN", () => new FiringRateNetwork(new[,] { { 0.0, double.NaN }, { 0.0, 0.0 } }, [0.0, 0.0], Activation.Relu));
        Throws("u has 3 entries: expected 2", () => new FiringRateNetwork(W, [0.0, 0.0, 0.0], Activation.Relu));
        Throws("u[1] is", () => new FiringRateNetwork(W, [0.0, double.PositiveInfinity], Activation.Relu));
        Throws("phi has 1 entries", () => new FiringRateNetwork(W, [0.0, 0.0], [Activation.Relu], [1.0, 1.0]));
        Throws("tau has 1 entries", () => new FiringRateNetwork(W, [0.0, 0.0], [Activation.Relu, Activation.Relu], [1.0]));
        Throws("tau[1] is 0", () => new FiringRateNetwork(W, [0.0, 0.0], [Activation.Relu, Activation.Relu], [1.0, 0.0]));
        Throws("tau[0] is -1", () => new FiringRateNetwork(W, [0.0, 0.0], Activation.Relu, -1.0));
        Throws("phi[1]", () => new FiringRateNetwork(W, [0.0, 0.0], [Activation.Relu, null!], [1.0, 1.0]));
        Throws("W is 0 × 0", () => new FiringRateNetwork(new double[0, 0], [], Activation.Relu));
        Assert.Throws<ArgumentNullException>(() => new FiringRateNetwork(W, null!, Activation.Relu));
        Assert.Throws<ArgumentNullException>(() => new FiringRateNetwork(null!, [0.0], Activation.Relu));

        FiringRateNetwork network = new(W, [1.0, 0.2], Activation.Relu);
        Throws("u has 1", () => network.WithDrive(1.0));
        Throws("tau has 3", () => network.WithTimeConstants(1.0, 1.0, 1.0));
        Throws("tau[0]", () => network.WithTimeConstants(double.NaN, 1.0));
        Throws("labels has 1", () => network.WithLabels("E"));
        Throws("x has 1", () => network.PseudoGradient([1.0]));
        Throws("x has 3", () => network.Residual([1.0, 1.0, 1.0]));
        Throws("i is 2", () => network.NeuronEnergy(2, [1.0, 1.0]));
        Throws("j is -1", () => network.Weight(0, -1));
        Throws("start has 1", () => network.Simulate([1.0], 1.0));
        Assert.Throws<ArgumentNullException>(() => network.WithActivation(null!));
    }

    [Fact]
    public void A_weight_that_breaks_dales_law_is_named_by_row_and_column()
    {
        FiringRateNetwork network = new FiringRateNetwork(new[,] { { 0.5, 0.3 }, { 1.0, -0.5 } }, [1.0, 0.2], Activation.Relu).WithLabels("E", "I");
        Throws("W[0, 1] = 0.3 breaks Dale's law: neuron 1 (I) is inhibitory, so column 1 must be ≤ 0 (row 0)",
            () => network.WithTypes(NeuronType.Excitatory, NeuronType.Inhibitory));
        Throws("W[1, 1] = -0.5 breaks Dale's law: neuron 1 (I) is excitatory, so column 1 must be ≥ 0",
            () => network.WithTypes(NeuronType.Excitatory, NeuronType.Excitatory));
        Throws("W[0, 1]", () => (WilsonCowanPair.Antagonistic with { WEI = -1.0 }).Network());
        Throws("types has 1", () => network.WithTypes(NeuronType.Excitatory));
        Assert.Empty(network.Types);
    }

    [Fact]
    public void A_network_keeps_its_numbers_to_itself()
    {
        double[,] w = (double[,])W.Clone();
        double[] u = [1.0, 0.2];
        FiringRateNetwork network = new(w, u, Activation.Relu);
        (w[0, 0], u[0]) = (9.0, 9.0);
        network.Weights()[0, 0] = 9.0;
        Assert.Equal(0.5, network.Weight(0, 0));
        Assert.Equal(1.0, network.Drive[0]);
        Assert.Equal(-0.5, network.Interaction()[0, 0]);
        Assert.Equal(-1.5, network.Interaction()[1, 1]);
        Assert.Equal(1.0, network.Interaction()[1, 0]);

        FiringRateNetwork changed = network.WithDrive(2.0, 3.0).WithTimeConstants(1.0, 4.0).WithActivation(Activation.Tanh).WithLabels("a", "b");
        Assert.Equal((1.0, 2.0, 4.0), (network.Drive[0], changed.Drive[0], changed.TimeConstants[1]));
        Assert.Equal((Activation.Relu, Activation.Tanh), (network.Activations[0], changed.Activations[1]));
        Assert.Equal(("0", "b"), (network.Labels[0], changed.Labels[1]));
    }

    [Fact]
    public void Weights_lead_from_column_to_row()
    {
        FiringRateNetwork network = new(W, [1.0, 0.2], Activation.Relu);
        Close.To(0.5 * 2.0 - 1.0 * 3.0 + 1.0, network.NetInput(0, [2.0, 3.0]), 1e-15);
        var answers = new double[2];
        network.Respond([2.0, 3.0], answers);
        Close.All([0.0, 2.0 - 1.5 + 0.2], answers, 1e-15);
        Close.To(2.3, network.Residual([2.0, 3.0]), 1e-15);
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
