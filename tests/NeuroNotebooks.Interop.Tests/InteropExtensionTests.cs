using System.Xml.Linq;
using Deedle;
using Microsoft.DotNet.Interactive.Formatting;
using NeuroNotebooks.Figures;
using Plotly.NET;

namespace NeuroNotebooks.Interop.Tests;

public class InteropExtensionTests
{
    public InteropExtensionTests() => new InteropExtension().OnLoadAsync(null!).Wait();

    [Fact]
    public void A_chart_shows_as_a_figure_does()
    {
        GenericChart chart = Plot.Line([0.0, 1.0], [1.0, 2.0]).Titled("Rates").ToPlotlyNet();
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], Formatter.Preferred[typeof(GenericChart)]);
        Assert.StartsWith("{\"data\":", Shown(chart, typeof(GenericChart), "application/vnd.plotly.v1+json"), StringComparison.Ordinal);
        Assert.Contains("<svg", Shown(chart, typeof(GenericChart), "text/html"), StringComparison.Ordinal);
        Assert.Contains("Rates", Shown(chart, typeof(GenericChart), "text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_and_series_of_any_types_show_as_tables()
    {
        var frame = new Table(Column.Of("rate (Hz)", [0.5])).ToFrame();
        Assert.Contains("rate (Hz)", Shown(frame, typeof(Frame<,>), "text/html"), StringComparison.Ordinal);
        var series = new Series<string, int>([new("a", 7)]);
        Assert.Contains("7", Shown(series, typeof(Series<,>), "text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_project_stays_outside_the_solution_and_names_the_versions_its_readme_names()
    {
        Assert.DoesNotContain("NeuroNotebooks.Interop.csproj", File.ReadAllText(Path.Combine(Repository.Root, "NeuroNotebooks.sln")), StringComparison.Ordinal);
        string folder = Path.Combine(Repository.Root, "lib", "NeuroNotebooks.Interop");
        string readme = File.ReadAllText(Path.Combine(folder, "README.md"));
        var packages = XDocument.Load(Path.Combine(folder, "NeuroNotebooks.Interop.csproj")).Descendants("PackageReference")
            .ToDictionary(reference => reference.Attribute("Include")!.Value, reference => reference.Attribute("Version")!.Value);
        foreach (string package in (string[])["Plotly.NET", "Deedle", "Microsoft.DotNet.Interactive"])
            Assert.Contains(packages[package], readme, StringComparison.Ordinal);
    }

    private static string Shown(object value, Type type, string mimeType)
    {
        using var writer = new StringWriter();
        Formatter.Registered[(type, mimeType)](value, writer);
        return writer.ToString();
    }
}
