using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>What becomes of cells that a client sends; the cases of jupyter_kernel_test and those that it leaves out.</summary>
public sealed class KernelExecuteTests(SharedKernel shared) : IClassFixture<SharedKernel>
{
    private KernelClient Kernel => shared.Client;

    [FactWith("libzmq")]
    public void Text_is_published_between_the_input_and_the_reply_with_the_request_as_its_cause()
    {
        var run = Kernel.Execute("Console.WriteLine(\"hello, world\");");
        Assert.Equal("ok", run.Status);
        Assert.Equal(["execute_input", "stream"], run.Types);
        Assert.Equal("hello, world\n", run.Printed("stdout"));
        Assert.Equal((int)run.Reply["execution_count"]!, (int)run.Only("execute_input")["execution_count"]!);
    }

    [FactWith("libzmq")]
    public void Standard_error_is_a_stream_of_its_own() =>
        Assert.Equal("trouble\n", Kernel.Execute("Console.Error.WriteLine(\"trouble\");").Printed("stderr"));

    [FactWith("libzmq")]
    public void The_last_value_is_the_result_and_carries_the_number_of_the_cell()
    {
        var run = Kernel.Execute("6 * 7");
        Assert.Equal("42", (string?)run.Only("execute_result")["data"]!["text/plain"]);
        Assert.Equal((int)run.Reply["execution_count"]!, (int)run.Only("execute_result")["execution_count"]!);
    }

    [FactWith("libzmq")]
    public void Cells_share_their_variables_and_are_counted()
    {
        int first = (int)Kernel.Execute("int shared = 20;").Reply["execution_count"]!;
        var second = Kernel.Execute("shared + 1");
        Assert.Equal(first + 1, (int)second.Reply["execution_count"]!);
        Assert.Equal("21", (string?)second.Only("execute_result")["data"]!["text/plain"]);
    }

    [FactWith("libzmq")]
    public void An_exception_names_the_line_of_the_cell_and_is_replied_as_it_is_published()
    {
        var run = Kernel.Execute("int zero = 0;\n\nvar y = 1 / zero;");
        Assert.Equal(["execute_input", "error"], run.Types);
        JsonObject error = run.Only("error");
        Assert.Equal("System.DivideByZeroException", (string?)error["ename"]);
        Assert.Contains($"cell [{run.Reply["execution_count"]}], line 3", Traceback(error));
        Assert.Equal("error", run.Status);
        Assert.Equal(((string?)error["evalue"], Traceback(error)), ((string?)run.Reply["evalue"], Traceback(run.Reply)));
    }

    [FactWith("libzmq")]
    public void A_cell_that_does_not_compile_says_where()
    {
        var run = Kernel.Execute("int fine = 1;\nint broken = \"text\";");
        Assert.Equal("CompilationError", (string?)run.Only("error")["ename"]);
        Assert.Contains($"cell [{run.Reply["execution_count"]}], line 2", Traceback(run.Reply));
    }

    [FactWith("libzmq")]
    public void A_display_is_updated_in_place()
    {
        var run = Kernel.Execute("var bar = display(\"0 %\"); bar.Update(\"50 %\"); bar.Update(\"100 %\");");
        Assert.Equal(["execute_input", "display_data", "update_display_data", "update_display_data"], run.Types);
        string id = (string)run.Only("display_data")["transient"]!["display_id"]!;
        Assert.All(run.Published.Skip(2), update => Assert.Equal(id, (string?)update.Content["transient"]!["display_id"]));
        Assert.Equal("100 %", (string?)run.Published[^1].Content["data"]!["text/plain"]);

        var later = Kernel.Execute("bar.Update(\"again\");");
        Assert.Equal(id, (string?)later.Only("update_display_data")["transient"]!["display_id"]);
    }

    [FactWith("libzmq")]
    public void Text_arrives_while_the_cell_still_runs()
    {
        using var gate = new Gate();
        string id = Kernel.Send("execute_request", KernelClient.ExecuteContent($"Console.WriteLine(\"soon\"); {gate.Waiting}"));
        Kernel.NextPublished(id, "stream");
        gate.Open();
        Assert.Equal("ok", (string?)Kernel.Reply(id)["status"]);
    }

