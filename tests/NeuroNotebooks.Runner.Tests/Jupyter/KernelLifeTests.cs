using System.Diagnostics;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>Interrupts, deaths and ends; each test has a kernel of its own.</summary>
public sealed class KernelLifeTests
{
    // it watches before it says so: an interrupt may come at once
    private const string Watching =
        "var token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken; Console.WriteLine(\"on\"); await Task.Delay(-1, token);";
    private const string Deaf = "Console.WriteLine(\"on\"); while (true) { }";

    [FactWith("libzmq")]
    public async Task An_interrupt_stops_a_cell_that_watches_and_keeps_the_variables()
    {
        await using var kernel = new KernelClient();
        kernel.Execute("int kept = 5;");
        var (reply, _) = Interrupt(kernel, Watching);
        Assert.Equal(("error", "Interrupted"), ((string?)reply["status"], (string?)reply["ename"]));
        Assert.Equal("5", Value(kernel.Execute("kept")));
    }

    [FactWith("libzmq")]
    public async Task An_interrupt_ends_a_cell_that_does_not_watch_and_the_next_one_says_that_it_starts_anew()
    {
        await using var kernel = new KernelClient();
        kernel.Execute("int lost = 5;");
        var (reply, published) = Interrupt(kernel, Deaf);
        Assert.Equal("error", (string?)reply["status"]);
        Assert.Contains(published, m => m.Type == "stream" && ((string)m.Content["text"]!).Contains("the variables of the session are lost"));
        var next = kernel.Execute("1 + 1");
        Assert.Equal("2", Value(next));
        Assert.Contains("A new session was started", next.Printed("stderr"));
        Assert.Equal("error", kernel.Execute("lost").Status);
    }

    [FactWith("libzmq", "kill")]
    public async Task The_interrupt_signal_does_the_same()
    {
        await using var kernel = new KernelClient();
        kernel.Execute("int kept = 5;");
        string id = kernel.Send("execute_request", KernelClient.ExecuteContent(Watching));
        kernel.NextPublished(id, "stream");
        await SignalAsync(kernel);
        Assert.Equal("Interrupted", (string?)kernel.Reply(id)["ename"]);

        // between cells it means nothing, once it has arrived
        await SignalAsync(kernel);
        await Task.Delay(2000);
        Assert.Equal("5", Value(kernel.Execute("kept")));
    }

    [TheoryWith("libzmq")]
    [InlineData("Environment.Exit(3);", "Environment.Exit(3)")]
    [InlineData("int Deep(int x) => Deep(x + 1) + 1; Deep(0)", "stack overflow")]
    public async Task A_cell_that_takes_its_process_down_is_an_error_and_the_next_one_starts_anew(string code, string cause)
    {
        await using var kernel = new KernelClient();
        int count = (int)kernel.Execute("int lost = 5;").Reply["execution_count"]!;
        var death = kernel.Execute(code);
        Assert.Equal("error", death.Status);
        Assert.Contains(cause, (string?)death.Reply["evalue"]);
        Assert.Contains("variables of the session are lost", (string?)death.Only("error")["evalue"]);

        // a question in between starts the session too, but does not take the notice from the cell
        Assert.Equal("ok", kernel.Ask("complete_request", new JsonObject { ["code"] = "Mat", ["cursor_pos"] = 3 }).Status);
        var next = kernel.Execute("1 + 1");
        Assert.Contains("A new session was started", next.Printed("stderr"));
        Assert.Equal(count + 2, (int)next.Reply["execution_count"]!);
        Assert.Empty(kernel.Execute("2 + 2").Printed("stderr"));
    }

    [TheoryWith("libzmq")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_shutdown_is_answered_and_ends_the_process_even_while_a_cell_runs(bool restart)
    {
        await using var kernel = new KernelClient();
        string running = kernel.Send("execute_request", KernelClient.ExecuteContent($"Console.WriteLine(Environment.ProcessId); {Deaf}"));
        int child = int.Parse((string)kernel.NextPublished(running, "stream").Content["text"]!.AsValue()!.ToString().Split('\n')[0]);
        var answer = kernel.Ask("shutdown_request", new JsonObject { ["restart"] = restart }, kernel.Control);
        Assert.Equal(("ok", restart), (answer.Status, (bool)answer.Reply["restart"]!));
        Assert.True(kernel.ExitCode() == 0, kernel.Said);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
    }

    [FactWith("libzmq")]
    public async Task Without_a_key_messages_are_not_signed()
    {
        await using var kernel = new KernelClient(key: "");
        Assert.Equal("3", Value(kernel.Execute("1 + 2")));
    }

    private static (JsonObject Reply, IReadOnlyList<NeuroNotebooks.Runner.Jupyter.KernelMessage> Published) Interrupt(KernelClient kernel, string code)
    {
        string id = kernel.Send("execute_request", KernelClient.ExecuteContent(code));
        kernel.NextPublished(id, "stream");
        Assert.Equal("ok", (string?)kernel.Reply(kernel.Send("interrupt_request", [], kernel.Control), kernel.Control)["status"]);
        return (kernel.Reply(id), kernel.Published(id));
    }

    private static async Task SignalAsync(KernelClient kernel)
    {
        using var kill = Process.Start("kill", ["-INT", $"{kernel.Process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static string? Value(Exchange run) => (string?)run.Only("execute_result")["data"]!["text/plain"];
}
