using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>What a notebook of the collection is about: metadata <c>"neuronotebooks": {"kind": "guide"}</c>, a paper without.</summary>
internal static class NotebookKind
{
    public const string Entry = "kind";
    public const string Paper = "paper";

    /// <summary>A notebook that shows how to do something with the library and reproduces no paper.</summary>
    public const string Guide = "guide";

    public static IReadOnlyList<string> All { get; } = [Paper, Guide];

    /// <summary>The kind that a notebook states.</summary>
    public static string Of(NotebookDocument notebook) =>
        OutputBundle.Text((notebook.Metadata["neuronotebooks"] as JsonObject)?[Entry]) ?? Paper;
}
