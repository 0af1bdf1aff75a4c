using NeuroNotebooks.BoltzmannTests;
using NeuroNotebooks.LearningTests;
using NeuroNotebooks.Tests.Spiking;

namespace NeuroNotebooks.TestSupport;

/// <summary>The tests as a program, for what must be seen from outside of a process: see <see cref="KilledProcess"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [var verb, var file, var number, ..]) return 2;
        KilledProcess.IsAwaited = arguments[^1] == KilledProcess.Awaited;
        int count = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        switch (verb)
        {
            case KilledTrainingTests.Verb: KilledTrainingTests.Train(file, count); return 0;
            case KilledRbmTests.Verb: KilledRbmTests.Train(file, count); return 0;
            case LargeNetworkTests.Verb: LargeNetworkTests.Simulate(count); return 0;
            default: return 2;
        }
    }
}
