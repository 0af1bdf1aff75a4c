using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

[Collection(nameof(SharedSession))]
public sealed class CellErrorTests(SharedSession shared)
{
    private const string Name = "cell 7, section 'A cell that tires'";

    private CellSession Session => shared.Session;

    [Fact]
    public async Task A_compile_error_shows_line_column_source_and_caret()
    {
        var result = await Session.RunAsync("var a1 = 1;\n  var b1 = missing + 1;", Name);
        Assert.Equal(CellStatus.Error, result.Status);
        Assert.Equal(["error"], result.Types());
        Assert.Equal("CompilationError", (string?)result.Outputs[0]["ename"]);
        Assert.Equal(
            [
                $"{Name}, line 2, column 12: error CS0103: The name 'missing' does not exist in the current context",
                "      var b1 = missing + 1;",
                "               ^^^^^^^",
            ],
            result.Outputs[0]["traceback"]!.AsArray().Select(line => (string)line!));
        Assert.StartsWith($"{Name}, line 2: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_compile_errors_are_listed() =>
        Assert.Equal(2, (await Session.RunAsync("int a2 = \"x\";\nint b2 = \"y\";")).Text().Split("error CS0029").Length - 1);

    [Fact]
    public async Task An_exception_points_at_the_line_of_the_cell_without_the_engines_frames()
    {
        var result = await Session.RunAsync("int Rest(int n)\n{\n    return 10 / n;\n}\n\nRest(0)", Name);
        Assert.Equal("System.DivideByZeroException", (string?)result.Outputs[0]["ename"]);
        Assert.Equal("Attempted to divide by zero.", (string?)result.Outputs[0]["evalue"]);
        Assert.Equal(
            [
                "System.DivideByZeroException: Attempted to divide by zero.",
                $"   at Rest(Int32 n) in {Name}, line 3",
                "        return 10 / n;",
                $"   at the cell in {Name}, line 6",
            ],
            result.Outputs[0]["traceback"]!.AsArray().Select(line => (string)line!));
        Assert.Equal($"{Name}, line 3: System.DivideByZeroException: Attempted to divide by zero.", result.Message);
    }

    [Fact]
    public async Task An_exception_after_an_await_and_its_cause_keep_their_lines()
    {
        var result = await Session.RunAsync(
            """
            async Task Deep()
            {
                await Task.Yield();
                try { int.Parse("x"); }
                catch (FormatException e) { throw new InvalidOperationException("outer", e); }
            }
            await Deep();
            """);
        Assert.Contains("   at Deep() in cell 1, line 5", result.Text(), StringComparison.Ordinal);
        Assert.Contains("   at the cell in cell 1, line 7", result.Text(), StringComparison.Ordinal);
        Assert.Contains("caused by System.FormatException", result.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("MoveNext", result.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("CompilerServices", result.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("NeuroNotebooks.Runner", result.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lambdas_local_functions_types_and_constructors_have_readable_names()
    {
        var result = await Session.RunAsync(
            """
            class Thrower
            {
                public Thrower() { Boom(); void Boom() => Enumerable.Range(0, 1).Select(i => 1 / i).ToList(); }
            }
            new Thrower();
            """);
        Assert.Contains("at Thrower.a lambda in cell 1, line 3", result.Text(), StringComparison.Ordinal);
        Assert.Contains("at Thrower.Boom() in cell 1, line 3", result.Text(), StringComparison.Ordinal);
        Assert.Contains("at Thrower.new() in cell 1, line 3", result.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_in_a_function_of_an_earlier_cell_names_that_cell()
    {
        await Session.OkAsync("\nint Early() => throw new NotSupportedException(\"early\");", "cell 3");
        var result = await Session.RunAsync("var late = 1;\nEarly();", "cell 4");
        Assert.Contains("at Early() in cell 3, line 2", result.Text(), StringComparison.Ordinal);
        Assert.Contains("at the cell in cell 4, line 2", result.Text(), StringComparison.Ordinal);
        Assert.StartsWith("cell 4, line 2: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_shown_before_an_error_is_kept_and_the_session_goes_on()
    {
        var result = await Session.RunAsync("Console.WriteLine(\"first\");\ndisplay(\"second\");\nthrow new Exception(\"third\");");
        Assert.Equal(["stream", "display_data", "error"], result.Types());
        Assert.True(Session.Alive);
        Assert.Equal("4", (await Session.OkAsync("2 + 2")).Value());
    }

    [Fact]
    public async Task An_exception_without_end_of_causes_is_cut()
    {
        var result = await Session.RunAsync(
            "Exception chain = new(\"root\"); for (int i = 0; i < 1000; i++) chain = new Exception($\"link {i}\", chain); throw chain;");
        Assert.InRange(result.Outputs[0]["traceback"]!.AsArray().Count, 100, 300);
    }

    [Fact]
    public async Task A_cancelled_task_of_the_cells_own_is_an_error_like_any_other() =>
        Assert.Contains("OperationCanceledException", (await Session.RunAsync("throw new OperationCanceledException();")).Message, StringComparison.Ordinal);
}
