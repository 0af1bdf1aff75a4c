using System.Diagnostics;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Documents;

public class KilledSaveTests
{
    private const int Kills = 200, Workers = 4;

    [Fact]
    public async Task A_save_killed_at_200_random_moments_leaves_the_old_file_or_the_new_one()
    {
        int[] found = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => KillAsync(worker, Kills / Workers))));
        // Both must occur, or the kills did not fall between saves at random.
        Assert.InRange(found.Sum(), 1, Kills - 1);
    }

    /// <summary>Counts how often the old text was found; anything but one of the two whole texts fails.</summary>
    private static async Task<int> KillAsync(int worker, int kills)
    {
        using var folder = new TemporaryFolder();
        string oldText = new string('o', 400_000) + "\n", newText = new string('n', 300_000) + "\n";
        string first = folder.Write("old", oldText), second = folder.Write("new", newText), file = folder.File("n.ipynb");
        var random = new Random(worker);
        int olds = 0;
        for (int i = 0; i < kills; i++)
        {
            File.WriteAllText(file, oldText);
            using Process saving = Start(file, first, second);
            Assert.Equal("saving", await saving.StandardOutput.ReadLineAsync());
            var moment = Stopwatch.StartNew();
            double wait = random.NextDouble() * 15.0;                 // ms: several saves of some milliseconds each
            while (moment.Elapsed.TotalMilliseconds < wait) Thread.SpinWait(50);
            saving.Kill();
            await saving.WaitForExitAsync();

            string text = File.ReadAllText(file);
            Assert.True(text == oldText || text == newText, $"worker {worker}, kill {i}: a piece of {text.Length} characters, starting with {text[..Math.Min(20, text.Length)]}");
            if (text == oldText) olds++;
        }
        AtomicFile.Write(file, "whole");
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);      // old, new, n.ipynb: what the kills left is gone
        return olds;
    }

    private static Process Start(string file, string first, string second)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(KilledSaveTests).Assembly.Location, "save-for-ever", file, first, second },
        };
        return Process.Start(start)!;
    }
}
