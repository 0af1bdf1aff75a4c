using System.Text;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

/// <summary>
/// <see cref="Console.Out"/> and <see cref="Console.Error"/> of the cells: one buffer for both, so that their order is kept, sent on when it
/// grows, when a display follows, and every 50 ms. What native code prints goes to the process's own stdout, which the parent reads.
/// </summary>
internal sealed class CellConsole
{
    private const int SendAt = 16 * 1024;
    private readonly Lock _gate = new();
    private readonly StringBuilder _pending = new();
    private readonly MessageChannel _channel;
    private readonly Stream _rawOut = Console.OpenStandardOutput();
    private readonly Stream _rawError = Console.OpenStandardError();
    private string _stream = "stdout";

    public CellConsole(MessageChannel channel)
    {
        _channel = channel;
        Console.SetIn(TextReader.Null);
        Console.SetOut(new Writer(this, "stdout"));
        Console.SetError(new Writer(this, "stderr"));
        new Thread(FlushNowAndThen) { IsBackground = true, Name = "console" }.Start();
    }

    /// <summary>What <see cref="MarkEndOfCell"/> writes: nothing that a program would print by accident.</summary>
    public string EndOfCell { get; } = $"\u001e{Guid.NewGuid():N}\u001e";

    /// <summary>Sends what is pending.</summary>
    public void Flush()
    {
        lock (_gate) SendPending();
    }

    /// <summary>Writes a mark to the raw stdout and stderr, behind everything that native code has printed.</summary>
    public void MarkEndOfCell()
    {
        NativeProcess.FlushStandardOutput();
        byte[] mark = Encoding.UTF8.GetBytes(EndOfCell);
        foreach (var raw in new[] { _rawOut, _rawError })
        {
            try
            {
                raw.Write(mark);
                raw.Flush();
            }
            catch (IOException)
            {
                // native code has closed it; the parent waits a moment in vain
            }
        }
    }

    /// <summary>A thread of its own, as timers wait for the thread pool, which a cell may keep busy.</summary>
    private void FlushNowAndThen()
    {
        while (true)
        {
            Thread.Sleep(50);
            Flush();
        }
    }

    private void Write(string stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        lock (_gate)
        {
            if (_stream != stream) SendPending();
            _stream = stream;
            _pending.Append(text);
            if (_pending.Length >= SendAt) SendPending();
        }
    }

    private void SendPending()
    {
        int length = _pending.Length;
        if (length > 0 && char.IsHighSurrogate(_pending[length - 1])) length--;     // its other half comes with the next call
        if (length == 0) return;
        string text = _pending.ToString(0, length);
        _pending.Remove(0, length);
        try
        {
            _channel.Send(new Printed(_stream, text));
        }
        catch (IOException)
        {
            // the parent is gone, and this process goes as soon as it notices
        }
    }

    /// <summary>One call, one piece: lines of several threads do not mix.</summary>
    private sealed class Writer(CellConsole console, string stream) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => console.Write(stream, [value]);

        public override void Write(string? value) => console.Write(stream, value);

        public override void Write(char[] buffer, int index, int count) => console.Write(stream, buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) => console.Write(stream, buffer);

        public override void WriteLine(string? value) => console.Write(stream, value + NewLine);

        public override void WriteLine(ReadOnlySpan<char> buffer) => console.Write(stream, string.Concat(buffer, NewLine));

        public override void WriteLine(char[] buffer, int index, int count) => WriteLine(buffer.AsSpan(index, count));

        public override void Flush() => console.Flush();
    }
}
