using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>What came back for a request: the reply, and what was published meanwhile with that request as its cause, without the statuses.</summary>
internal sealed record Exchange(JsonObject Reply, IReadOnlyList<KernelMessage> Published)
{
    public string Status => (string)Reply["status"]!;

    public IEnumerable<string> Types => Published.Select(message => message.Type);

    public JsonObject Only(string type) => Published.Single(message => message.Type == type).Content;

    /// <summary>Everything printed to a stream.</summary>
    public string Printed(string stream) =>
        string.Concat(Published.Where(m => m.Type == "stream" && (string?)m.Content["name"] == stream).Select(m => (string?)m.Content["text"]));
}

/// <summary>A kernel in a process of its own, and a client of it that we wrote ourselves, over the same ZeroMQ as the kernel's.</summary>
internal sealed class KernelClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _folder = new();
    private readonly ZmqContext _context = new();
    private readonly MessageSigner _signer;
    private readonly string _session = Guid.NewGuid().ToString();
    private readonly List<string> _said = [];

    public KernelClient(string key = "a key of the tests'")
    {
        int[] ports = FreePorts(5);
        Connection = new ConnectionFile
        {
            Ip = "127.0.0.1", Key = key,
            ShellPort = ports[0], IopubPort = ports[1], StdinPort = ports[2], ControlPort = ports[3], HeartbeatPort = ports[4],
        };
        _signer = new MessageSigner(Connection.KeyBytes);
        string file = _folder.Write("connection.json", System.Text.Json.JsonSerializer.Serialize(Connection, ConnectionJson.Default.ConnectionFile));
        Process = Start(file);
        Shell = Connect(ZmqPattern.Dealer, Connection.ShellPort);
        Control = Connect(ZmqPattern.Dealer, Connection.ControlPort);
        Heartbeat = Connect(ZmqPattern.Dealer, Connection.HeartbeatPort);
        Iopub = Connect(ZmqPattern.Subscribe, Connection.IopubPort);
        Iopub.SubscribeToAll();
        WaitUntilHeard();
    }

    public ConnectionFile Connection { get; }

    public Process Process { get; }

    public ZmqSocket Shell { get; }

    public ZmqSocket Control { get; }

    public ZmqSocket Heartbeat { get; }

    public ZmqSocket Iopub { get; }

    /// <summary>What the kernel has written to its stderr.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    /// <summary>Runs a cell.</summary>
    public Exchange Execute(string code, bool silent = false, bool storeHistory = true, JsonObject? expressions = null) =>
        Ask("execute_request", ExecuteContent(code, silent, storeHistory, expressions: expressions));

    public static JsonObject ExecuteContent(
        string code, bool silent = false, bool storeHistory = true, bool stopOnError = true, JsonObject? expressions = null) => new()
    {
        ["code"] = code, ["silent"] = silent, ["store_history"] = storeHistory, ["stop_on_error"] = stopOnError,
        ["user_expressions"] = expressions ?? [], ["allow_stdin"] = false,
    };

    /// <summary>Sends a request and waits for all that comes back for it.</summary>
    public Exchange Ask(string type, JsonObject content, ZmqSocket? socket = null)
    {
        socket ??= Shell;
        string id = Send(type, content, socket);
        return new Exchange(Reply(id, socket), Published(id));
    }

    /// <summary>Sends a request.</summary>
    /// <returns>Its identifier.</returns>
    public string Send(string type, JsonObject content, ZmqSocket? socket = null)
    {
        var message = KernelMessage.New([], type, _session, "{}"u8.ToArray(), content, DateTimeOffset.UnixEpoch);
        (socket ?? Shell).Send(message.Frames(_signer));
        return (string)JsonNode.Parse(message.Header)!["msg_id"]!;
    }

    /// <summary>Waits for the reply to a request; replies to others are passed over.</summary>
    public JsonObject Reply(string id, ZmqSocket? socket = null) => Next(socket ?? Shell, message => Parent(message) == id).Content;

    /// <summary>Waits for a message that is published for a request.</summary>
    public KernelMessage NextPublished(string id, string type) => Next(Iopub, message => Parent(message) == id && message.Type == type);

    /// <summary>Everything published for a request from its busy to its idle.</summary>
    public IReadOnlyList<KernelMessage> Published(string id)
    {
        var all = new List<KernelMessage>();
        while (true)
        {
            var message = Next(Iopub, message => Parent(message) == id);
            if (message.Type != "status") all.Add(message);
            else if ((string?)message.Content["execution_state"] == "idle") return all;
            else Assert.Empty(all);     // busy comes first
        }
    }

    /// <summary>The identifier of the request that a message answers.</summary>
    public static string? Parent(KernelMessage message) => (string?)JsonNode.Parse(message.ParentHeader)!["msg_id"];

    /// <summary>Waits until the kernel has ended by itself.</summary>
    public int ExitCode()
    {
        Assert.True(Process.WaitForExit(Limit), "the kernel has not ended");
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Process.Dispose();
        foreach (var socket in new[] { Shell, Control, Heartbeat, Iopub }) socket.Dispose();
        _context.Dispose();
        _folder.Dispose();
    }

    private KernelMessage Next(ZmqSocket socket, Func<KernelMessage, bool> wanted)
    {
        socket.WaitAtMost(Slice);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit;)
            if (socket.Receive() is { } frames && KernelMessage.Read(frames, _signer) is var message && wanted(message)) return message;
        throw new TimeoutException($"No such message came within {Limit.TotalSeconds} s. The kernel said: {Said}");
    }

    /// <summary>A subscription takes a moment to arrive: what is published before it does is lost.</summary>
    private void WaitUntilHeard()
    {
        Iopub.WaitAtMost(Slice);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit;)
        {
            string id = Send("kernel_info_request", []);
            Reply(id);
            while (Iopub.Receive() is { } frames)
                if (KernelMessage.Read(frames, _signer) is var message && Parent(message) == id && (string?)message.Content["execution_state"] == "idle") return;
        }
        throw new TimeoutException($"Nothing was published. The kernel said: {Said}");
    }

    private Process Start(string file)
    {
        var start = new ProcessStartInfo(HostProcess.ThisProgram[0]) { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardError = true };
        foreach (string word in HostProcess.ThisProgram.Skip(1).Concat(["kernel", "run", "--connection-file", file])) start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_said) _said.Add(line.Data ?? "");
        };
        process.BeginErrorReadLine();
        return process;
    }

    private ZmqSocket Connect(ZmqPattern pattern, int port)
    {
        var socket = _context.Open(pattern);
        socket.Connect(Connection.Address(port));
        return socket;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}

/// <summary>One kernel for the many tests that do not end it.</summary>
public sealed class SharedKernel : IAsyncLifetime
{
    private readonly Lazy<KernelClient> _client = new(() => new KernelClient());

    internal KernelClient Client => _client.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_client.IsValueCreated) await _client.Value.DisposeAsync();
    }
}
