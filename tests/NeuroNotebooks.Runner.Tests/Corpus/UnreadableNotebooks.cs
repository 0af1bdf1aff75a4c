namespace NeuroNotebooks.Runner.Tests.Corpus;

/// <summary>What becomes of a file that is read.</summary>
public enum Reading
{
    /// <summary>It is a notebook as it stands.</summary>
    Fine,

    /// <summary>It becomes a notebook; a note says what was done.</summary>
    Repaired,

    /// <summary>It is no notebook; the error says why.</summary>
    Refused,
}

/// <summary>One file of the corpus: its text, its verdict, and a piece of the message that must be told.</summary>
internal sealed record BrokenFile(string Name, string Text, Reading Verdict, string Message = "");

/// <summary>Files that are broken, old or odd before any cell runs. One row a file: name, text, verdict, what the message says.</summary>
internal static class UnreadableNotebooks
{
    private const string Head = "\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5";

    public static IReadOnlyList<BrokenFile> All { get; } =
    [
        // name                          text                                                   verdict           what is told
        new("empty file",                "",                                                    Reading.Refused,  "is empty"),
        new("only spaces",               " \n\t ",                                              Reading.Refused,  "is empty"),
        new("not JSON",                  "hello",                                               Reading.Refused,  "line 1, column 1"),
        new("cut off in a list",         "{\"cells\":[",                                        Reading.Refused,  "was it cut off?"),
        new("cut off in a text",         "{\"cells\":[{\"source\":\"abc",                       Reading.Refused,  "was it cut off?"),
        new("cut off in a word",         "{\"cells\":nul",                                      Reading.Refused,  "was it cut off?"),
        new("a comma too many",          "{\"cells\":[],}",                                     Reading.Refused,  "line 1, column 13"),
        new("a comment",                 "{ // hi\n\"cells\":[]}",                              Reading.Refused,  "line 1, column 3"),
        new("single quotes",             "{'cells':[]}",                                        Reading.Refused,  "line 1, column 2"),
        new("a key twice",               $"{{\"cells\":[],\"cells\":[],{Head}}}",               Reading.Refused,  "Duplicate"),
        new("a line break in a text",    "{\"a\":\"x\ny\"}",                                    Reading.Refused,  "line 1"),
        new("two notebooks in one",      $"{{\"cells\":[],{Head}}}{{}}",                        Reading.Refused,  "line 1, column 59"),
        new("merge conflict",            "{\n<<<<<<< HEAD\n\"cells\":[]}",                      Reading.Refused,  "line 2, column 1"),
        new("half a surrogate",          $"{{\"cells\":[{Text("\"\\ud83e x\"")}],{Head}}}",     Reading.Refused,  "half a surrogate pair"),
        new("nested without end",        new string('[', 500),                                  Reading.Refused,  "not valid JSON"),
        new("a list",                    "[]",                                                  Reading.Refused,  "holds a list"),
        new("a number",                  "3",                                                   Reading.Refused,  "holds a number"),
        new("null",                      "null",                                                Reading.Refused,  "holds nothing"),
        new("another JSON file",         "{\"name\":\"x\"}",                                    Reading.Refused,  "no \"nbformat\" number"),
        new("nbformat as text",          "{\"cells\":[],\"nbformat\":\"4\"}",                   Reading.Refused,  "no \"nbformat\" number"),
        new("format 3",                  "{\"worksheets\":[],\"nbformat\":3,\"metadata\":{}}",  Reading.Refused,  "jupyter nbconvert --to notebook"),
        new("format 2",                  "{\"worksheets\":[],\"nbformat\":2}",                  Reading.Refused,  "format 2"),
        new("format 5",                  "{\"cells\":[],\"nbformat\":5,\"nbformat_minor\":0}",  Reading.Refused,  "newer than this program"),
        new("no cells",                  $"{{{Head}}}",                                         Reading.Refused,  "no \"cells\""),
        new("cells no list",             $"{{\"cells\":{{}},{Head}}}",                          Reading.Refused,  "\"cells\" that are no list"),
        new("metadata no object",        "{\"cells\":[],\"metadata\":[],\"nbformat\":4,\"nbformat_minor\":5}", Reading.Refused, "\"metadata\" holds a list"),
        new("a cell that is a text",     $"{{\"cells\":[\"x\"],{Head}}}",                       Reading.Refused,  "cell 1: holds a text"),
        new("a heading cell",            Cells("{\"cell_type\":\"heading\"}"),                  Reading.Refused,  "cell_type \"heading\" is unknown"),
        new("a cell without a type",     Cells("{\"source\":[]}"),                              Reading.Refused,  "cell_type is missing"),
        new("a source that is a number", Cells(Text("7")),                                      Reading.Refused,  "\"source\" holds a number"),
        new("a source of mixed things",  Cells(Text("[\"x\",1]")),                              Reading.Refused,  "\"source\" holds a list"),
        new("cell metadata a text",      Cells("{\"cell_type\":\"raw\",\"metadata\":\"x\",\"source\":[]}"), Reading.Refused, "cell 1: \"metadata\" holds a text"),
        new("outputs no list",           Cells(Code("1", "{}")),                                Reading.Refused,  "\"outputs\" holds an object"),
        new("an output that is a text",  Cells(Code("1", "[\"x\"]")),                           Reading.Refused,  "output 1: holds a text"),
        new("an output of format 3",     Cells(Code("1", "[{\"output_type\":\"pyout\"}]")),     Reading.Refused,  "output_type \"pyout\" is unknown"),

        new("format 4.0",                Old(0),                                                Reading.Repaired, "format 4.0 was brought to 4.5"),
        new("format 4.2",                Old(2),                                                Reading.Repaired, "2 cells without an id"),
        new("format 4.4",                Old(4),                                                Reading.Repaired, "format 4.4"),
        new("format 4.9",                "{\"cells\":[],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":9}", Reading.Repaired, "newer than the 4.5"),
        new("a cell without an id",      Cells("{\"cell_type\":\"raw\",\"metadata\":{},\"source\":[]}"), Reading.Repaired, "1 cell without an id"),
        new("an id twice",               Cells(Text("[]"), Text("[]")),                         Reading.Repaired, "1 cell with the id of an earlier cell"),
        new("an id with spaces",         Cells(Text("[]").Replace("\"t\"", "\"a b\"", StringComparison.Ordinal)), Reading.Repaired, "not 1 to 64 letters"),
        new("an id that is too long",    Cells(Text("[]").Replace("\"t\"", $"\"{new string('x', 65)}\"", StringComparison.Ordinal)), Reading.Repaired, "not 1 to 64 letters"),
        new("lines without ends",        Cells(Text("[\"int a = 1;\",\"a\"]")),                 Reading.Repaired, "the lines of its source had no ends"),
        new("Windows line ends",         Cells(Text("[\"a\\r\\n\",\"b\"]")),                    Reading.Repaired, "Windows line ends"),
        new("old Mac line ends",         Cells(Text("\"a\\rb\"")),                              Reading.Repaired, "Windows line ends"),
        new("outputs on a text cell",    Cells("{\"cell_type\":\"markdown\",\"id\":\"t\",\"metadata\":{},\"source\":[],\"outputs\":[],\"execution_count\":1}"), Reading.Repaired, "is markdown but held outputs"),

        new("byte order mark",           "\uFEFF" + Cells(),                                    Reading.Fine),
        new("Windows line ends between", Cells(Text("[]")).Replace(",", ",\r\n", StringComparison.Ordinal), Reading.Fine),
        new("no cell at all",            Cells(),                                               Reading.Fine),
        new("a source as one text",      Cells(Text("\"a\\nb\"")),                              Reading.Fine),
        new("no source",                 Cells("{\"cell_type\":\"raw\",\"id\":\"t\",\"metadata\":{}}"), Reading.Fine),
        new("no metadata",               "{\"cells\":[{\"cell_type\":\"raw\",\"id\":\"t\",\"source\":[]}],\"nbformat\":4,\"nbformat_minor\":5}", Reading.Fine),
        new("a code cell without outputs", Cells("{\"cell_type\":\"code\",\"id\":\"t\",\"metadata\":{},\"source\":\"1\"}"), Reading.Fine),
        new("unknown entries",           Cells("{\"cell_type\":\"raw\",\"id\":\"t\",\"metadata\":{},\"source\":[],\"x\":[1,{\"y\":null}]}"), Reading.Fine),
        new("other planes of Unicode",   Cells(Text("\"🧠 𝐖 é \\u0000 \\ud83e\\udde0\"")),        Reading.Fine),
        new("ten megabytes of output",   Cells(Code("1", $"[{{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":\"{new string('x', 10_000_000)}\"}}]")), Reading.Fine),
    ];

    private static string Cells(params string[] cells) => $"{{\"cells\":[{string.Join(',', cells)}],{Head}}}";

    private static string Text(string source) => $"{{\"cell_type\":\"markdown\",\"id\":\"t\",\"metadata\":{{}},\"source\":{source}}}";

    private static string Code(string source, string outputs) =>
        $"{{\"cell_type\":\"code\",\"execution_count\":null,\"id\":\"c\",\"metadata\":{{}},\"outputs\":{outputs},\"source\":\"{source}\"}}";

    private static string Old(int minor) =>
        $"{{\"cells\":[{{\"cell_type\":\"markdown\",\"metadata\":{{}},\"source\":\"# T\"}},{{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{{\"collapsed\":true}},\"outputs\":[],\"source\":[]}}],\"metadata\":{{}},\"nbformat\":4,\"nbformat_minor\":{minor}}}";
}
