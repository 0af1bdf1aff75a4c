namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>A file that one process makes when another may go on: it orders what they do without a clock.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where the file will be, as a C# literal.</summary>
    private string Literal => $"@\"{_folder.File("open")}\"";

    /// <summary>C# that waits until the gate is open.</summary>
    public string Waiting => $"while (!System.IO.File.Exists({Literal})) await Task.Delay(10);";

    /// <summary>C# that opens the gate.</summary>
    public string Opening => $"System.IO.File.WriteAllText({Literal}, \"\");";

    public void Open() => _folder.Write("open", "");

    public async Task WaitAsync()
    {
        while (!File.Exists(_folder.File("open"))) await Task.Delay(10);
    }

    public void Dispose() => _folder.Dispose();
}
