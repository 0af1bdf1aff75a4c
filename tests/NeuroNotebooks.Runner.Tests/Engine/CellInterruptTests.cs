using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

public sealed class CellInterruptTests
{
    private const string Name = "cell 7, section 'A cell that tires'";

    [Fact]
    public async Task An_interrupted_cell_ends_its_process_and_keeps_its_outputs()
    {
        await using var session = await TestSession.StartAsync();
        var result = await InterruptOnceBegunAsync(session, "Console.Write(\"begun\"); while (true) { }");
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal($"{Name}: interrupted.", result.Message);
        Assert.StartsWith("begun", result.Text(), StringComparison.Ordinal);
        Assert.False(session.Alive);
    }

    [Fact]
    public async Task With_a_grace_period_a_cell_that_watches_its_token_leaves_the_session_and_its_variables_alive()
    {
        await using var session = await TestSession.StartAsync(grace: TimeSpan.FromHours(1));
        await session.OkAsync("var treasure = 42; var token = default(System.Threading.CancellationToken);");
        const string Token = "token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken; Console.Write(\"begun\");\n";
        string[] endless =
        [
            "await Task.Delay(-1, token);",
            "while (true) { Console.WriteLine(\"chatter\"); await Task.Delay(1); token.ThrowIfCancellationRequested(); }",
            "Parallel.For(0, int.MaxValue, new ParallelOptions { CancellationToken = token }, i => System.Threading.Thread.Sleep(1));",
            "while (!token.IsCancellationRequested) { }\nConsole.WriteLine(\"tidy\");",
        ];
        foreach (string code in endless)
        {
            var result = await InterruptOnceBegunAsync(session, Token + code);
            Assert.Equal(CellStatus.Interrupted, result.Status);
            Assert.Equal("Interrupted", (string?)result.Outputs[^1]["ename"]);
            Assert.True(session.Alive, code);
            Assert.Equal("42", (await session.OkAsync("treasure")).Value());
        }
    }

    [Fact]
    public async Task A_cell_that_does_not_watch_its_token_ends_with_its_process_at_once()
    {
        await using var session = await TestSession.StartAsync(grace: TimeSpan.FromHours(1));
        var result = await InterruptOnceBegunAsync(session, "Console.Write(\"begun\"); while (true) { }");
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.StartsWith("begun", result.Text(), StringComparison.Ordinal);
        Assert.False(session.Alive);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_stopped_within_the_grace_period_ends_its_process()
    {
        await using var session = await TestSession.StartAsync(grace: TimeSpan.FromSeconds(0.5));
        var result = await InterruptOnceBegunAsync(session, "_ = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken; Console.Write(\"begun\"); while (true) { }");
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.False(session.Alive);
    }

    [Fact]
    public async Task A_cell_interrupted_before_it_runs_does_not_run()
    {
        await using var session = await TestSession.StartAsync(grace: TimeSpan.FromSeconds(10));
        using var already = new CancellationTokenSource();
        await already.CancelAsync();
        var result = await session.RunAsync(new CellRequest("var ran = true;", Name, TestSession.Limit), null, already.Token);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal("1", (await session.OkAsync("1")).Value());
        Assert.Contains("CS0103", (await session.RunAsync("ran")).Message, StringComparison.Ordinal);
    }

    private static async Task<CellResult> InterruptOnceBegunAsync(CellSession session, string code)
    {
        using var interrupt = new CancellationTokenSource();
        bool begun = false;
        var live = new Listener(e =>
        {
            if (begun || e is not StreamWritten) return;
            begun = true;
            interrupt.CancelAfter(100);
        });
        return await session.RunAsync(new CellRequest(code, Name, TestSession.Limit), live, interrupt.Token);
    }
}
