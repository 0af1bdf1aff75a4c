using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Data;

/// <summary>The data sets that notebooks read: the repository's <c>data/catalogue.json</c>, which the library carries with it.</summary>
public static class DatasetCatalogue
{
    private static readonly Lazy<ImmutableArray<DatasetInfo>> Own = new(() =>
    {
        using Stream stream = typeof(DatasetCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    });

    /// <summary>All data sets, in the catalogue's order.</summary>
    public static ImmutableArray<DatasetInfo> All => Own.Value;

    /// <summary>The data set of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static DatasetInfo Find(string name)
    {
        Require.NotNull(name);
        return All.FirstOrDefault(info => info.Name == name) ?? throw new ArgumentException(
            $"No data set is called \"{name}\". There are: {string.Join(", ", All.Select(info => info.Name))}.", nameof(name));
    }

    /// <summary>Reads a catalogue in the form of <c>data/catalogue.json</c>, schema 1.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">It is no such catalogue; the message names the entry that is missing or wrong.</exception>
    public static ImmutableArray<DatasetInfo> Parse(string json)
    {
        Require.NotNull(json);
        try
        {
            JsonObject root = JsonNode.Parse(json) as JsonObject ?? throw new FormatException("A catalogue is a JSON object.");
            if (Whole(root, "schema", "The catalogue") != 1) throw new FormatException("The catalogue's schema is not 1.");
            ImmutableArray<DatasetInfo> all = [.. Maps(root, "datasets", "The catalogue").Select(Info)];
            if (all.GroupBy(info => info.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new FormatException($"Two data sets are called {twice.Key}.");
            return all;
        }
        catch (JsonException error)
        {
            throw new FormatException($"The catalogue is not JSON: {error.Message}", error);
        }
    }

    private static DatasetInfo Info(JsonObject json)
    {
        string name = Text(json, "name", "A data set");
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new FormatException($"The name \"{name}\" has other characters than small letters, digits and hyphens.");
        ImmutableArray<DatasetFile> files = [.. Maps(json, "files", name).Select(file => File(file, name))];
        if (files.Length == 0) throw new FormatException($"{name} has no files.");
        return new DatasetInfo
        {
            Name = name,
            Title = Text(json, "title", name),
            About = Text(json, "about", name),
            Citation = Text(json, "citation", name),
            Page = Text(json, "page", name),
            Licence = Text(json, "licence", name),
            Addresses = [.. Addresses(json, name)],
            Package = json["npm"] is JsonObject npm ? Package(npm, name) : null,
            Files = files,
        };
    }

    private static DatasetFile File(JsonObject json, string dataset)
    {
        string name = Text(json, "name", $"A file of {dataset}");
        if (name != Path.GetFileName(name)) throw new FormatException($"{dataset}: the file name \"{name}\" is a path.");
        string hash = Text(json, "sha256", name);
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
            throw new FormatException($"{name}: sha256 is \"{hash}\", expected 64 hexadecimal digits in small letters.");
        long size = Whole(json, "size", name);
        if (size < 0) throw new FormatException($"{name}: size is {size}, expected a number of bytes.");
        return new DatasetFile { Name = name, RemoteName = Text(json, "remote", name), Size = size, Sha256 = hash };
    }

    private static DatasetPackage Package(JsonObject json, string dataset) => new()
    {
        Name = Text(json, "name", $"The package of {dataset}"),
        Version = Text(json, "version", $"The package of {dataset}"),
        Sha512 = Text(json, "sha512", $"The package of {dataset}"),
        Folder = Text(json, "folder", $"The package of {dataset}"),
    };

    private static IEnumerable<string> Addresses(JsonObject json, string dataset)
    {
        if (json["addresses"] is not JsonArray list) throw new FormatException($"{dataset} has no list \"addresses\".");
        foreach (JsonNode? item in list)
            yield return item is JsonValue value && value.TryGetValue(out string? text)
                && text.StartsWith("https://", StringComparison.Ordinal) && text.EndsWith('/')
                ? text : throw new FormatException($"{dataset}: an address is {item?.ToJsonString() ?? "null"}, expected https://.../");
    }

    private static IEnumerable<JsonObject> Maps(JsonObject json, string key, string where) =>
        json[key] is JsonArray list && list.All(item => item is JsonObject) ? list.Cast<JsonObject>()
            : throw new FormatException($"{where} has no list of objects \"{key}\".");

    private static string Text(JsonObject json, string key, string where) =>
        json[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text
            : throw new FormatException($"{where} has no text \"{key}\".");

    private static long Whole(JsonObject json, string key, string where) =>
        json[key] is JsonValue value && value.TryGetValue(out long whole) ? whole
            : throw new FormatException($"{where} has no whole number \"{key}\".");
}
