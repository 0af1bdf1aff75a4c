using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>A Jupyter kernel on the engine that runs notebooks headless: serves requests until it is shut down.</summary>
/// <remarks>
/// Shell requests are served one after the other on the calling thread, control requests (interrupt, shutdown) and the heartbeat on threads
/// of their own. What is no message, or is signed with another key, is dropped with a note; a request that cannot be understood is answered
/// with an error.
/// </remarks>
internal sealed class JupyterKernel : IAsyncDisposable
{
    private readonly ConnectionFile _connection;
    private readonly Action<string> _note;
    private readonly TimeProvider _clock;
    private readonly KernelSession _session;
    private readonly Execution _execution;
    private readonly LanguageRequests _language;
    private readonly KernelHistory _history = new();
    private KernelChannels? _channels;
    private volatile bool _isStopping;

    /// <summary>A kernel that is not yet to be reached.</summary>
    /// <param name="connection">Where it is to be reached.</param>
    /// <param name="options">Where its cells run.</param>
    /// <param name="note">Told what was dropped, and why.</param>
    /// <param name="clock">The time to stamp messages with.</param>
    public JupyterKernel(ConnectionFile connection, SessionOptions options, Action<string> note, TimeProvider clock)
    {
        _connection = connection;
        _note = note;
        _clock = clock;
        _session = new KernelSession(options);
        _execution = new Execution(_session, _history);
        _language = new LanguageRequests(_session);
    }

    /// <summary>Serves until it is shut down.</summary>
    /// <exception cref="ZmqException">A port is taken.</exception>
    /// <exception cref="Wording.UsageException">The system has no libzmq.</exception>
    public void Run()
    {
        using var channels = new KernelChannels(_connection, _clock);
        _channels = channels;
        _session.Begin();
        var control = Start("control", () => Listen(channels, channels.Control));
        var heartbeat = Start("heartbeat", () => Echo(channels.Heartbeat));
        channels.Publish("status", "{}"u8.ToArray(), new JsonObject { ["execution_state"] = "starting" });

        Listen(channels, channels.Shell);
        control.Join();
        heartbeat.Join();
        EndSession();
    }

    /// <summary>Stops the running cell; from any thread.</summary>
    public void Interrupt() => _execution.Interrupt();

    /// <summary>Ends the session and lets <see cref="Run"/> return; from any thread.</summary>
    public void Stop()
    {
        EndSession();
        _channels?.Shutdown();
    }

    /// <summary>Ends the session, if it has not ended yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _execution.Dispose();
    }

    /// <summary>The cell first: a session must not be disposed of under it.</summary>
    private void EndSession()
    {
        _isStopping = true;
        _execution.End();
        _session.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static Thread Start(string name, ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    private static void Echo(ZmqSocket heartbeat)
    {
        try
        {
            while (heartbeat.Receive() is { } beat) heartbeat.Send(beat);
        }
        catch (ObjectDisposedException)
        {
            // shut down
        }
    }

    private void Listen(KernelChannels channels, ZmqSocket socket)
    {
        try
        {
            while (!_isStopping)
                if (socket.Receive() is { } frames) Take(channels, socket, frames, isAborting: false);
        }
        catch (ObjectDisposedException)
        {
            // shut down
        }
    }

    private void Take(KernelChannels channels, ZmqSocket socket, IReadOnlyList<byte[]> frames, bool isAborting)
    {
        KernelMessage request;
        try
        {
            request = channels.Read(frames);
        }
        catch (MalformedMessageException error)
        {
            _note($"A message was dropped: {error.Message}.");
            return;
        }

        if (ServerOf(request.Type) is not { } serve)
        {
            _note($"A message of type \"{Shown(request.Type)}\" was ignored: this kernel does not know it.");
            return;
        }
        var exchange = new KernelExchange(channels, socket, request);
        exchange.PublishStatus("busy");
        bool goOn = isAborting && request.Type == "execute_request" ? Abort(exchange) : Serve(serve, exchange);
        exchange.PublishStatus("idle");

        if (request.Type == "shutdown_request") Stop();
        else if (!goOn) AbortQueued(channels, socket);
    }

    /// <summary>Gives up the cells that were sent before their sender could know that one before them fails.</summary>
    private void AbortQueued(KernelChannels channels, ZmqSocket socket)
    {
        while (!_isStopping && socket.TryReceive() is { } frames) Take(channels, socket, frames, isAborting: true);
    }

    private bool Abort(KernelExchange exchange)
    {
        _execution.Abort(exchange);
        return true;
    }

    private bool Serve(Func<KernelExchange, bool> serve, KernelExchange exchange)
    {
        try
        {
            return serve(exchange);
        }
        catch (MalformedMessageException error)
        {
            _note($"A request could not be understood: {error.Message}.");
            exchange.Reply(KernelExchange.Error("MalformedRequest", $"The request could not be understood: {error.Message}."));
            return true;
        }
    }

    /// <summary>What serves a type of request, and tells whether queued cells may run after it; null for a type that is not known.</summary>
    private Func<KernelExchange, bool>? ServerOf(string type) => type switch
    {
        "execute_request" => _execution.Serve,
        "kernel_info_request" => Replying(_ => KernelInfo.Content()),
        "complete_request" => Replying(_language.Complete),
        "inspect_request" => Replying(_language.Inspect),
        "is_complete_request" => Replying(_language.JudgeCompleteness),
        "history_request" => Replying(_history.Answer),
        "comm_info_request" => Replying(_ => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() }),
        "comm_open" => CloseComm,
        "comm_msg" or "comm_close" => _ => true,
        "interrupt_request" => Replying(_ => Interrupted()),
        "shutdown_request" => Shutdown,
        _ => null,
    };

    private static Func<KernelExchange, bool> Replying(Func<JsonObject, JsonObject> answer) => exchange =>
    {
        exchange.Reply(answer(exchange.Content));
        return true;
    };

    private JsonObject Interrupted()
    {
        Interrupt();
        return new JsonObject { ["status"] = "ok" };
    }

    /// <summary>Refuses a channel for widgets, of which this kernel has none.</summary>
    private static bool CloseComm(KernelExchange exchange)
    {
        exchange.Publish("comm_close", new JsonObject { ["comm_id"] = exchange.Content.Text("comm_id"), ["data"] = new JsonObject() });
        return true;
    }

    /// <summary>Says goodbye, when the session and all that its cells have started is gone. A restart is a new kernel in a new process.</summary>
    private bool Shutdown(KernelExchange exchange)
    {
        bool restart = exchange.Content.Flag("restart", false);
        EndSession();
        var reply = new JsonObject { ["status"] = "ok", ["restart"] = restart };
        exchange.Publish("shutdown_reply", (JsonObject)reply.DeepClone());
        exchange.Reply(reply);
        return true;
    }

    private static string Shown(string type) => type.Length > 60 ? type[..60] + "..." : type;
}
