using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;

namespace NeuroNotebooks.Runner.Host;

/// <summary>The XML documentation files that were looked into, each read once.</summary>
internal sealed class DocumentationFiles
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, XElement>> _files = new();

    /// <summary>The members of a file by their identifiers; none if it cannot be read.</summary>
    public IReadOnlyDictionary<string, XElement> Read(string file) => _files.GetOrAdd(file, static path =>
    {
        try
        {
            return XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member")
                .Where(member => member.Attribute("name") is not null)
                .DistinctBy(member => member.Attribute("name")!.Value)
                .ToDictionary(member => member.Attribute("name")!.Value);
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            return new Dictionary<string, XElement>();     // documentation that cannot be read is none
        }
    });
}
