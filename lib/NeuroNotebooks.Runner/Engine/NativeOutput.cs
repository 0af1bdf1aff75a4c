using System.Text;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>Reads what a child's native code prints, up to the mark that the child leaves behind each cell.</summary>
internal sealed class NativeOutput
{
    private const int LongestTail = 4000;
    private readonly Stream _stream;
    private readonly Action<string> _print;
    private readonly StringBuilder _pending = new();
    private readonly StringBuilder _tail = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _marked = NewMark();
    private string? _mark;

    public NativeOutput(Stream stream, Action<string> print)
    {
        _stream = stream;
        _print = print;
        Ended = Task.Run(ReadAsync);
    }

    /// <summary>When the child and all who share its output have closed it.</summary>
    public Task Ended { get; }

    /// <summary>The last that was printed: where a dying runtime says why.</summary>
    public string Tail
    {
        get
        {
            lock (_gate) return _tail.ToString();
        }
    }

    /// <summary>The text that stands behind each cell's output.</summary>
    public void MarkIs(string mark) => Volatile.Write(ref _mark, mark);

    /// <summary>A task that ends at the next mark: to be asked for before a cell starts.</summary>
    public Task NextMark()
    {
        lock (_gate)
        {
            if (_marked.Task.IsCompleted) _marked = NewMark();
            return _marked.Task;
        }
    }

    private static TaskCompletionSource NewMark() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[16 * 1024];
        char[] chars = new char[bytes.Length + 1];
        try
        {
            int count;
            while ((count = await _stream.ReadAsync(bytes)) > 0)
            {
                _pending.Append(chars, 0, decoder.GetChars(bytes, 0, count, chars, 0));
                PassOn(isEnd: false);
            }
        }
        catch (IOException)
        {
            // the pipe broke with the child: the same as its end
        }
        PassOn(isEnd: true);
    }

    private void PassOn(bool isEnd)
    {
        string text = _pending.ToString();
        string? mark = Volatile.Read(ref _mark);
        int start = 0;
        while (mark is not null && text.IndexOf(mark, start, StringComparison.Ordinal) is >= 0 and var at)
        {
            Print(text[start..at]);
            lock (_gate) _marked.TrySetResult();
            start = at + mark.Length;
        }

        int held = isEnd || mark is null ? 0 : BeginningOf(mark, text[start..]);
        Print(text[start..^held]);
        _pending.Clear().Append(text, text.Length - held, held);
    }

    /// <summary>How many characters at the end of a text may be the beginning of the mark.</summary>
    private static int BeginningOf(string mark, string text)
    {
        for (int length = Math.Min(mark.Length - 1, text.Length); length > 0; length--)
            if (text.EndsWith(mark[..length], StringComparison.Ordinal)) return length;
        return 0;
    }

    private void Print(string text)
    {
        if (text.Length == 0) return;
        lock (_gate)
        {
            _tail.Append(text);
            if (_tail.Length > 2 * LongestTail) _tail.Remove(0, _tail.Length - LongestTail);
        }
        _print(text);
    }
}
