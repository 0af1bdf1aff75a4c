using System.Collections.Immutable;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace NeuroNotebooks.Runner.Tests.Engine;

public sealed class FormattingTests
{
    private sealed record Neuron(string Name, double Rate);

    private sealed class Plain
    {
        public int Count { get; } = 2;
        public string[] Tags { get; } = ["a", "b"];
        public int Broken => Count < 0 ? 0 : throw new InvalidOperationException("no");
    }

    private sealed class Ring
    {
        public Ring Next => this;
    }

    private sealed class WithHtml
    {
        private readonly string _name = "own";
        public string ToHtml() => $"<b>{_name}</b>";
        public override string ToString() => _name;
    }

    public static TheoryData<object?, string> Texts => new()
    {
        { null, "<null>" },
        { "text", "text" },
        { 1.5, "1.5" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { double.NaN, "NaN" },
        { 'c', "c" },
        { true, "True" },
        { DayOfWeek.Friday, "Friday" },
        { typeof(int), "System.Int32" },
        { TimeSpan.FromSeconds(1.5), "00:00:01.5000000" },
        { (1, "two", 3.5), "(1, two, 3.5)" },
        { new[] { 1.5, 2.5 }, "[ 1.5, 2.5 ]" },
        { Array.Empty<int>(), "[  ]" },
        { ImmutableArray.Create(1, 2), "[ 1, 2 ]" },
        { new List<string?> { "a", null }, "[ a, <null> ]" },
        { new[] { new[] { 1 }, new[] { 2, 3 } }, "[ [ 1 ], [ 2, 3 ] ]" },
        { new double[,] { { 1, 2 }, { 3, 4 } }, "[ [ 1, 2 ],\n  [ 3, 4 ] ]" },
        { new double[0, 3], "[ ]" },
        { new Dictionary<string, int> { ["x"] = 1, ["y"] = 2 }, "{ x: 1, y: 2 }" },
        { new Neuron("a", 2.5), "Neuron { Name = a, Rate = 2.5 }" },
        { new { A = 1, B = new[] { 2 } }, "{ A = 1, B = [ 2 ] }" },
        { new Plain(), "Plain { Count = 2, Tags = [ a, b ], Broken = (InvalidOperationException: no) }" },
        { new HtmlString("<i>x</i>"), "<i>x</i>" },
    };

    [Theory, MemberData(nameof(Texts))]
    public void Values_read_well_as_text(object? value, string text) => Assert.Equal(text, value.ToDisplayString());

    [Fact]
    public void Long_sequences_are_cut_and_endless_ones_do_not_hang()
    {
        Assert.EndsWith("18, 19 ... (80 more) ]", Enumerable.Range(0, 100).ToArray().ToDisplayString(), StringComparison.Ordinal);
        Assert.EndsWith("18, 19 ... (more) ]", Endless().ToDisplayString(), StringComparison.Ordinal);
        Assert.EndsWith("... (5 more) }", Enumerable.Range(0, 25).ToDictionary(i => i).ToDisplayString(), StringComparison.Ordinal);
        Assert.Contains("... (30 more)", new int[50, 50].ToDisplayString(), StringComparison.Ordinal);
        Assert.Contains("(more)", Endless().Select(i => (i, i)).ToDisplayString("text/html"), StringComparison.Ordinal);

        static IEnumerable<int> Endless()
        {
            for (int i = 0; ; i++) yield return i;
        }
    }

    [Fact]
    public void An_object_that_holds_itself_is_followed_a_few_steps_only()
    {
        Assert.Equal(6, new Ring().ToDisplayString().Split("Next").Length - 1);
        Assert.NotEmpty(new Ring().ToDisplayString("text/html"));
        Assert.Contains("null", new Ring().ToDisplayString("application/json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_of_things_with_parts_are_tables()
    {
        Neuron[] neurons = [new("a<b", 1.5), new("c", 2)];
        Assert.Equal(["text/html", "text/plain"], FormattedValue.CreateManyFromObject(neurons).Select(v => v.MimeType));
        Assert.Equal(
            "<table><thead><tr><th>Name</th><th>Rate</th></tr></thead><tbody><tr><td>a&lt;b</td><td>1.5</td></tr><tr><td>c</td><td>2</td></tr></tbody></table>",
            neurons.ToDisplayString("text/html"));
        Assert.Contains("<th>Item2</th>", new[] { (1, 2), (3, 4) }.ToDisplayString("text/html"), StringComparison.Ordinal);
        Assert.Contains("<tr><td>k</td><td>1</td></tr>", new Dictionary<string, int> { ["k"] = 1 }.ToDisplayString("text/html"), StringComparison.Ordinal);
        Assert.Contains("<tr><td>1</td><td>2</td></tr>", new int[,] { { 1, 2 } }.ToDisplayString("text/html"), StringComparison.Ordinal);
        Assert.Contains("<tr><td>3</td><td>4</td></tr>", new[] { new[] { 3, 4 } }.ToDisplayString("text/html"), StringComparison.Ordinal);
        Assert.Contains("(80 more)", Enumerable.Range(0, 100).Select(i => (i, i)).ToList().ToDisplayString("text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lazy_sequence_is_gone_through_once_and_no_further_than_it_is_shown()
    {
        int computed = 0;
        var shown = FormattedValue.CreateManyFromObject(Enumerable.Range(0, 1000).Select(i => (++computed, i)));
        Assert.Equal(2, shown.Count);
        Assert.Equal(Formatter.ListExpansionLimit + 1, computed);
    }

    [Fact]
    public void Sequences_of_plain_things_are_lines() =>
        Assert.Equal(["text/plain"], FormattedValue.CreateManyFromObject(new[] { 1, 2 }).Select(v => v.MimeType));

    [Fact]
    public void A_method_ToHtml_is_honoured()
    {
        var shown = FormattedValue.CreateManyFromObject(new WithHtml());
        Assert.Equal([("text/html", "<b>own</b>"), ("text/plain", "own")], shown.Select(v => (v.MimeType, v.Value)));
    }

    [Theory]
    [InlineData("a < b", "a &lt; b")]
    [InlineData(1.5, "<pre>1.5</pre>")]
    [InlineData(null, "<pre>&lt;null&gt;</pre>")]
    public void Text_is_encoded_in_HTML(object? value, string html) => Assert.Equal(html, value.ToDisplayString("text/html"));

    [Fact]
    public void JSON_is_written_of_anything() =>
        Assert.Equal("{\"Name\":\"µ\",\"Rate\":\"NaN\"}", new Neuron("µ", double.NaN).ToDisplayString("application/json"));

    [Fact]
    public void Formatted_values_are_shown_as_they_are()
    {
        var given = new FormattedValue("text/latex", "$x$");
        Assert.Same(given, Assert.Single(FormattedValue.CreateManyFromObject(given)));
        Assert.Equal(2, FormattedValue.CreateManyFromObject(new[] { given, given }).Count);
        Assert.Throws<ArgumentException>(() => new FormattedValue(" ", "x"));
    }

    private class Animal;

    private sealed class Bird : Animal;

    private sealed class Box<T>;

    [Fact]
    public void Registered_formatters_win_and_the_nearest_and_latest_first()
    {
        try
        {
            Formatter.Register<Animal>(_ => "an animal");
            Assert.Equal("an animal", new Bird().ToDisplayString());
            Formatter.Register<Bird>((_, writer) => writer.Write("a bird"));
            Formatter.Register(typeof(Box<>), (_, writer) => writer.Write("a box"), "text/markdown");
            Assert.Equal("a bird", new Bird().ToDisplayString());
            Assert.Equal("an animal", new Animal().ToDisplayString());
            Assert.Equal("text/markdown", Assert.Single(FormattedValue.CreateManyFromObject(new Box<int>())).MimeType);

            Formatter.SetPreferredMimeTypesFor(typeof(Animal), "text/html", "text/plain");
            Assert.Equal(["text/html", "text/plain"], FormattedValue.CreateManyFromObject(new Bird()).Select(v => v.MimeType));
        }
        finally
        {
            Formatter.ResetToDefault();
        }
        Assert.Equal("Bird { }", new Bird().ToDisplayString());
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type source) : Attribute
    {
        public Type FormatterSourceType => source;
    }

    public sealed class Choosy
    {
        public string MimeType { get; } = "text/plain";

        public bool Format(object value, TextWriter writer)
        {
            writer.Write("half a text");
            return MimeType.Length == 0;
        }
    }

    public sealed class ChoosySource
    {
        private readonly Choosy _only = new();

        public IEnumerable<object> CreateTypeFormatters() => [_only];
    }

    public sealed class NoSource;

    [TypeFormatterSource(typeof(ChoosySource))]
    private sealed class Declined
    {
        public override string ToString() => "the usual text";
    }

    [TypeFormatterSource(typeof(NoSource))]
    private sealed class Misled;

    [Fact]
    public void A_formatter_may_decline_and_a_wrong_source_is_named()
    {
        var shown = Assert.Single(FormattedValue.CreateManyFromObject(new Declined()));
        Assert.Equal(("text/plain", "the usual text"), (shown.MimeType, shown.Value));
        Assert.Contains("CreateTypeFormatters", FormattedValue.CreateManyFromObject(new Misled())[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Updating_a_display_shows_the_new_value_in_the_same_types()
    {
        var shown = 1.Display("text/html", "text/plain");
        Assert.False(shown.IsUpdated);
        shown.Update(2);
        Assert.True(shown.IsUpdated);
        Assert.Equal(2, shown.Value);
        Assert.Equal([("text/html", "<pre>2</pre>"), ("text/plain", "2")], shown.FormattedValues.Select(v => (v.MimeType, v.Value)));
    }
}
