using System.Text;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Corpus;

public class UnreadableNotebooksTests
{
    public static TheoryData<string> Names => [.. UnreadableNotebooks.All.Select(file => file.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_file_meets_its_verdict(string name)
    {
        BrokenFile file = UnreadableNotebooks.All.Single(f => f.Name == name);
        var (verdict, message) = Read(file.Text);
        Assert.Equal(file.Verdict, verdict);
        Assert.Contains(file.Message, message);
        if (verdict == Reading.Refused) Assert.StartsWith("corpus.ipynb", message);
    }

    [Theory, MemberData(nameof(Names))]
    public void What_can_be_read_is_in_order_once_saved(string name)
    {
        BrokenFile file = UnreadableNotebooks.All.Single(f => f.Name == name);
        if (file.Verdict == Reading.Refused) return;        // nothing to save
        string saved = NotebookDocument.Parse(file.Text, "corpus.ipynb").ToText();
        NotebookDocument again = NotebookDocument.Parse(saved, "corpus.ipynb");
        Assert.DoesNotContain(again.Notes, note => !note.Contains("is newer", StringComparison.Ordinal));
        Assert.Equal(saved, again.ToText());
        Assert.DoesNotContain('\r', saved);
        Assert.EndsWith("\n}\n", saved);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_with_their_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("bytes.ipynb");
        File.WriteAllBytes(file, [(byte)'{', (byte)'\n', (byte)'"', 0xC3, 0x28]);
        Assert.Contains("bytes.ipynb, line 2: not UTF-8 text (byte 3", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(file)).Message);
        File.WriteAllText(file, "{}", Encoding.Unicode);
        Assert.Contains("UTF-16", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(file)).Message);
    }

    /// <summary>A good notebook cut, changed or doubled at one byte, for 5000 seeds: a notebook or a stated error, nothing else.</summary>
    [Fact]
    public void Mutated_notebooks_are_read_or_refused()
    {
        byte[] good = Encoding.UTF8.GetBytes(Checking.NotebookGateTests.Good().ToText());
        using var folder = new TemporaryFolder();
        string file = folder.File("mutant.ipynb");
        int refused = 0;
        for (int seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = [.. good];
            int at = random.Next(bytes.Length);
            if (seed % 3 == 0) bytes = bytes[..at];
            else if (seed % 3 == 1) bytes[at] = (byte)random.Next(256);
            else bytes = [.. bytes[..at], .. bytes[(at / 2)..]];
            Exception? error = Record.Exception(() => NotebookDocument.Parse(bytes, file));
            Assert.True(error is null or NotebookFormatException, $"seed {seed}: {error}");
            if (error is not null) refused++;
        }
        Assert.InRange(refused, 3000, 4999);        // most mutants are broken, some only say other words
    }

    private static (Reading, string) Read(string text)
    {
        try
        {
            NotebookDocument notebook = NotebookDocument.Parse(text, "corpus.ipynb");
            return notebook.Notes.Count == 0 ? (Reading.Fine, "") : (Reading.Repaired, string.Join(' ', notebook.Notes));
        }
        catch (NotebookFormatException e)
        {
            return (Reading.Refused, e.Message);
        }
    }
}
