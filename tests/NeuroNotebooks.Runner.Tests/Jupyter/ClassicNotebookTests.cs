using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Tests.Support;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>The classic notebook in a browser, on our kernel.</summary>
public sealed class ClassicNotebookTests(Browser browser) : IClassFixture<Browser>
{
    private const string Small = """
        #r "../artifacts/lib/NeuroNotebooks.Figures.dll"
        using NeuroNotebooks.Figures;
        Plot.Line([0.0, 1.0, 2.0], [0.0, 1.0, 4.0]).Titled("A curve")
        """;

    [FactWith("libzmq", "jupyter", "python:notebook", "chromium", "packages")]
    public async Task A_paper_runs_and_its_figures_move()
    {
        byte[] plotly = PackageCache.OfUser().Obtain(PinnedPackage.Plotly).Files.First(file => file.Key.EndsWith(".js", StringComparison.Ordinal)).Value;
        await using var server = await NotebookServer.StartAsync(plotly);
        server.Add("competition-ei", NotebookDocument.Read(Path.Combine(Repository.Root, "notebooks", "competition-ei.ipynb")));
        await using WatchedPage watched = await browser.OpenAsync(Wide);
        IPage page = watched.Page;

        await RunAllAsync(page, server, "competition-ei");
        Assert.Equal("text/x-csharp", await page.EvaluateAsync<string>("Jupyter.notebook.get_cells().find(c => c.cell_type === 'code').code_mirror.getOption('mode')"));
        ILocator sliders = page.Locator(".js-plotly-plot:has(.slider-container)");
        await sliders.First.WaitForAsync();
        await sliders.First.ScrollIntoViewIfNeededAsync();

        const string Active = "figure => figure.layout.sliders[0].active || 0";
        int before = await sliders.First.EvaluateAsync<int>(Active);
        LocatorBoundingBoxResult rail = (await sliders.First.Locator(".slider-rail-touch-rect").First.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(rail.X + rail.Width * 0.9f, rail.Y + rail.Height / 2);
        await page.WaitForFunctionAsync("before => [...document.querySelectorAll('.js-plotly-plot')].some(f => f.layout.sliders && f.layout.sliders[0].active > before)", before);

        AssertClean(watched, server);
    }

    [FactWith("libzmq", "jupyter", "python:notebook", "chromium")]
    public async Task Without_Plotly_a_figure_is_a_picture()
    {
        await using var server = await NotebookServer.StartAsync(plotly: null);
        server.Add("small", Make.Notebook(Make.Code(Small)));
        await using WatchedPage watched = await browser.OpenAsync(Wide);
        await RunAllAsync(watched.Page, server, "small");
        ILocator picture = watched.Page.Locator(".output_html svg").First;
        await picture.WaitForAsync();
        Assert.Contains("A curve", await picture.TextContentAsync());
        Assert.Equal(0, await watched.Page.Locator(".js-plotly-plot").CountAsync());
        AssertClean(watched, server);
    }

    private static BrowserNewContextOptions Wide => new() { ViewportSize = new() { Width = 1400, Height = 1000 } };

    private static async Task RunAllAsync(IPage page, NotebookServer server, string name)
    {
        await page.GotoAsync($"{server.Address}/notebooks/notebooks/{name}.ipynb");
        await page.WaitForFunctionAsync("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()");
        Assert.Equal(KernelSpec.Name, await page.EvaluateAsync<string>("Jupyter.notebook.kernel.name"));
        await page.EvaluateAsync("Jupyter.notebook.execute_all_cells()");
        await page.WaitForFunctionAsync(
            "Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code').every(c => typeof c.input_prompt_number === 'number')",
            null, new() { Timeout = 240_000 });
        string errors = await page.EvaluateAsync<string>(
            "JSON.stringify(Jupyter.notebook.get_cells().flatMap(c => (c.output_area ? c.output_area.outputs : []).filter(o => o.output_type === 'error')))");
        Assert.Equal("[]", errors);
    }

    /// <summary>No complaint of the page that is ours, and no request that leaves the machine.</summary>
    private static void AssertClean(WatchedPage watched, NotebookServer server)
    {
        Assert.All(watched.OutsideRequests, address => Assert.StartsWith(server.Address, address));
        Assert.DoesNotContain(watched.Complaints, complaint => complaint.Contains("lotly", StringComparison.Ordinal)
            || complaint.Contains("kernel", StringComparison.OrdinalIgnoreCase) || complaint.StartsWith("exception", StringComparison.Ordinal));
    }

    /// <summary>A notebook server in a folder of its own that holds the built library where notebooks look for it.</summary>
    private sealed class NotebookServer : IAsyncDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);
        private readonly JupyterFolders _jupyter;
        private readonly Process _process;
        private readonly ConcurrentQueue<string> _said = [];

        private NotebookServer(byte[]? plotly)
        {
            _jupyter = new JupyterFolders(plotly);
            string library = Directory.CreateDirectory(_jupyter.File("root/artifacts/lib")).FullName;
            Directory.CreateDirectory(_jupyter.File("root/notebooks"));
            foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "artifacts", "lib")))
                File.Copy(file, Path.Combine(library, Path.GetFileName(file)));

            _jupyter.Write("root/lib/NeuroNotebooks/NeuroNotebooks.csproj", "");       // by which a notebook sees that it is at home

            int port = FreePort();
            Address = $"http://127.0.0.1:{port}";
            _process = Process.Start(_jupyter.Start("jupyter", _jupyter.File("root"), "notebook", "--no-browser", "--allow-root",
                "--ip=127.0.0.1", $"--port={port}", "--port-retries=0", "--NotebookApp.token=", "--NotebookApp.password=",
                "--NotebookApp.enable_mathjax=False"))!;
            _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
            _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Address { get; }

        public static async Task<NotebookServer> StartAsync(byte[]? plotly)
        {
            var server = new NotebookServer(plotly);
            using var http = new HttpClient();
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit; await Task.Delay(200))
            {
                try
                {
                    if ((await http.GetAsync($"{server.Address}/api/status")).IsSuccessStatusCode) return server;
                }
                catch (HttpRequestException)
                {
                    // not there yet
                }
            }
            string said = string.Join('\n', server._said);
            await server.DisposeAsync();
            throw new TimeoutException($"The notebook server does not answer. It said: {said}");
        }

        /// <summary>Puts a notebook there, without outputs and for our kernel.</summary>
        public void Add(string name, NotebookDocument notebook)
        {
            JsonNode json = JsonNode.Parse(notebook.ToText())!;
            json["metadata"]!["kernelspec"] = new JsonObject { ["name"] = KernelSpec.Name, ["display_name"] = KernelSpec.DisplayName, ["language"] = "C#" };
            foreach (JsonNode? cell in json["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code"))
            {
                cell!["outputs"] = new JsonArray();
                cell["execution_count"] = null;
            }
            _jupyter.Write($"root/notebooks/{name}.ipynb", json.ToJsonString());
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
            _jupyter.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
