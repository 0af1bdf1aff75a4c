using Mono.Cecil;
using Xunit.Abstractions;

namespace NeuroNotebooks.Architecture;

public class LayeringTests(ITestOutputHelper output)
{
    private static readonly string[] Assemblies =
        [.. new[] { "NeuroNotebooks.dll", "NeuroNotebooks.Figures.dll", "NeuroNotebooks.Runner.dll" }
            .Select(name => Path.Combine(AppContext.BaseDirectory, name))];

    [Fact]
    public void No_namespace_uses_one_above_or_beside_it_and_no_two_use_each_other()
    {
        var violations = Layers.Violations(NamespaceUses.Of(Assemblies), Layers.Allowed);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    [Fact]
    public void The_layering_has_a_line_for_every_namespace_and_no_other() =>
        Assert.Equal(NamespaceUses.Namespaces(Assemblies).Order(), Layers.Allowed.Keys.Order());

    [Theory]
    [InlineData("NeuroNotebooks")]
    [InlineData("NeuroNotebooks.Figures")]
    [InlineData("NeuroNotebooks.Cells")]
    public void A_library_knows_no_other_assembly_of_the_project(string library)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"{library}.dll"));
        Assert.DoesNotContain(
            assembly.MainModule.AssemblyReferences, reference => reference.Name.StartsWith("NeuroNotebooks", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reader_of_assemblies_sees_the_arrows_that_are_there()
    {
        var uses = NamespaceUses.Of(Assemblies);
        Assert.Contains(("NeuroNotebooks.Games", "NeuroNotebooks.Numerics"), uses.Keys);
        Assert.Contains(("NeuroNotebooks.Numerics", "NeuroNotebooks"), uses.Keys);
    }

    [Fact]
    public void A_forbidden_arrow_a_mutual_use_and_an_unknown_namespace_are_each_reported()
    {
        var allowed = new Dictionary<string, string[]> { ["A"] = [], ["B"] = ["A"] };
        Assert.Empty(Layers.Violations(Uses(("B", "A")), allowed));
        Assert.Contains("A uses B", Assert.Single(Layers.Violations(Uses(("A", "B")), allowed)));
        Assert.Contains(Layers.Violations(Uses(("A", "B"), ("B", "A")), allowed), v => v.Contains("use each other"));
        Assert.Contains("C has no layer", Assert.Single(Layers.Violations(Uses(("C", "A")), allowed)));

        static Dictionary<(string, string), string> Uses(params (string, string)[] arrows) => arrows.ToDictionary(a => a, _ => "place");
    }

    [Fact]
    public void The_readme_shows_the_graph_that_the_assemblies_draw()
    {
        string graph = Layers.Mermaid(NamespaceUses.Of(Assemblies));
        output.WriteLine(graph);
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.True(readme.Contains(graph, StringComparison.Ordinal), $"Put this graph into README.md, section Layers:\n{graph}");
    }
}
