using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using NeuroNotebooks.Runner.Commands;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Host;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Terminal;
using NeuroNotebooks.Runner.Tests.Support;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>Installing the kernel, reading connection files, and what is said when something is missing.</summary>
public sealed class KernelSetUpTests : IDisposable
{
    private const string Connection = """
        {"transport": "tcp", "ip": "127.0.0.1", "shell_port": 5001, "iopub_port": 5002, "stdin_port": 5003, "control_port": 5004,
         "hb_port": 5005, "signature_scheme": "hmac-sha256", "key": "k", "kernel_name": "x"}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Install_writes_what_Jupyter_looks_for_and_uninstall_removes_it()
    {
        string script = _folder.Write("plotly.js", "/* Plotly */");
        Assert.Equal(ExitCode.Fine, await RunAsync("kernel", "install", "--prefix", "env", "--plotly", script));
        string folder = _folder.File("env/share/jupyter/kernels/neuronotebooks-csharp");
        JsonNode spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
        Assert.Equal("C# (NeuroNotebooks)", (string?)spec["display_name"]);
        Assert.Equal("message", (string?)spec["interrupt_mode"]);
        string[] argv = [.. spec["argv"]!.AsArray().Select(word => (string)word!)];
        Assert.Equal(["kernel", "run", "--connection-file", "{connection_file}"], argv[^4..]);
        Assert.All(argv[..^4].Where(word => word != "exec"), word => Assert.True(File.Exists(word), word));
        Assert.Equal("/* Plotly */", File.ReadAllText(Path.Combine(folder, "plotly.min.js")));
        Assert.Contains("var hasPlotly = true;", File.ReadAllText(Path.Combine(folder, "kernel.js")));
        foreach (string logo in new[] { "logo-32x32.png", "logo-64x64.png", "logo-svg.svg" }) Assert.True(File.Exists(Path.Combine(folder, logo)), logo);

        Assert.Equal(ExitCode.Fine, await RunAsync("kernel", "uninstall", "--prefix", "env"));
        Assert.False(Directory.Exists(folder));
        Assert.Equal(ExitCode.Fine, await RunAsync("kernel", "uninstall", "--prefix", "env"));
        Assert.Contains("It was not installed", _output.ToString());
    }

    [Fact]
    public void Without_Plotly_the_script_does_not_ask_for_it()
    {
        string folder = KernelSpec.Install(_folder.Path, plotly: null);
        Assert.Contains("var hasPlotly = /* plotly */ false;", File.ReadAllText(Path.Combine(folder, "kernel.js")));
        Assert.False(File.Exists(Path.Combine(folder, "plotly.min.js")));
    }

    [Fact]
    public void The_standard_place_is_the_active_environment_else_the_user_s()
    {
        Assert.Equal(Path.Combine("venv", "share", "jupyter"), KernelSpec.StandardDataFolder(name => name == "VIRTUAL_ENV" ? "venv" : null));
        Assert.Equal(Path.Combine("conda", "share", "jupyter"), KernelSpec.StandardDataFolder(name => name == "CONDA_PREFIX" ? "conda" : null));
        Assert.Equal("data", KernelSpec.StandardDataFolder(name => name == "JUPYTER_DATA_DIR" ? "data" : null));
        Assert.Contains("upyter", KernelSpec.StandardDataFolder(_ => null));
    }

    [Theory]
    [InlineData("kernel install --user --prefix x", "not both")]
    [InlineData("kernel install --prefix x --plotly missing.js", "cannot be read")]
    [InlineData("kernel run", "--connection-file")]
    [InlineData("kernel run -f missing.json", "cannot be read")]
    public async Task What_cannot_be_done_is_said(string arguments, string expected)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(arguments.Split(' ')));
        Assert.Contains(expected, _error.ToString());
    }

    [Fact]
    public void A_connection_file_of_Jupyter_s_is_read()
    {
        var read = ConnectionFile.Parse(Encoding.UTF8.GetBytes(Connection), "c.json", allowRemote: false);
        Assert.Equal("tcp://127.0.0.1:5001", read.Address(read.ShellPort));
        Assert.Equal("k", read.Key);
        Assert.Equal("tcp://[::1]:5001", (read with { Ip = "::1" }).Address(5001));
        Assert.Equal("ipc:///run/kernel-5001", (read with { Transport = "ipc", Ip = "/run/kernel" }).Address(5001));
    }

    [Theory]
    [InlineData("127.0.0.1", "0.0.0.0", "other machines can reach")]
    [InlineData("127.0.0.1", "192.168.1.7", "other machines can reach")]
    [InlineData("127.0.0.1", "*", "other machines can reach")]
    [InlineData("127.0.0.1", "", "is empty")]
    [InlineData("\"tcp\"", "\"pgm\"", "transport \"pgm\"")]
    [InlineData("5004", "0", "from 1 to 65535")]
    [InlineData("5004", "5003", "must differ")]
    [InlineData("hmac-sha256", "hmac-md5", "signature_scheme")]
    [InlineData("\"hb_port\": 5005,", "", "hb_port")]
    [InlineData("5004", "\"x\"", "not a connection file")]
    [InlineData("{", "[", "not a connection file")]
    public void A_connection_file_that_is_wrong_says_how(string text, string instead, string expected)
    {
        byte[] json = Encoding.UTF8.GetBytes(Connection.Replace(text, instead, StringComparison.Ordinal));
        Assert.Contains(expected, Assert.Throws<UsageException>(() => ConnectionFile.Parse(json, "c.json", allowRemote: false)).Message);
    }

    [Fact]
    public void Other_machines_are_let_in_on_request_but_not_without_a_key()
    {
        string remote = Connection.Replace("127.0.0.1", "192.168.1.7", StringComparison.Ordinal);
        Assert.Equal("192.168.1.7", ConnectionFile.Parse(Encoding.UTF8.GetBytes(remote), "c.json", allowRemote: true).Ip);
        string open = remote.Replace("\"key\": \"k\"", "\"key\": \"\"", StringComparison.Ordinal);
        Assert.Contains("without a key", Assert.Throws<UsageException>(
            () => ConnectionFile.Parse(Encoding.UTF8.GetBytes(open), "c.json", allowRemote: true)).Message);
    }

    [Fact]
    public void A_missing_ZeroMQ_is_named_with_the_way_to_install_it()
    {
        var error = Assert.Throws<UsageException>(() => LibZmq.Load(["libzmq-that-is-not-there.so"]));
        Assert.Contains("libzmq-that-is-not-there.so", error.Message);
        Assert.Contains("nstall", error.Message);
    }

    [FactWith("libzmq")]
    public void A_port_that_is_taken_is_an_error_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var context = new ZmqContext();
        using var socket = context.Open(ZmqPattern.Router);
        string address = $"tcp://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Contains(address, Assert.Throws<ZmqException>(() => socket.Bind(address)).Message);
    }

    [Fact]
    public void Documentation_is_written_as_text_and_as_HTML()
    {
        var member = XElement.Parse("""
            <member name="M:A.B">
              <summary>Where <paramref name="x"/> &lt; 1, see <see cref="M:A.C`1(System.Int32)"/>.</summary>
              <param name="x">The start,
                 in <c>ms</c>.</param>
              <param name="y">The end.</param>
              <returns><list type="bullet"><item>one</item><item>two</item></list></returns>
              <remarks>An equation:<code>
                  a = b
                    + c
                </code></remarks>
            </member>
            """, LoadOptions.PreserveWhitespace);
        var description = DescriptionText.Of(["int B(int x)", "int B(int x, int y)"], member);
        Assert.Equal("""
            int B(int x)
            int B(int x, int y)

            Where x < 1, see C.

            x: The start, in ms.
            y: The end.

            Returns: - one
            - two

            Remarks: An equation:
                a = b
                  + c
            """.ReplaceLineEndings("\n"), description.Plain);
        Assert.Contains("<p>Where <code>x</code> &lt; 1, see <code>C</code>.</p>", description.Html);
        Assert.Contains("<pre>a = b\n  + c</pre>", description.Html);
    }

    private Task<int> RunAsync(params string[] args)
    {
        var context = new CommandContext(Screen.Plain(_output, _error), _folder.Path, NotebookExecutor.InChildProcess);
        return CommandLine.RunAsync(args, context, CancellationToken.None);
    }
}
