namespace NeuroNotebooks.TestSupport;

/// <summary>Where the checkout lies: the nearest folder above the test that holds the solution.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NeuroNotebooks.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("NeuroNotebooks.sln stands in no folder above the tests.");
    }
}
