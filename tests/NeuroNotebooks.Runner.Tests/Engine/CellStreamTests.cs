using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Engine;

[Collection(nameof(SharedSession))]
public sealed class CellStreamTests(SharedSession shared)
{
    private CellSession Session => shared.Session;

    [Fact]
    public async Task Streams_and_displays_keep_their_order_and_equal_neighbours_are_one_output()
    {
        var result = await Session.OkAsync(
            """
            Console.Write("a"); Console.WriteLine("b"); Console.Error.WriteLine("c"); Console.WriteLine(1.5);
            display("d"); Console.WriteLine("e"); "f"
            """);
        Assert.Equal(["stream", "stream", "stream", "display_data", "stream", "execute_result"], result.Types());
        Assert.Equal(["stdout", "stderr", "stdout"], result.Outputs.Take(3).Select(o => (string)o["name"]!));
        Assert.Equal("ab\nc\n1.5\nde\nf", result.Text());
    }

    [Fact]
    public async Task Text_arrives_while_the_cell_runs()
    {
        using var gate = new Gate();
        var arrivals = new List<CellEvent>();
        // the cell ends only because its text has come
        var live = new Listener(e =>
        {
            arrivals.Add(e);
            gate.Open();
        });
        var result = await Session.RunAsync(
            new CellRequest($"Console.Write(\"now\"); {gate.Waiting} display(\"then\");", "cell 1", TestSession.Limit), live);

        Assert.Equal(CellStatus.Ok, result.Status);
        var text = Assert.IsType<StreamWritten>(arrivals[0]);
        Assert.Equal(("stdout", "now"), (text.Name, text.Text));
        Assert.Equal("then", (string?)Assert.IsType<OutputAdded>(arrivals[1]).Output["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Lines_of_many_threads_do_not_mix()
    {
        var result = await Session.OkAsync("Parallel.For(0, 2000, i => Console.WriteLine(new string((char)('a' + i % 26), 40)));");
        string[] lines = result.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2000, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length == 40 && line.Distinct().Count() == 1, line));
    }

    [Fact]
    public async Task What_native_code_prints_is_captured_too()
    {
        if (OperatingSystem.IsWindows()) return;
        var result = await Session.OkAsync(
            """
            using System.Runtime.InteropServices;
            [DllImport("libc")] static extern int puts(string text);
            puts("from C");
            """);
        Assert.Equal("from C\n", result.Text());
    }

    [Fact]
    public async Task Bytes_written_to_the_raw_streams_are_captured_too()
    {
        var result = await Session.OkAsync("using (var raw = Console.OpenStandardError()) raw.Write(Encoding.UTF8.GetBytes(\"häßlich\"));");
        Assert.Equal("stderr", (string?)result.Outputs[0]["name"]);
        Assert.Equal("häßlich", result.Text());
    }

    [Fact]
    public async Task Printing_without_measure_is_cut_with_a_note()
    {
        await using var session = await CellSession.StartAsync(
            new SessionOptions { WorkingFolder = AppContext.BaseDirectory, MaxStreamMegabytes = 1, MaxDisplayMegabytes = 1 });
        var result = await session.OkAsync("for (int i = 0; i < 40000; i++) Console.WriteLine(new string('x', 99));");
        Assert.Equal(1_000_000, ((string)result.Outputs[0]["text"]!).Length);
        Assert.Contains("more than 1 MB", result.Text(), StringComparison.Ordinal);
        Assert.Equal(2, result.Outputs.Count);

        result = await session.OkAsync("for (int i = 0; i < 30; i++) display(new string('y', 100_000));");
        Assert.Equal(11, result.Outputs.Count);
        Assert.Contains("displayed more than 1 MB", result.Text(), StringComparison.Ordinal);
        Assert.Equal("3", (await session.OkAsync("1 + 2")).Value());
    }

    [Fact]
    public async Task What_a_background_task_prints_between_cells_comes_with_the_next_one()
    {
        using Gate ended = new(), printed = new();
        await Session.OkAsync($"_ = Task.Run(async () => {{ {ended.Waiting} Console.WriteLine(\"late\"); {printed.Opening} }});");
        ended.Open();
        await printed.WaitAsync();
        Assert.Equal("late\nnext", (await Session.OkAsync("\"next\"")).Text());
    }
}

/// <summary>Receives events on the spot; the library's own Progress hands them to the thread pool and loses their order.</summary>
internal sealed class Listener(Action<CellEvent> listen) : IProgress<CellEvent>
{
    public void Report(CellEvent value) => listen(value);
}
