using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>Gathers what one cell shows, as nbformat outputs, and passes it on as it comes.</summary>
internal sealed class CellRun(CellRequest request, int executionCount, SessionOptions options, IProgress<CellEvent>? live)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly List<DisplayUpdated> _updates = [];
    private long _printed;
    private long _shown;
    private bool _closed;

    /// <summary>An output that may still grow: text is gathered and put into the JSON at the end.</summary>
    private sealed record Entry(JsonObject Output, string? DisplayId, StringBuilder? Text);

    public CellRequest Request => request;

    public int ExecutionCount => executionCount;

    /// <summary>The cell's error, once it has reported one.</summary>
    public Failed? Error { get; private set; }

    /// <summary>Why the cell was not run, if so.</summary>
    public Skipped? Skip { get; private set; }

    /// <summary>Adds what a message of the child shows.</summary>
    public void Take(Message message)
    {
        switch (message)
        {
            case Printed printed: Print(printed.Stream, printed.Text); break;
            case Shown shown: Show(shown); break;
            case Failed failed: Fail(failed); break;
            case Skipped skipped: Leave(skipped); break;
            default: throw new InvalidDataException($"A child does not say {message.GetType().Name}.");
        }
    }

    /// <summary>Adds text; beyond the limit, a note instead, once.</summary>
    private void Print(string stream, string text)
    {
        lock (_gate)
        {
            long limit = options.MaxStreamMegabytes * 1_000_000L;
            if (_closed || text.Length == 0 || _printed > limit) return;
            long room = limit - _printed;
            _printed += text.Length;
            if (text.Length <= room)
            {
                Append(stream, text);
                return;
            }
            Append(stream, text[..(int)room]);
            Append("stderr", $"\n[The cell printed more than {options.MaxStreamMegabytes} MB; the rest is not kept.]\n");
        }
    }

    /// <summary>Adds a value, or puts it in the place of an earlier one.</summary>
    private void Show(Shown shown)
    {
        lock (_gate)
        {
            long limit = options.MaxDisplayMegabytes * 1_000_000L;
            if (_closed || _shown > limit) return;
            _shown += shown.Bundle.Sum(part => (long)part.Text.Length);
            if (_shown > limit)
            {
                Append("stderr", $"\n[The cell displayed more than {options.MaxDisplayMegabytes} MB; the rest is not kept.]\n");
                return;
            }

            var data = Data(shown.Bundle);
            if (shown.As == ShownAs.Update) Update(new DisplayUpdated(shown.DisplayId!, data, []));
            else Add(NewOutput(shown.As, data), shown.DisplayId);
        }
    }

    /// <summary>Adds the error that the cell reported.</summary>
    private void Fail(Failed error)
    {
        lock (_gate)
        {
            if (_closed) return;
            Error = error;
            AddError(error.Name, error.Value, error.Traceback);
        }
    }

    /// <summary>Says in a display why the cell was not run.</summary>
    private void Leave(Skipped skip)
    {
        lock (_gate)
        {
            if (_closed) return;
            Skip = skip;
            Add(NewOutput(ShownAs.Display, CellSkip.Display(skip)), null);
        }
    }

    /// <summary>Adds an error of the engine's: the cell did not come to its end.</summary>
    public void Fail(CellStatus status, string message)
    {
        lock (_gate) AddError(status.ToString(), message, [message]);
    }

    /// <summary>The result; what comes later is dropped.</summary>
    public CellResult Close(CellStatus status, TimeSpan elapsed, string? message)
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var entry in _entries)
                if (entry.Text is { } text) entry.Output["text"] = text.ToString();
            return new CellResult(
                status, executionCount, [.. _entries.Select(e => e.Output)], [.. _entries.Select(e => e.DisplayId)], _updates, elapsed, message);
        }
    }

    private void Append(string stream, string text)
    {
        if (_entries.Count == 0 || _entries[^1].Text is null || (string?)_entries[^1].Output["name"] != stream)
            _entries.Add(new Entry(new JsonObject { ["output_type"] = "stream", ["name"] = stream, ["text"] = "" }, null, new StringBuilder()));
        _entries[^1].Text!.Append(text);
        live?.Report(new StreamWritten(stream, text));
    }

    private void Update(DisplayUpdated update)
    {
        bool own = false;
        foreach (var entry in _entries.Where(e => e.DisplayId == update.DisplayId))
        {
            update.ApplyTo(entry.Output);
            own = true;
        }
        if (!own) _updates.Add(update);
        live?.Report(update);
    }

    private JsonObject NewOutput(ShownAs shownAs, JsonObject data) => shownAs == ShownAs.Result
        ? new JsonObject { ["output_type"] = "execute_result", ["execution_count"] = executionCount, ["data"] = data, ["metadata"] = new JsonObject() }
        : new JsonObject { ["output_type"] = "display_data", ["data"] = data, ["metadata"] = new JsonObject() };

    private void AddError(string name, string value, IReadOnlyList<string> traceback) => Add(
        new JsonObject
        {
            ["output_type"] = "error",
            ["ename"] = name,
            ["evalue"] = value,
            ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]),
        },
        displayId: null);

    private void Add(JsonObject output, string? displayId)
    {
        _entries.Add(new Entry(output, displayId, null));
        live?.Report(new OutputAdded((JsonObject)output.DeepClone(), displayId));
    }

    /// <summary>A MIME bundle: JSON types hold JSON, all others text.</summary>
    private static JsonObject Data(IReadOnlyList<MimeText> bundle)
    {
        var data = new JsonObject();
        foreach (var part in bundle)
        {
            bool isJson = part.MimeType == "application/json" || part.MimeType.EndsWith("+json", StringComparison.Ordinal);
            data[part.MimeType] = isJson ? JsonOrText(part.Text) : JsonValue.Create(part.Text);
        }
        return data;
    }

    private static JsonNode? JsonOrText(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);     // a formatter's mistake is shown, not hidden
        }
    }
}
