using System.Text;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>The five sockets of a kernel, bound where its connection file says.</summary>
/// <remarks>Each of shell, control and heartbeat belongs to one thread; everybody may publish.</remarks>
internal sealed class KernelChannels : IDisposable
{
    private readonly ZmqContext _context = new();
    private readonly List<ZmqSocket> _sockets = [];
    private readonly ZmqSocket _iopub;
    private readonly MessageSigner _signer;
    private readonly TimeProvider _clock;
    private readonly string _session = Guid.NewGuid().ToString();
    private readonly Lock _publishing = new();

    /// <summary>Opens them.</summary>
    /// <exception cref="ZmqException">A port is taken.</exception>
    public KernelChannels(ConnectionFile connection, TimeProvider clock)
    {
        _signer = new MessageSigner(connection.KeyBytes);
        _clock = clock;
        try
        {
            Heartbeat = Open(ZmqPattern.Reply, connection.Address(connection.HeartbeatPort));
            _iopub = Open(ZmqPattern.Publish, connection.Address(connection.IopubPort));
            Open(ZmqPattern.Router, connection.Address(connection.StdinPort));     // nobody is asked: cells have no standard input
            Control = Open(ZmqPattern.Router, connection.Address(connection.ControlPort));
            Shell = Open(ZmqPattern.Router, connection.Address(connection.ShellPort));
        }
        catch (ZmqException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Requests that are served one after the other.</summary>
    public ZmqSocket Shell { get; }

    /// <summary>Requests that must not wait: interrupt and shutdown.</summary>
    public ZmqSocket Control { get; }

    /// <summary>Whatever comes goes back.</summary>
    public ZmqSocket Heartbeat { get; }

    /// <summary>Reads what came over a socket.</summary>
    /// <exception cref="MalformedMessageException">It is to be dropped.</exception>
    public KernelMessage Read(IReadOnlyList<byte[]> frames) => KernelMessage.Read(frames, _signer);

    /// <summary>Answers a request on the socket by which it came.</summary>
    public void Reply(ZmqSocket socket, KernelMessage request, string type, JsonObject content) =>
        socket.Send(KernelMessage.New(request.Identities, type, _session, request.Header, content, _clock.GetUtcNow()).Frames(_signer));

    /// <summary>Tells everybody, from any thread.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="parent">The header of the request that it belongs to.</param>
    /// <param name="content">What it says.</param>
    public void Publish(string type, byte[] parent, JsonObject content)
    {
        byte[] topic = Encoding.UTF8.GetBytes($"kernel.{_session}.{type}");
        var frames = KernelMessage.New([topic], type, _session, parent, content, _clock.GetUtcNow()).Frames(_signer);
        try
        {
            lock (_publishing) _iopub.Send(frames);
        }
        catch (ObjectDisposedException)
        {
            // the kernel is being shut down: nobody listens any more
        }
    }

    /// <summary>Lets every thread that waits at a socket go.</summary>
    public void Shutdown() => _context.Shutdown();

    public void Dispose()
    {
        lock (_publishing)
        {
            foreach (var socket in _sockets) socket.Dispose();
        }
        _context.Dispose();
    }

    private ZmqSocket Open(ZmqPattern pattern, string address)
    {
        var socket = _context.Open(pattern);
        _sockets.Add(socket);
        if (pattern == ZmqPattern.Router) socket.LetClientsReturn();
        socket.Bind(address);
        return socket;
    }
}
