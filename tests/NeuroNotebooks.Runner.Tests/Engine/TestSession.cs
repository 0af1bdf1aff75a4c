using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

/// <summary>Short ways to run cells and to look at what they left behind.</summary>
internal static class TestSession
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>The folder of the libraries that notebooks load, seen from the test's own folder.</summary>
    public static string Library { get; } = FindLibrary();

    public static Task<CellSession> StartAsync(string? folder = null, TimeSpan grace = default, int? maxMemoryMegabytes = null) =>
        CellSession.StartAsync(new SessionOptions
        {
            WorkingFolder = folder ?? AppContext.BaseDirectory,
            InterruptGrace = grace,
            MaxMemoryMegabytes = maxMemoryMegabytes,
        });

    public static Task<CellResult> RunAsync(this CellSession session, string code, string name = "cell 1", TimeSpan? limit = null) =>
        session.RunAsync(new CellRequest(code, name, limit ?? Limit));

    /// <summary>Runs a cell that must succeed.</summary>
    public static async Task<CellResult> OkAsync(this CellSession session, string code, string name = "cell 1")
    {
        var result = await session.RunAsync(code, name);
        Assert.True(result.Status == CellStatus.Ok, $"{result.Status}: {result.Message}\n{result.Text()}");
        return result;
    }

    /// <summary>Everything a cell shows, as text: streams, plain texts, errors.</summary>
    public static string Text(this CellResult result) => string.Concat(result.Outputs.Select(TextOf));

    /// <summary>The plain text of the value that the cell ended in.</summary>
    public static string? Value(this CellResult result) =>
        (string?)result.Outputs.SingleOrDefault(o => (string?)o["output_type"] == "execute_result")?["data"]?["text/plain"];

    public static JsonObject Data(this CellResult result, int index = 0) => result.Outputs[index]["data"]!.AsObject();

    public static string[] Types(this CellResult result) => [.. result.Outputs.Select(o => (string)o["output_type"]!)];

    private static string TextOf(JsonObject output) => (string)output["output_type"]! switch
    {
        "stream" => (string)output["text"]!,
        "error" => string.Join('\n', output["traceback"]!.AsArray().Select(line => (string)line!)),
        _ => (string?)output["data"]!["text/plain"] ?? "",
    };

    private static string FindLibrary()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "NeuroNotebooks.sln"))) return Path.Combine(folder, "artifacts", "lib");
        throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}

/// <summary>One session for the many tests that do not end it.</summary>
[CollectionDefinition(nameof(SharedSession))]
public sealed class SharedSessionTests : ICollectionFixture<SharedSession>;

/// <inheritdoc cref="SharedSessionTests"/>
public sealed class SharedSession : IAsyncLifetime
{
    public CellSession Session { get; private set; } = null!;

    public async Task InitializeAsync() => Session = await TestSession.StartAsync();

    public async Task DisposeAsync() => await Session.DisposeAsync();
}
