using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

/// <summary>A session in an empty folder.</summary>
public sealed class FolderSession : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("cells-").FullName;

    public CellSession Session { get; private set; } = null!;

    public async Task InitializeAsync() => Session = await TestSession.StartAsync(Folder);

    public async Task DisposeAsync()
    {
        await Session.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What cells name with <c>#r</c>, <c>#load</c> and <c>#!import</c>.</summary>
public sealed class CellReferenceTests(FolderSession shared) : IClassFixture<FolderSession>
{
    private readonly string _folder = shared.Folder;
    private readonly CellSession _session = shared.Session;

    [Fact]
    public async Task Both_libraries_and_their_dependencies_load_from_the_folder_that_the_cell_names()
    {
        string library = Path.GetRelativePath(_folder, TestSession.Library).Replace('\\', '/');
        var result = await _session.OkAsync(
            $"""
            #r "{library}/NeuroNotebooks.dll"
            #r "{library}/NeuroNotebooks.Figures.dll"
            #r "{library}/MathNet.Numerics.dll"
            using MathNet.Numerics.LinearAlgebra;
            var matrix = Matrix<double>.Build.DenseIdentity(3);
            var library = AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name.StartsWith("NeuroNotebooks")).Select(a => a.GetName().Name);
            var loaded = System.Runtime.Loader.AssemblyLoadContext.All.SelectMany(c => c.Assemblies);
            System.Reflection.Assembly.Load("NeuroNotebooks").Location + "|" + System.Reflection.Assembly.Load("NeuroNotebooks.Figures").Location
                + "|" + typeof(Matrix<double>).Assembly.Location + "|" + loaded.Count(a => a.GetName().Name is "NeuroNotebooks" or "NeuroNotebooks.Figures" or "MathNet.Numerics")
            """);
        string[] places = result.Value()!.Split('|');
        Assert.Equal(Path.Combine(TestSession.Library, "NeuroNotebooks.dll"), places[0]);
        Assert.Equal(Path.Combine(TestSession.Library, "NeuroNotebooks.Figures.dll"), places[1]);
        Assert.Equal(Path.Combine(TestSession.Library, "MathNet.Numerics.dll"), places[2]);
        Assert.Equal("3", places[3]);     // each once: the engine's own copies stay out

        await _session.OkAsync($"#r \"{library}/NeuroNotebooks.dll\"\nmatrix[0, 0] = 2.0; Matrix<double> same = matrix;");
        Assert.Equal("2", (await _session.OkAsync("same[0, 0]")).Value());
    }

    [Fact]
    public async Task A_dependency_is_found_beside_the_library_that_needs_it()
    {
        await using var fresh = await TestSession.StartAsync(_folder);
        string library = Path.GetRelativePath(_folder, TestSession.Library).Replace('\\', '/');
        await fresh.OkAsync($"#r \"{library}/NeuroNotebooks.dll\"");
        var result = await fresh.OkAsync("System.Reflection.Assembly.Load(\"MathNet.Numerics\").Location");
        Assert.Equal(Path.Combine(TestSession.Library, "MathNet.Numerics.dll"), result.Value());
    }

    [Fact]
    public async Task A_reference_may_stand_anywhere_in_the_cell_and_names_of_the_platform_are_fine()
    {
        string library = Path.GetRelativePath(_folder, TestSession.Library).Replace('\\', '/');
        await _session.OkAsync($"var early = 1;\n#r \"System.Net.Http\"\n#r \"{library}/MathNet.Numerics.dll\"\nMathNet.Numerics.SpecialFunctions.Gamma(5.0)");
        // not a directive inside a text
        Assert.Equal("#r \"x.dll\"", (await _session.OkAsync("\"\"\"\n#r \"x.dll\"\n\"\"\"")).Value());
    }

    [Fact]
    public async Task A_missing_library_is_an_error_with_its_full_path_and_a_hint()
    {
        var result = await _session.RunAsync("\n#r \"artifacts/lib/Nowhere.dll\"", "cell 2");
        Assert.Equal(CellStatus.Error, result.Status);
        Assert.Contains(Path.Combine(_folder, "artifacts", "lib", "Nowhere.dll"), result.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet build", result.Message, StringComparison.Ordinal);
        Assert.Contains("cell 2, line 2", result.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_an_error()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "text.dll"), "not a program");
        Assert.Contains("not a .NET assembly", (await _session.RunAsync("#r \"text.dll\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_whose_assembly_is_referenced_already_is_fine_and_package_sources_are_ignored()
    {
        string library = Path.GetRelativePath(_folder, TestSession.Library).Replace('\\', '/');
        await _session.OkAsync($"#i \"nuget: somewhere\"\n#r \"{library}/MathNet.Numerics.dll\"");
        await _session.OkAsync("#r \"nuget: MathNet.Numerics, 5.0.0\"\n#r \"nuget:System.Text.Json\"\nvar fine = 1;");
    }

    [Fact]
    public async Task Loaded_files_are_found_from_the_notebooks_folder_and_from_each_other()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "sub", "outer.csx"), "#load \"inner.csx\"\nint Outer() => Inner() + 1;");
        await File.WriteAllTextAsync(Path.Combine(_folder, "sub", "inner.csx"), "int Inner() => 1;\nint Broken(int n) => 1 / n;");
        await _session.OkAsync("#load \"sub/outer.csx\"");
        Assert.Equal("2", (await _session.OkAsync("Outer()")).Value());
        Assert.Contains("inner.csx, line 2", (await _session.RunAsync("Broken(0)")).Text(), StringComparison.Ordinal);
        Assert.Contains("CS1504", (await _session.RunAsync("#load \"nowhere.csx\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_files_scripts_notebooks_and_dib_files_can_be_imported()
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray(
                new JsonObject { ["cell_type"] = "markdown", ["source"] = "no code" },
                new JsonObject { ["cell_type"] = "code", ["source"] = new JsonArray("int FromNotebook()\n", " => 3;") },
                new JsonObject { ["cell_type"] = "code", ["source"] = "Console.WriteLine(\"imported\");" }),
        };
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.ipynb"), notebook.ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(_folder, "source.cs"), "class FromSource { public int Value => 1; }");
        await File.WriteAllTextAsync(Path.Combine(_folder, "script.csx"), "var fromScript = 2;");
        await File.WriteAllTextAsync(Path.Combine(_folder, "book.dib"), "#!meta\n{\"kernelInfo\":{}}\n#!markdown\n# Text\n#!csharp\nvar fromDib = 4;\n");
        var result = await _session.OkAsync("#!import source.cs\n#!import \"script.csx\"\n#!import other.ipynb\n#!import book.dib\nvar sum = new FromSource().Value + fromScript + FromNotebook() + fromDib; sum");
        Assert.Equal("10", result.Value());
        Assert.Equal("imported\n", (string?)result.Outputs[0]["text"]);
        Assert.Equal("# Text", (string?)result.Outputs[1]["data"]!["text/markdown"]);
    }

    [Theory]
    [InlineData("#!import nowhere.csx", "there is no file")]
    [InlineData("#!import", "needs the path")]
    [InlineData("#!import data.txt", "takes .ipynb, .dib, .cs and .csx files")]
    [InlineData("#!import broken.ipynb", "not a notebook")]
    [InlineData("#!import self.csx", "without end")]
    [InlineData("#!import magic.csx", "magic.csx, line 2: The magic command #!pwsh")]
    public async Task An_import_that_cannot_be_done_says_why(string code, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "data.txt"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "broken.ipynb"), "{\"cells\": 1}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "self.csx"), "#!import self.csx");
        await File.WriteAllTextAsync(Path.Combine(_folder, "magic.csx"), "\n#!pwsh\nls");
        Assert.Contains(message, (await _session.RunAsync(code)).Message, StringComparison.Ordinal);
    }
}
