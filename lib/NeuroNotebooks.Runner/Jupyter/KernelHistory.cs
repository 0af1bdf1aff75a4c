using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>The cells of this session, for <c>history_request</c>. Nothing is kept beyond it, so there is one session, number 1.</summary>
internal sealed class KernelHistory
{
    private const int Session = 1;
    private readonly List<Entry> _entries = [];

    private sealed record Entry(int Line, string Input, string? Output);

    /// <summary>Adds a cell that was run.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="input">Its source.</param>
    /// <param name="output">The text of its value, if it has one.</param>
    public void Add(int line, string input, string? output) => _entries.Add(new Entry(line, input, output));

    /// <summary>Answers: the last <c>n</c> cells (tail), those of some numbers (range), or those that match a pattern with * and ? (search).</summary>
    /// <exception cref="MalformedMessageException">The request is none.</exception>
    public JsonObject Answer(JsonObject request)
    {
        bool withOutput = request.Flag("output", false);
        IEnumerable<Entry> chosen = request.Text("hist_access_type", "tail") switch
        {
            "tail" => _entries.TakeLast(request.Number("n", int.MaxValue)),
            "range" => Range(request),
            "search" => Search(request),
            var other => throw new MalformedMessageException($"hist_access_type \"{other}\" is not known; expected tail, range or search"),
        };
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. chosen.Select(entry => Row(entry, withOutput))]),
        };
    }

    private IEnumerable<Entry> Range(JsonObject request)
    {
        if (request.Number("session", 0) is not (0 or Session)) return [];     // 0 is the present one
        int start = request.Number("start", 0), stop = request.Number("stop", int.MaxValue);
        return _entries.Where(entry => entry.Line >= start && entry.Line < stop);
    }

    private IEnumerable<Entry> Search(JsonObject request)
    {
        string pattern = request.Text("pattern", "*");
        IEnumerable<Entry> found = _entries.Where(entry => FileSystemName.MatchesSimpleExpression(pattern, entry.Input, ignoreCase: false));
        if (request.Flag("unique", false)) found = found.Reverse().DistinctBy(entry => entry.Input).Reverse();
        return found.TakeLast(request.Number("n", int.MaxValue));
    }

    private static JsonArray Row(Entry entry, bool withOutput) =>
        new(Session, entry.Line, withOutput ? new JsonArray(entry.Input, entry.Output) : JsonValue.Create(entry.Input));
}
