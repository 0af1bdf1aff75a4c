using System.Diagnostics;
using System.Xml.Linq;
using Mono.Cecil;

namespace NeuroNotebooks.Architecture;

/// <summary>The folder that notebooks load the libraries from holds all they need, whichever configuration was built.</summary>
public class NotebookLibraryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "lib");

    public static TheoryData<string> Libraries => ["NeuroNotebooks", "NeuroNotebooks.Figures"];

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_lies_there_optimised(string library)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(In($"{library}.dll"));
        var modes = (DebuggableAttribute.DebuggingModes)assembly.CustomAttributes
            .Single(a => a.AttributeType.Name == nameof(DebuggableAttribute)).ConstructorArguments.Single().Value;
        Assert.False(modes.HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations), $"{library} is not optimised: {modes}");
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Its_documentation_lies_beside_it_and_knows_every_public_type(string library)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(In($"{library}.dll"));
        var documented = XDocument.Load(In($"{library}.xml")).Descendants("member").Select(member => member.Attribute("name")!.Value).ToHashSet();
        string[] types = [.. assembly.MainModule.Types.Where(type => type.IsPublic).Select(type => $"T:{type.FullName}")];
        Assert.NotEmpty(types);
        Assert.Empty(types.Except(documented));
    }

    [Theory]
    [InlineData("NeuroNotebooks", "MathNet.Numerics")]
    [InlineData("NeuroNotebooks.Figures", "CsvHelper")]
    public void Every_assembly_it_needs_beside_the_platform_lies_there_too(string library, string known)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(In($"{library}.dll"));
        string[] needed = [.. assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).Where(name => !IsPlatform(name))];
        Assert.Contains(known, needed);
        Assert.All(needed, name => Assert.True(File.Exists(In($"{name}.dll")), $"{library} needs {name}.dll, which is not in {Folder}"));
    }

    private static string In(string file) => Path.Combine(Folder, file);

    private static bool IsPlatform(string name) => File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, $"{name}.dll"));
}
