using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

/// <summary>Cells that take their process down, and processes that are taken from their cells.</summary>
public sealed class CellDeathTests
{
    private const string Name = "cell 7, section 'A cell that tires'";

    [Theory]
    [InlineData("int F(int n) => F(n + 1) + F(n + 2); F(0)", "stack overflow")]
    [InlineData("Environment.Exit(3);", "a call of Environment.Exit(3)")]
    [InlineData("Environment.Exit(0);", "a call of Environment.Exit(0)")]
    [InlineData("Environment.FailFast(\"enough\");", "a call of Environment.FailFast")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"alone\")).Start(); await Task.Delay(5000);", "an exception that nothing caught on a thread of its own: System.Exception: alone")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteByte((nint)0x10_0000_0000, 1);", "a memory access violation")]
    public async Task A_cell_that_ends_its_process_is_named_with_the_cause_and_keeps_its_outputs(string code, string cause)
    {
        await using var session = await TestSession.StartAsync();
        var result = await session.RunAsync($"Console.WriteLine(\"last words\"); display(\"shown\");\n{code}", Name);

        Assert.Equal(CellStatus.Died, result.Status);
        Assert.StartsWith($"{Name}: the process ended by {cause}", result.Message, StringComparison.Ordinal);
        Assert.Equal("last words\n", (string?)result.Outputs[0]["text"]);
        Assert.Contains("display_data", result.Types());     // the runtime's own words come by another way, so before or after it
        Assert.Equal("error", result.Types()[^1]);
        Assert.False(session.Alive);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.RunAsync("1"));
    }

    [Theory]
    [InlineData(9, "SIGKILL")]
    [InlineData(15, "SIGTERM")]
    public async Task A_process_killed_from_outside_is_noticed_long_before_its_limit(int signal, string cause)
    {
        if (OperatingSystem.IsWindows()) return;
        await using var session = await TestSession.StartAsync();
        var running = session.RunAsync("await Task.Delay(-1);", Name);
        await Task.Delay(300);
        Process.Start("kill", [$"-{signal}", $"{session.ProcessId}"]).WaitForExit();
        var result = await running;
        Assert.Equal(CellStatus.Died, result.Status);
        Assert.True(result.Message!.Contains(cause, StringComparison.Ordinal), result.Message);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("await Task.Delay(-1);")]
    public async Task A_cell_past_its_limit_is_ended_and_keeps_its_outputs(string code)
    {
        await using var session = await TestSession.StartAsync();
        await session.OkAsync("1 + 1");     // the compiler is awake: the limit is for the cell alone
        var result = await session.RunAsync($"Console.WriteLine(\"begun\");\n{code}", Name, TimeSpan.FromSeconds(3));
        Assert.Equal(CellStatus.TimedOut, result.Status);
        Assert.Equal($"{Name}: still running after 3 s, its limit, and so ended.", result.Message);
        Assert.Equal("begun\n", (string?)result.Outputs[0]["text"]);
        Assert.Equal("TimedOut", (string?)result.Outputs[1]["ename"]);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(2.9), TestSession.Limit);
        Assert.False(session.Alive);
    }

    [Fact]
    public async Task A_bounded_heap_that_overflows_ends_the_cell_and_not_the_caller()
    {
        await using var session = await TestSession.StartAsync(maxMemoryMegabytes: 300);
        var result = await session.RunAsync("Console.WriteLine(\"begun\"); var hoard = new List<double[]>(); while (true) hoard.Add(new double[1_000_000]);", Name);
        Assert.Contains(result.Status, new[] { CellStatus.Error, CellStatus.Died });
        Assert.Matches("OutOfMemoryException|lack of memory", result.Message);
        Assert.StartsWith(Name, result.Message, StringComparison.Ordinal);
        Assert.Equal("begun\n", (string?)result.Outputs[0]["text"]);
    }

    [Fact]
    public async Task What_a_cell_has_started_ends_with_the_session()
    {
        if (OperatingSystem.IsWindows()) return;
        var session = await TestSession.StartAsync();
        var result = await session.OkAsync("System.Diagnostics.Process.Start(\"sleep\", \"300\").Id");
        int child = int.Parse(result.Value()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(IsAlive(child));
        await session.DisposeAsync();
        await session.DisposeAsync();
        Assert.True(await EndsAsync(session.ProcessId), "the child lives on");
        Assert.True(await EndsAsync(child), "the grandchild lives on");
        Assert.False(session.Alive);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("Parallel.For(0, int.MaxValue, i => System.Threading.Thread.Sleep(1));")]     // keeps the thread pool busy
    public async Task A_child_whose_parent_is_gone_ends_whatever_it_does(string code)
    {
        string pipeName = $"orphan-{Guid.NewGuid():N}"[..30];
        var pipe = new NamedPipeServerStream(pipeName, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        string dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        using var child = Process.Start(new ProcessStartInfo(dotnet, ["exec", typeof(CellSession).Assembly.Location, "host", pipeName]) { RedirectStandardOutput = true })!;
        await pipe.WaitForConnectionAsync();
        using (var channel = new MessageChannel(pipe))
        {
            Assert.IsType<Ready>(channel.Receive());
            channel.Send(new RunCell(code, "cell 1", Silent: false));
            await Task.Delay(500);
            Assert.False(child.HasExited);
        }

        // closing the pipe is all that a killed parent does, too
        using var limit = new CancellationTokenSource(TestSession.Limit);
        await child.WaitForExitAsync(limit.Token);
    }

    [Fact]
    public async Task A_session_in_a_folder_that_does_not_exist_is_refused()
    {
        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => TestSession.StartAsync("/no/such/folder"));
        Assert.Contains("/no/such/folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_cannot_start_is_reported_with_what_it_said()
    {
        var options = new SessionOptions { WorkingFolder = AppContext.BaseDirectory, Environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "1000" } };
        var error = await Assert.ThrowsAsync<SessionStartException>(() => CellSession.StartAsync(options));
        Assert.True(error.Message.Contains("heap", StringComparison.OrdinalIgnoreCase), error.Message);
    }

    [Fact]
    public async Task A_child_that_is_not_ready_in_time_is_reported()
    {
        var options = new SessionOptions { WorkingFolder = AppContext.BaseDirectory, StartLimit = TimeSpan.FromMilliseconds(1) };
        var error = await Assert.ThrowsAsync<SessionStartException>(() => CellSession.StartAsync(options));
        Assert.Contains("0.001 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_start_can_be_given_up()
    {
        using var enough = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CellSession.StartAsync(new SessionOptions { WorkingFolder = AppContext.BaseDirectory }, enough.Token));
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<bool> EndsAsync(int process)
    {
        for (int i = 0; i < 600 && IsAlive(process); i++) await Task.Delay(100);
        return !IsAlive(process);
    }
}
