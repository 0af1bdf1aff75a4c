using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>The metadata of a C# notebook as VS Code's Polyglot Notebooks writes it, so that every front end finds the kernel.</summary>
internal static class KernelMetadata
{
    public const string KernelName = ".net-csharp";

    /// <summary>The notebook's own entries: kernelspec, language_info, polyglot_notebook.</summary>
    public static JsonObject ForNotebook() => new()
    {
        ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = KernelName },
        ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
        ["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = "csharp",
                ["items"] = new JsonArray(
                    new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "csharp", ["name"] = "csharp" }),
            },
        },
    };

    /// <summary>The entry of each code cell, with its older twin that Jupyter's .NET kernel reads.</summary>
    public static JsonObject ForCell() => new()
    {
        ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
        ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
    };

    /// <summary>The language of a cell: its own entry, else C#.</summary>
    public static string Language(NotebookCell cell) =>
        OutputBundle.Text((cell.Metadata["polyglot_notebook"] as JsonObject)?["kernelName"])
        ?? OutputBundle.Text((cell.Metadata["dotnet_interactive"] as JsonObject)?["language"])
        ?? "csharp";

    /// <summary>Why the notebook's kernel is not the C# one; null when it is, or when the notebook names none.</summary>
    public static string? OtherKernel(JsonObject metadata)
    {
        if (metadata["kernelspec"] is not JsonObject spec) return null;
        string name = OutputBundle.Text(spec["name"]) ?? "";
        return name is "" or KernelName ? null : name;
    }
}
