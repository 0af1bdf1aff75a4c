using NeuroNotebooks.BoltzmannTests;
using NeuroNotebooks.LearningTests;

namespace NeuroNotebooks.TestSupport;

/// <summary>The tests as a program, for what must be seen from outside of a process: see <see cref="KilledProcess"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [var verb, var file, var count]) return 2;
        int updates = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
        switch (verb)
        {
            case KilledTrainingTests.Verb: KilledTrainingTests.Train(file, updates); return 0;
            case KilledRbmTests.Verb: KilledRbmTests.Train(file, updates); return 0;
            default: return 2;
        }
    }
}
