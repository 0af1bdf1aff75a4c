// What of Plotly.NET 5.1.0 the adapters use, and no more. Sources, in the public repository plotly/Plotly.NET:
//   GenericChart, its static members        src/Plotly.NET/ChartAPI/GenericChart.fs (release 5; F# members in curried form compile to
//                                           methods of several parameters)
//   Trace(type), Layout(), Config()         src/Plotly.NET/Traces/Trace.fs, Layout/Layout.fs, Config/Config.fs: classes without generic
//                                           parameters that inherit DynamicObj
//   DynamicObj.SetValue(name, value)        package DynamicObj 2.0.0, to which Plotly.NET 5.1.0 is pinned ([2.0.0, 3.0.0), release notes);
//                                           used from C# as trace.SetValue("x", x) in docs/00_0_basics.fsx
#nullable disable
#pragma warning disable IDE0161, IDE1006, CA1711, CA1716, CA1720, CA1724, CA1822     // the names are the package's

using System.Text.Json;

namespace DynamicObj
{
    public class DynamicObj
    {
        internal Dictionary<string, object> Properties { get; } = [];

        public void SetValue(string name, object value) => Properties[name] = value;
    }
}

namespace Plotly.NET
{
    public class Trace(string traceTypeName) : DynamicObj.DynamicObj
    {
        public string type { get; set; } = traceTypeName;
    }

    public class Layout : DynamicObj.DynamicObj;

    public class Config : DynamicObj.DynamicObj;

    /// <summary>A name that Deedle has too.</summary>
    public class Frame : DynamicObj.DynamicObj;

    /// <summary>A name that the library has too.</summary>
    public class Figure;

    public sealed class GenericChart
    {
        private GenericChart(Trace[] traces, Layout layout, Config config) => (Traces, Layout, Config) = (traces, layout, config);

        internal Trace[] Traces { get; }

        internal Layout Layout { get; }

        internal Config Config { get; }

        public static GenericChart ofTraceObject(bool useDefaults, Trace trace)
        {
            ArgumentNullException.ThrowIfNull(trace);
            return useDefaults ? throw new NotSupportedException("The adapters ask for no defaults.") : new([trace], new(), new());
        }

        /// <summary>A fold without a start: it fails on an empty sequence, as Seq.reduce does.</summary>
        public static GenericChart combine(IEnumerable<GenericChart> gCharts) =>
            gCharts.Aggregate((all, next) => new([.. all.Traces, .. next.Traces], all.Layout, all.Config));

        public static GenericChart setLayout(Layout layout, GenericChart gChart) => new(gChart.Traces, layout, gChart.Config);

        public static GenericChart setConfig(Config config, GenericChart gChart) => new(gChart.Traces, gChart.Layout, config);

        /// <summary>Data, layout and an empty list of frames, as the source's comment says.</summary>
        public static string toFigureJson(GenericChart gChart) => JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["data"] = gChart.Traces.Select(trace => new Dictionary<string, object>(trace.Properties) { ["type"] = trace.type }),
            ["layout"] = gChart.Layout.Properties,
            ["frames"] = Array.Empty<object>(),
        });
    }
}
