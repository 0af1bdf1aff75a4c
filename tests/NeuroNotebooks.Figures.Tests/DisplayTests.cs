using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Tests;

/// <summary>
/// Finds formatters as .NET Interactive does (Formatter.cs, TryRegisterFromConventionBasedFormatterSources): by names and public members.
/// </summary>
public class DisplayTests
{
    private static Dictionary<string, string> Bundle(object value)
    {
        Attribute attribute = Assert.Single(value.GetType().GetCustomAttributes(true).Cast<Attribute>(), found =>
            found.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)Property(attribute, "FormatterSourceType")!;
        object source = Activator.CreateInstance(sourceType)!;
        var formatters = (IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;

        var written = new Dictionary<string, string>();
        foreach (object formatter in formatters)
        {
            Func<object, TextWriter, bool> format = Compiled(formatter);
            Assert.False(format(new object(), TextWriter.Null));
            using var writer = new StringWriter();
            Assert.True(format(value, writer));
            written.Add((string)Property(formatter, "MimeType")!, writer.ToString());
        }
        var preferred = (string[])Property(attribute, "PreferredMimeTypes")!;
        Assert.Equal(preferred.Order(), written.Keys.Order());
        return written;
    }

    private static object? Property(object from, string name) => from.GetType().GetProperty(name)!.GetGetMethod()!.Invoke(from, null);

    private static Func<object, TextWriter, bool> Compiled(object formatter)
    {
        MethodInfo method = formatter.GetType().GetMethod("Format")!;
        ParameterExpression value = Expression.Parameter(typeof(object)), writer = Expression.Parameter(typeof(TextWriter));
        return Expression.Lambda<Func<object, TextWriter, bool>>(Expression.Call(Expression.Constant(formatter), method, value, writer),
            value, writer).Compile();
    }

    [Fact]
    public void A_figure_shows_three_faces()
    {
        Figure figure = Plot.Line([1, 2], [3, 4], "a");
        Dictionary<string, string> bundle = Bundle(figure);
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], bundle.Keys.Order());
        Assert.NotNull(JsonNode.Parse(bundle["application/vnd.plotly.v1+json"])!["data"]);
        Assert.Equal(figure.ToHtml(), bundle["text/html"]);
        Assert.Equal(figure.ToString(), bundle["text/plain"]);
    }

    [Fact]
    public void A_table_shows_two_faces() =>
        Assert.Equal(["text/html", "text/plain"], Bundle(new Table(Column.Of("a", [1, 2]))).Keys.Order());

    [Fact]
    public void Claims_show_three_faces_and_so_does_the_sheet_that_collects_them()
    {
        var sheet = new ClaimSheet("slug", "quick");
        sheet.Add("It holds", "Figure 1", 1.0, 1.0, Is.Within(0.1), "a reason");
        Dictionary<string, string> bundle = Bundle(sheet.Claims);
        Assert.Equal(["application/vnd.neuronotebooks.claims+json", "text/html", "text/plain"], bundle.Keys.Order());
        Assert.Equal(bundle, Bundle(sheet));
    }

    [Fact]
    public void A_single_claim_shows_two_faces()
    {
        Claim claim = new ClaimSheet("slug", "quick").Add("It holds", "Figure 1", 1.0, 1.0, Is.Within(0.1), "a reason");
        Assert.Equal(["text/html", "text/plain"], Bundle(claim).Keys.Order());
    }

    [Fact]
    public void Figures_and_tables_have_the_public_method_ToHtml() =>
        Assert.All([typeof(Figure), typeof(Table), typeof(Claims)], type =>
            Assert.Equal(typeof(string), type.GetMethod("ToHtml", [])!.ReturnType));
}
