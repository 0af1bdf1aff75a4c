using NeuroNotebooks.Numerics;
using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.WorkingMemoryTests;

/// <summary>A short task and small networks for it.</summary>
internal static class Trials
{
    public static DelayedMatchToSampleTask ShortTask { get; } = new(
        new TaskTiming
        {
            StepMs = 50.0, BeforeSampleMs = 100.0, SampleMs = 100.0, DelaysMs = [150.0, 200.0], DistractorMs = 50.0, TestMs = 100.0, ResponseMs = 100.0,
        }, objects: 3, distractors: 1);

    public static IEnumerable<object[]> Kinds => [["FS-relu"], ["FS-tanh"], ["PS-pre"], ["PS-pre as in the authors' code"], ["PS-hebb"]];

    public static MemoryNetwork Network(string kind, int units = 6, int channels = 5, ulong seed = 3) => kind switch
    {
        "FS-relu" => FixedSynapseRnn.Draw(RateFunction.Relu, units, channels, new Philox(seed)),
        "FS-tanh" => FixedSynapseRnn.Draw(RateFunction.Tanh, units, channels, new Philox(seed)),
        "PS-pre" => Stronger(PresynapticStpRnn.Draw(StpVariant.Physical, units, channels, new Philox(seed))),
        "PS-pre as in the authors' code" => Stronger(PresynapticStpRnn.Draw(StpVariant.AuthorsCode, units, channels, new Philox(seed))),
        "PS-hebb" => AntiHebbianRnn.Draw(units, channels, new Philox(seed)),
        _ => throw new ArgumentException(kind),
    };

    // drawn synapses are so weak that a wrong derivative would hardly show; some are made negative, where the rectifier cuts
    private static MemoryNetwork Stronger(MemoryNetwork network)
    {
        float[] all = [.. network.Parameters];
        int start = network.Units * network.Channels;
        for (int i = start; i < start + network.Units * network.Units; i++) all[i] = (float)(0.6 * new Philox(8).Uniform((ulong)i) - 0.1);
        return network.With(all);
    }
}
