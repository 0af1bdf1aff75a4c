using System.Globalization;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>Serves what an editor asks while somebody types: completions, descriptions, whether a cell is whole.</summary>
internal sealed class LanguageRequests(KernelSession session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Answers <c>complete_request</c>.</summary>
    /// <exception cref="MalformedMessageException">The request is none.</exception>
    public JsonObject Complete(JsonObject request)
    {
        string code = request.Text("code");
        int cursor = Cursor(request, code);
        Completions found = Ask<Completed>(number => new Complete(number, code, cursor))?.Completions ?? new Completions(cursor, []);
        int start = CodePoints.Count(code, found.Start), end = CodePoints.Count(code, cursor);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => JsonValue.Create(item.Text))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => new JsonObject
                {
                    ["start"] = start,
                    ["end"] = end,
                    ["text"] = item.Text,
                    ["type"] = item.Kind,
                    ["signature"] = item.Signature,
                })]),
            },
        };
    }

    /// <summary>Answers <c>inspect_request</c>.</summary>
    /// <exception cref="MalformedMessageException">The request is none.</exception>
    public JsonObject Inspect(JsonObject request)
    {
        string code = request.Text("code");
        int cursor = Cursor(request, code);
        Description? found = Ask<Described>(number => new Describe(number, code, cursor))?.Description;
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found is null ? [] : new JsonObject { ["text/plain"] = found.Plain, ["text/html"] = found.Html },
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>Answers <c>is_complete_request</c>.</summary>
    /// <exception cref="MalformedMessageException">The request is none.</exception>
    public JsonObject JudgeCompleteness(JsonObject request)
    {
        string code = request.Text("code");
        var judged = Ask<Judged>(number => new Judge(number, code));
        var reply = new JsonObject { ["status"] = judged?.Completeness.ToString().ToLower(CultureInfo.InvariantCulture) ?? "unknown" };
        if (judged is { Completeness: Completeness.Incomplete }) reply["indent"] = judged.Indent;
        return reply;
    }

    /// <summary>Asks the session; null when it cannot say.</summary>
    private TAnswer? Ask<TAnswer>(Func<int, Question> question) where TAnswer : Answer
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            CellSession cells = session.GetAsync(patience.Token).GetAwaiter().GetResult();
            return (TAnswer?)cells.AskAsync(question, patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is SessionStartException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>The cursor's place in UTF-16 characters; without one, the end.</summary>
    private static int Cursor(JsonObject request, string code) => CodePoints.Index(code, request.Number("cursor_pos", int.MaxValue));
}

/// <summary>Jupyter counts characters as Unicode does, .NET in UTF-16.</summary>
internal static class CodePoints
{
    /// <summary>The place in a text of a number of code points from its start; its ends when the number is beyond them.</summary>
    public static int Index(string text, int codePoints)
    {
        int at = 0;
        for (int i = 0; i < codePoints && at < text.Length; i++) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at;
    }

    /// <summary>How many code points stand before a place in a text.</summary>
    public static int Count(string text, int index)
    {
        int count = 0;
        for (int at = 0; at < index; at += char.IsSurrogatePair(text, at) ? 2 : 1) count++;
        return count;
    }
}
