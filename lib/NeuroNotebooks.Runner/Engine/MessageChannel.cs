using System.Buffers.Binary;
using System.IO.Pipes;
using System.Text.Json;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>Messages over a pipe, each a length (4 bytes, little endian) and that much JSON.</summary>
internal sealed class MessageChannel(PipeStream pipe) : IDisposable
{
    private const int LongestMessage = 1 << 30;
    private readonly Lock _sending = new();

    /// <summary>Sends a message whole, from any thread.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(Message message)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.Message);
        byte[] frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, 4);

        lock (_sending)
        {
            pipe.Write(frame);
            pipe.Flush();
        }
    }

    /// <summary>The next message, or null when the other side is gone. Blocks its thread, so that it needs no other to wake up.</summary>
    public Message? Receive()
    {
        try
        {
            byte[] length = new byte[4];
            pipe.ReadExactly(length);
            int count = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (count is < 0 or > LongestMessage) throw new InvalidDataException($"A message of {count} bytes cannot be.");

            byte[] body = new byte[count];
            pipe.ReadExactly(body);
            return JsonSerializer.Deserialize(body, MessageJson.Default.Message);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Takes messages until the other side is gone, on a thread of its own: a thread pool full of work must not delay it.</summary>
    /// <param name="take">Called with each message, one at a time.</param>
    /// <param name="atEnd">Called on that thread when the other side is gone.</param>
    public Task ListenAsync(Action<Message> take, Action? atEnd = null) => Task.Factory.StartNew(
        () =>
        {
            while (Receive() is { } message) take(message);
            atEnd?.Invoke();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => pipe.Dispose();
}