    [FactWith("libzmq")]
    public void A_silent_cell_shows_nothing_and_is_not_counted()
    {
        int before = (int)Kernel.Execute("1").Reply["execution_count"]!;
        var silent = Kernel.Execute("int quiet = 3; Console.WriteLine(quiet); quiet", silent: true);
        Assert.Equal("ok", silent.Status);
        Assert.Empty(silent.Published);
        Assert.Equal(before + 1, (int)Kernel.Execute("quiet").Reply["execution_count"]!);
    }

    [FactWith("libzmq")]
    public void A_cell_that_is_not_stored_is_neither_counted_nor_remembered()
    {
        int before = (int)Kernel.Execute("1").Reply["execution_count"]!;
        Kernel.Execute("\"forget me\"", storeHistory: false);
        Assert.Equal(before + 1, (int)Kernel.Execute("2").Reply["execution_count"]!);
        var history = Kernel.Ask("history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2 }).Reply["history"]!.AsArray();
        Assert.Equal(["1", "2"], history.Select(entry => (string?)entry![2]));
    }

    [FactWith("libzmq")]
    public void A_blank_cell_is_fine_and_is_not_counted()
    {
        int before = (int)Kernel.Execute("1").Reply["execution_count"]!;
        Assert.Equal("ok", Kernel.Execute(" \n").Status);
        Assert.Equal(before + 1, (int)Kernel.Execute("2").Reply["execution_count"]!);
    }

    [FactWith("libzmq")]
    public void Queued_cells_are_given_up_after_an_error()
    {
        using var gate = new Gate();
        string failing = Kernel.Send("execute_request", KernelClient.ExecuteContent($"{gate.Waiting} await Task.Delay(500); throw new Exception(\"stop\");"));
        string[] queued = [.. Enumerable.Range(0, 3).Select(i => Kernel.Send("execute_request", KernelClient.ExecuteContent($"int queued{i} = {i};")))];
        gate.Open();
        Assert.Equal("error", (string?)Kernel.Reply(failing)["status"]);
        foreach (string id in queued)
        {
            Assert.Equal("aborted", (string?)Kernel.Reply(id)["status"]);
            Assert.Empty(Kernel.Published(id));
        }
        Assert.Equal("error", Kernel.Execute("queued0").Status);
    }

    [FactWith("libzmq")]
    public void Queued_cells_run_after_an_error_that_is_not_to_stop_them()
    {
        string failing = Kernel.Send("execute_request",
            KernelClient.ExecuteContent("await Task.Delay(500); throw new Exception(\"go on\");", stopOnError: false));
        string next = Kernel.Send("execute_request", KernelClient.ExecuteContent("int wentOn = 1;"));
        Assert.Equal("error", (string?)Kernel.Reply(failing)["status"]);
        Assert.Equal("ok", (string?)Kernel.Reply(next)["status"]);
    }

    [FactWith("libzmq")]
    public void Expressions_are_evaluated_after_the_cell_each_by_itself()
    {
        var run = Kernel.Execute("int seven = 7;", expressions: new JsonObject { ["good"] = "seven + 1", ["bad"] = "noSuchName" });
        Assert.Equal("8", (string?)run.Reply["user_expressions"]!["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)run.Reply["user_expressions"]!["bad"]!["status"]);
        Assert.Equal(["execute_input"], run.Types);
    }

    [FactWith("libzmq")]
    public void A_cell_whose_package_cannot_be_had_is_no_error_and_says_so()
    {
        var run = Kernel.Execute("#r \"nuget: Deedle, 7.0.1\"\nvar frame = Deedle.Frame.CreateEmpty<int, string>();");
        Assert.Equal("ok", run.Status);
        Assert.Contains("Skipped.", (string?)run.Only("display_data")["data"]!["text/plain"]);
    }

    private static string Traceback(JsonObject error) => string.Join('\n', error["traceback"]!.AsArray().Select(line => (string?)line));
}
