using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>One Chromium for a class of tests; each test opens its own pages in it. Does nothing where no Chromium is installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    // No call of the browser's own to the network, and nothing that a machine without screen or sandbox lacks.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (Tools.Chromium is not { } program) return;
        Assertions.SetDefaultExpectTimeout(30_000);       // a busy machine needs longer than the usual five seconds
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments, Headless = true });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A page of its own, with everything that it asks for and says written down.</summary>
    public async Task<WatchedPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await (browser ?? throw new InvalidOperationException("No Chromium is installed."))
            .NewContextAsync(options ?? new());
        context.SetDefaultTimeout(30_000);
        return new(context, await context.NewPageAsync());
    }
}

/// <summary>A page in the browser that keeps a record.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> requests = [], complaints = [];

    internal WatchedPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Request += (_, request) => requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"exception: {error}");
    }

    public IPage Page { get; }

    /// <summary>Every address asked for, in order.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Errors and warnings on the console, and exceptions that no script caught.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>The requests that are neither a file nor data in the page itself.</summary>
    public IEnumerable<string> OutsideRequests => requests.Where(address =>
        !address.StartsWith("file:", StringComparison.Ordinal) && !address.StartsWith("data:", StringComparison.Ordinal)
        && !address.StartsWith("blob:", StringComparison.Ordinal));

    /// <summary>Opens a file with the network off.</summary>
    public async Task GoToFileAsync(string file)
    {
        await context.SetOfflineAsync(true);
        await Page.GotoAsync(new Uri(file).AbsoluteUri);
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
