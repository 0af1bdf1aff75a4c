using Deedle;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using NeuroNotebooks.Figures;
using PlotlyChart = Plotly.NET.GenericChart;

namespace NeuroNotebooks.Interop;

/// <summary>
/// What .NET Interactive runs when a cell names the package: charts then show as our figures do, with a drawing that stays where no
/// script runs, and frames and series as our tables. Figures and tables themselves need no registration.
/// </summary>
public sealed class InteropExtension : IKernelExtension
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private const string Html = "text/html";
    private const string Text = "text/plain";

    /// <summary>Registers the formatters; a kernel that has them already gets the same again.</summary>
    /// <param name="kernel">The kernel, which is not used: formatters belong to the process.</param>
    public Task OnLoadAsync(Kernel kernel)
    {
        Formatter.SetPreferredMimeTypesFor(typeof(PlotlyChart), Plotly, Html, Text);
        Formatter.Register<PlotlyChart>(chart => chart.ToFigure().ToJson(), Plotly);
        Formatter.Register<PlotlyChart>(chart => chart.ToFigure().ToHtml(), Html);
        Formatter.Register<PlotlyChart>(chart => chart.ToFigure().ToString(), Text);

        foreach (Type type in (Type[])[typeof(Frame<,>), typeof(Series<,>)])
        {
            Formatter.SetPreferredMimeTypesFor(type, Html, Text);
            Formatter.Register(type, (object value, TextWriter writer) => writer.Write(TableOf(value).ToHtml()), Html);
            Formatter.Register(type, (object value, TextWriter writer) => writer.Write(TableOf(value).ToString()), Text);
        }
        return Task.CompletedTask;
    }

    /// <summary>A frame or series of whatever key and value types.</summary>
    private static Table TableOf(object value) => value.GetType().GetGenericTypeDefinition() == typeof(Frame<,>)
        ? DeedleTables.ToTable((dynamic)value, "row")
        : DeedleTables.ToTable((dynamic)value, "key", "value");
}
