using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>What a kernel says of itself.</summary>
internal static class KernelInfo
{
    private const string CSharpVersion = "14.0";

    /// <summary>The content of <c>kernel_info_reply</c>.</summary>
    public static JsonObject Content() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = KernelMessage.ProtocolVersion,
        ["implementation"] = "neuronotebooks",
        ["implementation_version"] = Version,
        ["language_info"] = LanguageInfo(),
        ["banner"] = $"NeuroNotebooks {Version}: C# {CSharpVersion} on .NET {Environment.Version}",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(),
    };

    /// <summary>The language, in the words that front ends and nbconvert look for.</summary>
    public static JsonObject LanguageInfo() => new()
    {
        ["name"] = "C#",
        ["version"] = CSharpVersion,
        ["mimetype"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["pygments_lexer"] = "csharp",
        ["codemirror_mode"] = "text/x-csharp",
    };

    private static string Version => typeof(KernelInfo).Assembly.GetName().Version?.ToString(3) ?? "0";
}
