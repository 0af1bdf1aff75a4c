using NeuroNotebooks.LearningTests;

namespace NeuroNotebooks.TestSupport;

/// <summary>The tests as a program, for what must be seen from outside of a process: see <see cref="KilledTrainingTests"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [KilledTrainingTests.Verb, var file, var updates]) return 2;
        KilledTrainingTests.Train(file, int.Parse(updates, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    }
}
