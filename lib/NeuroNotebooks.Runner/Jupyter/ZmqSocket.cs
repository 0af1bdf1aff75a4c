using System.Runtime.InteropServices;
using System.Text;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>The patterns of ZeroMQ that Jupyter uses; the numbers are the library's.</summary>
internal enum ZmqPattern
{
    /// <summary>Sends to everybody who listens.</summary>
    Publish = 1,

    /// <summary>Listens to publishers.</summary>
    Subscribe = 2,

    /// <summary>Answers each message before it takes the next.</summary>
    Reply = 4,

    /// <summary>A client that sends and receives as it likes.</summary>
    Dealer = 5,

    /// <summary>A server that sees who asked: the first frame of each message names the client.</summary>
    Router = 6,
}

/// <summary>ZeroMQ could not do what was asked.</summary>
/// <param name="message">What it was, and why.</param>
internal sealed class ZmqException(string message) : IOException(message);

/// <summary>Holds the input and output threads of ZeroMQ. Sockets must be disposed of before their context.</summary>
internal sealed class ZmqContext : IDisposable
{
    private nint _handle;

    /// <summary>Starts ZeroMQ.</summary>
    /// <exception cref="Wording.UsageException">The system has no libzmq.</exception>
    public ZmqContext()
    {
        _handle = LibZmq.zmq_ctx_new();
        if (_handle == 0) throw new ZmqException($"ZeroMQ does not start: {LibZmq.Words(LibZmq.LastError)}.");
    }

    /// <summary>A new socket, not yet bound or connected.</summary>
    public ZmqSocket Open(ZmqPattern pattern)
    {
        nint socket = LibZmq.zmq_socket(_handle, (int)pattern);
        if (socket == 0) throw new ZmqException($"ZeroMQ gives no {pattern} socket: {LibZmq.Words(LibZmq.LastError)}.");
        return new ZmqSocket(socket);
    }

    /// <summary>Lets every waiting and later call of its sockets end, on whatever thread; what was sent still leaves.</summary>
    public void Shutdown() => _ = LibZmq.zmq_ctx_shutdown(_handle);

    /// <summary>Waits until its sockets have sent what they hold, or their time to linger is over.</summary>
    public void Dispose()
    {
        if (_handle != 0) _ = LibZmq.zmq_ctx_term(_handle);
        _handle = 0;
    }
}

/// <summary>A ZeroMQ socket, whose messages are lists of frames. One thread at a time may use it.</summary>
internal sealed class ZmqSocket : IDisposable
{
    private const int DontWait = 1, SendMore = 2;
    private const int SubscribeOption = 6, LingerOption = 17, MaxMessageSize = 22, SendHighWaterMark = 23, ReceiveHighWaterMark = 24;
    private const int ReceiveTimeout = 27, Ipv6 = 42, RouterHandover = 56;
    private const int Interrupted = 4, Terminated = 156384765;
    private const long LargestFrame = 64L << 20;

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);
    private static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;
    private nint _handle;

    /// <summary>Takes over a socket of the library's.</summary>
    internal ZmqSocket(nint handle)
    {
        _handle = handle;
        Set(LingerOption, (int)Linger.TotalMilliseconds);
        Set(MaxMessageSize, LargestFrame);
        Set(SendHighWaterMark, 0);          // unlimited: otherwise a slow reader would miss outputs, silently
        Set(ReceiveHighWaterMark, 0);
    }

    /// <summary>Waits for clients at an address such as <c>tcp://127.0.0.1:5555</c>.</summary>
    /// <exception cref="ZmqException">The address is taken or none of this machine's.</exception>
    public void Bind(string address)
    {
        if (address.Contains('[')) Set(Ipv6, 1);
        if (LibZmq.zmq_bind(_handle, in CString(address)[0]) != 0) throw Failure($"listen at {address}");
    }

    /// <summary>Connects to an address, now or when somebody listens there.</summary>
    public void Connect(string address)
    {
        if (LibZmq.zmq_connect(_handle, in CString(address)[0]) != 0) throw Failure($"connect to {address}");
    }

    /// <summary>Lets a client that comes back under its old name take its place; for routers.</summary>
    public void LetClientsReturn() => Set(RouterHandover, 1);

    /// <summary>Listens to every message of its publisher; for subscribers.</summary>
    public void SubscribeToAll() => Check(LibZmq.zmq_setsockopt(_handle, SubscribeOption, in CString("")[0], 0), "subscribe");

    /// <summary>How long <see cref="Receive()"/> may wait; <see cref="Timeout.InfiniteTimeSpan"/>, the default, for ever.</summary>
    public void WaitAtMost(TimeSpan time) => Set(ReceiveTimeout, (int)time.TotalMilliseconds);

    /// <summary>Sends a message whole.</summary>
    /// <exception cref="ObjectDisposedException">The context was shut down.</exception>
    public void Send(params IReadOnlyList<byte[]> frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            int flags = i < frames.Count - 1 ? SendMore : 0;
            while (LibZmq.zmq_send(_handle, in First(frames[i]), (nuint)frames[i].Length, flags) < 0)
                if (LibZmq.LastError is var error && error != Interrupted) throw Failure("send", error);
        }
    }

    /// <summary>The next message, or null when none came in time.</summary>
    /// <exception cref="ObjectDisposedException">The context was shut down.</exception>
    public IReadOnlyList<byte[]>? Receive() => Receive(0);

    /// <summary>The next message if it is there, or null.</summary>
    /// <exception cref="ObjectDisposedException">The context was shut down.</exception>
    public IReadOnlyList<byte[]>? TryReceive() => Receive(DontWait);

    public void Dispose()
    {
        if (_handle != 0) _ = LibZmq.zmq_close(_handle);
        _handle = 0;
    }

    private List<byte[]>? Receive(int flags)
    {
        var frames = new List<byte[]>();
        for (bool more = true; more;)
        {
            var frame = new LibZmq.zmq_msg_t();
            _ = LibZmq.zmq_msg_init(ref frame);
            int length;
            while ((length = LibZmq.zmq_msg_recv(ref frame, _handle, flags)) < 0)
            {
                int error = LibZmq.LastError;
                if (error == Interrupted) continue;
                _ = LibZmq.zmq_msg_close(ref frame);
                if (error == Again) return null;
                throw Failure("receive", error);
            }
            byte[] bytes = new byte[length];
            if (length > 0) Marshal.Copy(LibZmq.zmq_msg_data(ref frame), bytes, 0, length);
            more = LibZmq.zmq_msg_more(ref frame) != 0;
            _ = LibZmq.zmq_msg_close(ref frame);
            frames.Add(bytes);
        }
        return frames;
    }

    private void Set(int option, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        MemoryMarshal.Write(bytes, value);
        Check(LibZmq.zmq_setsockopt(_handle, option, in bytes[0], 4), "set an option");
    }

    private void Set(int option, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        MemoryMarshal.Write(bytes, value);
        Check(LibZmq.zmq_setsockopt(_handle, option, in bytes[0], 8), "set an option");
    }

    private static void Check(int result, string what)
    {
        if (result != 0) throw Failure(what);
    }

    private static Exception Failure(string what) => Failure(what, LibZmq.LastError);

    private static Exception Failure(string what, int error) => error == Terminated
        ? new ObjectDisposedException(nameof(ZmqSocket))
        : new ZmqException($"ZeroMQ could not {what}: {LibZmq.Words(error)}.");

    private static ReadOnlySpan<byte> CString(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static ref readonly byte First(byte[] frame) => ref MemoryMarshal.GetArrayDataReference(frame);
}
