namespace NeuroNotebooks.Runner.Host;

/// <summary>The child side of a session: the same program, started again with the word <c>host</c>.</summary>
internal static class HostMain
{
    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length > 1 ? 0 : 2);
}
