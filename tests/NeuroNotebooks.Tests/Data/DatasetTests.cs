using NeuroNotebooks.Data;

namespace NeuroNotebooks.Tests.Data;

public sealed class DatasetTests : IDisposable
{
    /// <summary>The bytes 1, 2, 3 and their SHA-256, as sha256sum gives it.</summary>
    private const string Small = """
        {"schema": 1, "datasets": [{"name": "small", "title": "Small", "about": "a", "citation": "c", "page": "p", "licence": "l",
          "addresses": ["https://example.org/"], "npm": {"name": "p", "version": "1.0.0", "sha512": "s", "folder": "f"},
          "files": [{"name": "three", "remote": "three.gz", "size": 3,
                     "sha256": "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"}]}]}
        """;

    private static readonly DatasetInfo Info = DatasetCatalogue.Parse(Small)[0];
    private readonly string cache = Directory.CreateTempSubdirectory("datasets-").FullName;

    public void Dispose() => Directory.Delete(cache, recursive: true);

    [Fact]
    public void A_file_that_is_whole_is_read()
    {
        Save(1, 2, 3);
        Dataset small = Dataset.Open(Info, cache);
        Assert.Equal([1, 2, 3], small.Read("three"));
        Assert.Null(Info.Files[0].ProblemIn(small.Folder));
        Assert.Equal(Path.Combine(cache, "small"), small.Folder);
    }

    [Fact]
    public void Data_that_is_not_fetched_is_told_with_the_command_that_fetches_it()
    {
        string message = Assert.Throws<DatasetException>(() => Dataset.Open("mnist", cache)).Message;
        Assert.StartsWith("The data set mnist is not fetched: there is no file ", message, StringComparison.Ordinal);
        Assert.EndsWith("dotnet run --project lib/NeuroNotebooks.Runner -- data fetch mnist", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_never_used()
    {
        Save(1, 2);
        Assert.Contains("has 2 bytes instead of 3", Assert.Throws<DatasetException>(() => Dataset.Open(Info, cache)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_never_used_even_if_it_was_damaged_after_opening()
    {
        Save(1, 2, 3);
        Dataset small = Dataset.Open(Info, cache);
        Save(1, 2, 4);
        string message = Assert.Throws<DatasetException>(() => small.Read("three")).Message;
        Assert.Contains("is damaged: its SHA-256 is not 039058c6", message, StringComparison.Ordinal);
        Assert.Contains("data fetch small", message, StringComparison.Ordinal);
        Assert.Contains("damaged", Info.Files[0].ProblemIn(small.Folder), StringComparison.Ordinal);
        File.Delete(Path.Combine(small.Folder, "three"));
        Assert.Contains("there is no file", Assert.Throws<DatasetException>(() => small.Read("three")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_names_are_told_those_there_are()
    {
        Assert.Contains("No data set is called \"mnits\". There are: mnist", Assert.Throws<ArgumentException>(() => Dataset.Open("mnits")).Message, StringComparison.Ordinal);
        Save(1, 2, 3);
        Assert.Contains("small has no file \"four\". It has: three.",
            Assert.Throws<ArgumentException>(() => Dataset.Open(Info, cache).Read("four")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_knows_where_mnist_comes_from_and_what_it_must_be()
    {
        DatasetInfo mnist = DatasetCatalogue.Find("mnist");
        Assert.Equal(4, mnist.Files.Length);
        Assert.Equal(47_040_016 + 60_008 + 7_840_016 + 10_008, mnist.Size);     // 16 or 8 bytes of header, then the pixels or labels
        Assert.NotNull(mnist.Package);
        Assert.Equal("mnist: MNIST handwritten digits, 55 MB", mnist.ToString());
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "is a JSON object")]
    [InlineData("{}", "no whole number \"schema\"")]
    [InlineData("""{"schema": 2}""", "schema is not 1")]
    [InlineData("""{"schema": 1}""", "no list of objects \"datasets\"")]
    [InlineData("""{"schema": 1, "datasets": [{}]}""", "A data set has no text \"name\"")]
    public void What_is_no_catalogue_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => DatasetCatalogue.Parse(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"small\"", "\"../small\"", "other characters")]
    [InlineData("\"three\"", "\"../three\"", "is a path")]
    [InlineData("\"size\": 3", "\"size\": -3", "size is -3")]
    [InlineData("\"size\": 3", "\"size\": 3.5", "no whole number \"size\"")]
    [InlineData("039058c6", "039058C6", "64 hexadecimal digits")]
    [InlineData("https://", "http://", "expected https://.../")]
    [InlineData("\"title\": \"Small\"", "\"title\": \"\"", "small has no text \"title\"")]
    [InlineData("\"version\": \"1.0.0\"", "\"version\": 1", "The package of small has no text \"version\"")]
    public void A_wrong_entry_is_named(string old, string now, string expected) => Assert.Contains(expected,
        Assert.Throws<FormatException>(() => DatasetCatalogue.Parse(Small.Replace(old, now, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private void Save(params byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(cache, "small")).FullName, "three"), bytes);
}
