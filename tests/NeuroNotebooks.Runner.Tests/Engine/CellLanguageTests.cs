using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Engine;

[Collection(nameof(SharedSession))]
public sealed class CellLanguageTests(SharedSession shared)
{
    private CellSession Session => shared.Session;

    [Fact]
    public async Task The_value_of_a_last_expression_without_semicolon_is_the_result()
    {
        var result = await Session.OkAsync("int seven = 7;\nseven * 6");
        Assert.Equal(["execute_result"], result.Types());
        Assert.Equal("42", result.Value());
        Assert.Equal(result.ExecutionCount, (int)result.Outputs[0]["execution_count"]!);
        Assert.Equal("{}", result.Outputs[0]["metadata"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Math.Abs(-1);")]
    [InlineData("var quiet = 3;")]
    [InlineData("void Nothing() { } Nothing()")]
    [InlineData("")]
    [InlineData("// only a comment")]
    [InlineData("using System.IO;")]
    public async Task A_cell_without_a_value_shows_nothing(string code) => Assert.Empty((await Session.OkAsync(code)).Outputs);

    [Fact]
    public async Task A_null_at_the_end_is_shown_as_null() => Assert.Equal("<null>", (await Session.OkAsync("(string)null")).Value());

    [Fact]
    public async Task A_returned_value_is_the_result() => Assert.Equal("5", (await Session.OkAsync("if (true) { return 5; }")).Value());

    [Theory]
    [InlineData("Math.Sqrt(4.0)", "2")]
    [InlineData("new StringBuilder(\"a\").ToString()", "a")]
    [InlineData("((IEnumerable)new[] { 1 }).Cast<int>().Single()", "1")]
    [InlineData("new List<int> { 1, 2 }.Count", "2")]
    [InlineData("Task.FromResult(3).Result", "3")]
    public async Task The_default_imports_are_those_of_the_dotnet_interactive_kernel(string code, string value) =>
        Assert.Equal(value, (await Session.OkAsync(code)).Value());

    [Fact]
    public async Task System_IO_is_not_imported()
    {
        await using var fresh = await TestSession.StartAsync();
        var result = await fresh.RunAsync("Path.GetTempPath()");
        Assert.Equal(CellStatus.Error, result.Status);
        Assert.Contains("CS0103", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_CSharp_14()
    {
        // the field keyword and assignment behind ?. came with C# 14
        var result = await Session.OkAsync(
            """
            class Cell14 { public string Name { get; set => field = value.Trim(); } = ""; }
            Cell14? cell14 = new();
            cell14?.Name = "  tired ";
            cell14.Name
            """);
        Assert.Equal("tired", result.Value());
    }

    [Fact]
    public async Task Cells_are_compiled_with_optimisation() => Assert.Equal("False", (await Session.OkAsync(
        """
        System.Reflection.Assembly.GetExecutingAssembly().GetCustomAttributes(false)
            .OfType<System.Diagnostics.DebuggableAttribute>().Any(a => a.IsJITOptimizerDisabled)
        """)).Value());

    [Fact]
    public async Task Variables_functions_types_and_usings_live_on_in_later_cells()
    {
        await Session.OkAsync("using System.Globalization;\nvar kept = 20; int Twice(int n) => 2 * n; record Neuron(string Name);");
        await Session.OkAsync("kept += 1;");
        Assert.Equal("42 Ada iv", (await Session.OkAsync("$\"{Twice(kept)} {new Neuron(\"Ada\").Name} {CultureInfo.InvariantCulture.TwoLetterISOLanguageName}\"")).Value());
    }

    [Fact]
    public async Task A_variable_may_be_declared_again_with_another_type()
    {
        await Session.OkAsync("var shape = 1;");
        await Session.OkAsync("var shape = \"round\";");
        Assert.Equal("round", (await Session.OkAsync("shape")).Value());
    }

    [Fact]
    public async Task Variables_set_before_an_exception_are_kept()
    {
        var failed = await Session.RunAsync("var before = 11; var during = 12; if (before > 0) throw new InvalidOperationException(\"stop\"); during = 13;");
        Assert.Equal(CellStatus.Error, failed.Status);
        Assert.Equal("(11, 12)", (await Session.OkAsync("(before, during)")).Value());
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_no_trace()
    {
        await Session.OkAsync("var stable = 1;");
        Assert.Equal(CellStatus.Error, (await Session.RunAsync("var stable = \"two\"; nonsense!")).Status);
        Assert.Equal("1", (await Session.OkAsync("stable")).Value());
    }

    [Fact]
    public async Task A_cell_may_await() =>
        Assert.Equal("done", (await Session.OkAsync("await Task.Delay(5);\nvar awaited = await Task.FromResult(\"done\");\nawaited")).Value());

    [Fact]
    public async Task A_cell_may_be_unsafe_and_use_spans() =>
        Assert.Equal("6", (await Session.OkAsync("unsafe int Sum() { int* three = stackalloc int[] { 1, 2, 3 }; return three[0] + three[1] + three[2]; } Sum()")).Value());

    [Fact]
    public async Task Numbers_have_a_point_whatever_the_machine_speaks() => Assert.Equal(
        "1.5 0.25", (await Session.OkAsync("System.Globalization.CultureInfo.CurrentCulture.Name == \"\" ? $\"{1.5} {await Task.Run(() => 0.25.ToString())}\" : \"no\"")).Value());

    [Fact]
    public async Task Reading_from_the_keyboard_finds_its_end() => Assert.Equal("True", (await Session.OkAsync("Console.ReadLine() is null")).Value());

    [Fact]
    public async Task Cells_run_in_the_folder_of_the_notebook() =>
        Assert.Equal(AppContext.BaseDirectory.TrimEnd('/', '\\'), (await Session.OkAsync("Environment.CurrentDirectory")).Value());

    [Fact]
    public async Task A_silent_cell_has_no_number_and_shows_no_value()
    {
        int before = (await Session.OkAsync("1")).ExecutionCount;
        var silent = await Session.RunAsync(new CellRequest("var whispered = 2; whispered", "cell s", TestSession.Limit, Silent: true));
        Assert.Empty(silent.Outputs);
        Assert.Equal(before, silent.ExecutionCount);
        Assert.Equal(before + 1, (await Session.OkAsync("whispered")).ExecutionCount);
    }

    [Fact]
    public async Task Cells_are_compiled_optimised()
    {
        const string Code = "class Marker { }\ntypeof(Marker).Assembly.GetCustomAttributes(false).OfType<System.Diagnostics.DebuggableAttribute>().Any(a => a.IsJITOptimizerDisabled)";
        Assert.Equal("False", (await Session.OkAsync(Code)).Value());
    }

    [Theory]
    [InlineData("#!markdown\n# Title\n*text*", "text/markdown", "# Title\n*text*")]
    [InlineData("#!html\n<b>bold</b>", "text/html", "<b>bold</b>")]
    public async Task A_cell_may_be_text(string code, string mimeType, string text)
    {
        var result = await Session.OkAsync(code);
        Assert.Equal(["display_data"], result.Types());
        Assert.Equal(text, (string?)result.Data()[mimeType]);
    }

    [Fact]
    public async Task A_cell_may_change_language_and_keeps_its_line_numbers()
    {
        var result = await Session.RunAsync("#!html\n<i>x</i>\n#!csharp\nvar mixed = 1;\nmissing();");
        Assert.Equal("<i>x</i>", (string?)result.Data()["text/html"]);
        Assert.Contains("cell 1, line 5", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_magic_says_how_long_the_cell_took() =>
        Assert.Matches(@"^Wall time: \d+\.\d ms$", (await Session.OkAsync("#!time\nvar timed = 1;")).Text());

    [Fact]
    public async Task An_unknown_magic_command_is_an_error_that_names_it_and_the_known_ones()
    {
        var result = await Session.RunAsync("var x1 = 1;\n#!fsharp\nlet x = 1");
        Assert.Equal(CellStatus.Error, result.Status);
        Assert.Contains("cell 1, line 2", result.Text(), StringComparison.Ordinal);
        Assert.Contains("#!fsharp", result.Message, StringComparison.Ordinal);
        Assert.Contains("#!markdown", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_cell_cannot_start_while_one_is_running()
    {
        using var gate = new Gate();
        var running = Session.RunAsync(gate.Waiting, "cell 8");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Session.RunAsync("1"));
        Assert.Contains("cell 8", error.Message, StringComparison.Ordinal);
        gate.Open();
        Assert.Equal(CellStatus.Ok, (await running).Status);
    }
}
