using System.Diagnostics;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

public sealed class CellLanguageTests(SharedSession shared, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<SharedSession>
{
    private CellSession Session => shared.Session;

    [Fact]
    public async Task Timing()
    {
        long a = Stopwatch.GetTimestamp();
        await using var s = await Cells.StartAsync();
        output.WriteLine($"start {Stopwatch.GetElapsedTime(a)}");
        for (int i = 0; i < 5; i++)
        {
            var r = await s.RunAsync("var x = 1 + 1; Console.WriteLine(x); display(x); x");
            output.WriteLine($"cell {r.Elapsed} {r.Status} {r.Message} {r.Text()}");
        }
        var q = await s.RunAsync("\n#r \"System.Linq\"\nint F(int n) => 1 / n;\nawait Task.Delay(1);\nF(0)");
        output.WriteLine($"cell {q.Elapsed} {q.Status} {q.Message} {q.Text()}");
        q = await s.RunAsync("\nint g = 3\nh = 4;");
        output.WriteLine($"cell {q.Elapsed} {q.Status} {q.Message} {q.Text()}");
        q = await s.RunAsync("long f(int n) => f(n+1)+f(n+2); f(1)");
        output.WriteLine($"cell {q.Elapsed} {q.Status} {q.Message} {q.Text()[..200]}");
    }
}
