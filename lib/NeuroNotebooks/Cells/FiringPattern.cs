using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>A cell of the catalogue with the current that brings its pattern out.</summary>
/// <param name="Name">The field's abbreviation.</param>
/// <param name="Title">What it stands for.</param>
/// <param name="Cell">Its parameters.</param>
/// <param name="StartV">Voltage at the start, mV; u starts at b v.</param>
/// <param name="Protocol">The current, mV/ms.</param>
/// <param name="Duration">How long it is shown, ms.</param>
/// <remarks>Source: Izhikevich (2003), Figure 2, with the inputs of the public Matlab program (ModelDB 39948), which match the drawn traces.</remarks>
public sealed record FiringPattern(string Name, string Title, IzhikevichNeuron Cell, double StartV, CurrentProtocol Protocol, double Duration)
{
    /// <summary>The step of the public program, ms.</summary>
    public const double PublishedStep = 0.25;

    /// <summary>The eight panels of Figure 2.</summary>
    public static ImmutableArray<FiringPattern> Catalogue { get; } =
    [
        new("RS", "regular spiking", IzhikevichNeuron.RegularSpiking, -63.0, CurrentProtocol.Step(14.0, 15.0), 150.0),
        new("IB", "intrinsically bursting", IzhikevichNeuron.IntrinsicallyBursting, -70.0, CurrentProtocol.Step(11.0, 15.0), 150.0),
        new("CH", "chattering", IzhikevichNeuron.Chattering, -70.0, CurrentProtocol.Step(10.0, 15.0), 150.0),
        new("FS", "fast spiking", IzhikevichNeuron.FastSpiking, -70.0, CurrentProtocol.Step(10.0, 15.0), 150.0),
        new("TC", "thalamo-cortical, from rest", IzhikevichNeuron.ThalamoCortical, -63.0, CurrentProtocol.Step(1.5, 30.0), 150.0),
        new("TC rebound", "thalamo-cortical, released", IzhikevichNeuron.ThalamoCortical, -87.0, CurrentProtocol.Constant(-25.0).Then(45.0, 0.0), 150.0),
        // the program's pulse is open at both ends: the step at 65 ms has none of it
        new("RZ", "resonator", IzhikevichNeuron.Resonator, -70.0,
            CurrentProtocol.Constant(-2.0).Then(10.0, -0.5).Then(60.0, 10.0).Then(64.9, -0.5), 100.0),
        new("LTS", "low-threshold spiking", IzhikevichNeuron.LowThresholdSpiking, -63.0, CurrentProtocol.Step(10.0, 25.0), 250.0),
    ];

    /// <summary>Follows the cell under its protocol.</summary>
    /// <param name="step">The step, ms; the public program's unless given.</param>
    /// <param name="scheme">How a step is made; the public program's unless given.</param>
    /// <remarks>The last step begins at <see cref="Duration"/>, as in the public program.</remarks>
    public VoltageTrace Simulate(double step = PublishedStep, IzhikevichScheme? scheme = null)
    {
        Require.Positive(step);
        return Cell.Simulate(Protocol, Duration + step, step, scheme ?? IzhikevichScheme.SequentialEuler, StartV);
    }
}
