using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.Architecture;

internal static partial class Samples
{
    private static TaskTiming ShortTrials => new()
    {
        StepMs = 50.0, BeforeSampleMs = 100.0, SampleMs = 100.0, DelaysMs = [150.0, 200.0], DistractorMs = 50.0, TestMs = 100.0, ResponseMs = 100.0,
    };

    private static int[] TwoByTwo => [0, 1, 0, 1];

    private static double[,] FourPoints() => new[,] { { 0.0, 1.0 }, { 1.0, 0.0 }, { 0.25, 1.5 }, { 1.5, 0.0 } };

    private static double[,,] FourTrials() => new double[4, 2, 1] { { { 0.0 }, { 1.0 } }, { { 0.5 }, { 0.0 } }, { { 0.25 }, { 1.5 } }, { { 1.0 }, { 0.5 } } };

    private static string SavedMemory()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "memory.nn");
        NetworkFile.Save(Of<MemoryNetwork>(), path);
        return path;
    }

    private static string NoFile()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "memory.training");
        File.Delete(path);
        return path;
    }
}
