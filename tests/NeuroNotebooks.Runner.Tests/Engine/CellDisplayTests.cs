using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

[Collection(nameof(SharedSession))]
public sealed class CellDisplayTests(SharedSession shared)
{
    private CellSession Session => shared.Session;

    [Fact]
    public async Task Values_can_be_displayed_in_all_the_ways_of_dotnet_interactive()
    {
        var result = await Session.OkAsync(
            """
            display(1);
            2.Display();
            "<b>3</b>".DisplayAs("text/html");
            HTML("<i>4</i>").Display();
            display(5, "text/html", "text/plain");
            HTML("<u>6</u>")
            """);
        Assert.Equal(["display_data", "display_data", "display_data", "display_data", "display_data", "execute_result"], result.Types());
        Assert.Equal("1", (string?)result.Data(0)["text/plain"]);
        Assert.Equal("2", (string?)result.Data(1)["text/plain"]);
        Assert.Equal("<b>3</b>", (string?)result.Data(2)["text/html"]);
        Assert.Equal("<i>4</i>", (string?)result.Data(3)["text/html"]);
        Assert.Equal(["text/html", "text/plain"], result.Data(4).Select(pair => pair.Key));
        Assert.Equal("<u>6</u>", (string?)result.Data(5)["text/html"]);
    }

    [Fact]
    public async Task Styles_and_scripts_are_shown_as_HTML()
    {
        var result = await Session.OkAsync("CSS(\"b { color: red }\"); Javascript(\"1 + 1\");");
        Assert.Equal("<style>b { color: red }</style>", (string?)result.Data(0)["text/html"]);
        Assert.Equal("<script type=\"text/javascript\">1 + 1</script>", (string?)result.Data(1)["text/html"]);
    }

    [Fact]
    public async Task The_usings_that_notebooks_write_for_dotnet_interactive_are_known() => Assert.Equal("7", (await Session.OkAsync(
        """
        using Microsoft.DotNet.Interactive;
        using Microsoft.DotNet.Interactive.Formatting;
        using Microsoft.AspNetCore.Html;
        Kernel.display(new HtmlString("x"));
        DisplayedValue shown7 = 7.Display();
        7.ToDisplayString("text/plain")
        """)).Value());

    [Fact]
    public async Task A_display_of_the_same_cell_is_updated_in_place()
    {
        var result = await Session.OkAsync("var bar = display(\"0 %\"); display(\"other\"); bar.Update(\"50 %\"); bar.Update(\"100 %\");");
        Assert.Equal(["100 %", "other"], result.Outputs.Select(o => (string)o["data"]!["text/plain"]!));
        Assert.Empty(result.Updates);
    }

    [Fact]
    public async Task A_display_of_an_earlier_cell_is_updated_by_its_identifier()
    {
        var first = await Session.OkAsync("var progress = display(\"begun\");");
        var events = new List<CellEvent>();
        var second = await Session.RunAsync(new CellRequest("progress.Update(\"finished\");", "cell 2", TestSession.Limit), new Listener(events.Add));

        Assert.Empty(second.Outputs);
        var update = Assert.Single(second.Updates);
        Assert.Equal(first.DisplayIds[0], update.DisplayId);
        Assert.Equal(update, Assert.Single(events));
        update.ApplyTo(first.Outputs[0]);
        Assert.Equal("finished", (string?)first.Data()["text/plain"]);
    }

    [Fact]
    public async Task JSON_types_hold_JSON_and_others_text()
    {
        var result = await Session.OkAsync(
            """
            "{\"data\":[{\"y\":[1,null,0.5]}]}".DisplayAs("application/vnd.plotly.v1+json");
            display(new { a = 1, b = new[] { "x" } }, "application/json");
            "not json".DisplayAs("application/json");
            "<svg/>".DisplayAs("image/svg+xml");
            """);
        Assert.Equal(0.5, (double)result.Data(0)["application/vnd.plotly.v1+json"]!["data"]![0]!["y"]![2]!);
        Assert.Equal("x", (string?)result.Data(1)["application/json"]!["b"]![0]);
        Assert.Equal("not json", (string?)result.Data(2)["application/json"]);
        Assert.IsAssignableFrom<JsonValue>(result.Data(3)["image/svg+xml"]);
    }

    [Fact]
    public async Task A_type_of_the_notebook_can_bring_its_own_formatters_by_name()
    {
        var result = await Session.OkAsync(
            """
            class TypeFormatterSourceAttribute(Type source) : Attribute
            {
                public Type FormatterSourceType => source;
                public string[] PreferredMimeTypes { get; set; }
            }
            class Own(string type, string text)
            {
                public string MimeType => type;
                public bool Format(object value, System.IO.TextWriter writer) { writer.Write(text); return true; }
            }
            class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new Own("text/html", "<svg/>"), new Own("text/plain", "a figure"), new Own("application/vnd.plotly.v1+json", "{\"data\":[]}") }; }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "application/vnd.plotly.v1+json", "text/html", "text/plain" })]
            class Figure0 { }
            class Derived0 : Figure0 { }
            new Derived0()
            """);
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], result.Data().Select(pair => pair.Key));
        Assert.Equal("a figure", result.Value());
    }

    [Fact]
    public async Task A_formatter_that_throws_leaves_its_complaint_and_no_error()
    {
        var result = await Session.OkAsync("class Shy { public override string ToString() => throw new InvalidOperationException(\"not today\"); }\nnew Shy()");
        Assert.Contains("InvalidOperationException: not today", result.Value(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formatter_registered_in_a_cell_holds_from_then_on()
    {
        await Session.OkAsync("using Microsoft.DotNet.Interactive.Formatting;\nrecord Spike(double At); Formatter.Register<Spike>(s => $\"<b>{s.At} ms</b>\", \"text/html\");");
        Assert.Equal("<b>1.5 ms</b>", (string?)(await Session.OkAsync("new Spike(1.5)")).Data()["text/html"]);
    }
}
