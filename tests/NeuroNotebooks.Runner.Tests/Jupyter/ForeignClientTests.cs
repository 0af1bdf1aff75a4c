using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Commands;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>Our kernel under clients that others wrote.</summary>
public class ForeignClientTests
{
    /// <summary>The suite that Jupyter offers to authors of kernels; it has nothing to say on pagers and cleared outputs, which we do not send.</summary>
    private const string Suite = """
        import unittest
        import jupyter_kernel_test

        class KernelTests(jupyter_kernel_test.KernelTests):
            kernel_name = "neuronotebooks-csharp"
            language_name = "C#"
            file_extension = ".cs"
            code_hello_world = 'Console.WriteLine("hello, world");'
            code_stderr = 'Console.Error.WriteLine("trouble");'
            completion_samples = [{"text": "Console.WriteL", "matches": {"WriteLine"}}, {"text": "foreac", "matches": {"foreach"}}]
            complete_code_samples = ["1 + 1", "int x = 1;", "// words"]
            incomplete_code_samples = ["for (;;) {", "/* words"]
            invalid_code_samples = ["int x = ;", "}"]
            code_generate_error = 'throw new Exception("broken");'
            code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": '"a" + 1', "result": "a1"}, {"code": "6 * 7", "result": "42"}]
            code_display_data = [{"code": 'HTML("<b>1</b>").Display();', "mime": "text/html"}]
            code_history_pattern = "1 +*"
            supported_history_operations = ("tail", "range", "search")
            code_inspect_sample = "Console.WriteLine"

        if __name__ == "__main__":
            unittest.main()
        """;

    private const string NbClient = """
        import sys, nbformat
        from nbclient import NotebookClient
        source, target, folder = sys.argv[1:]
        notebook = nbformat.read(source, as_version=4)
        NotebookClient(notebook, kernel_name="neuronotebooks-csharp", timeout=600, resources={"metadata": {"path": folder}}).execute()
        nbformat.write(notebook, target)
        """;

    private static readonly NotebookCollection? Collection = NotebookCollection.TryFind(AppContext.BaseDirectory);

    public static TheoryData<string> Papers => [.. Collection?.Papers.Select(paper => paper.Slug) ?? []];

    [FactWith("libzmq", "python:jupyter_kernel_test")]
    public async Task Jupyter_s_own_suite_for_kernels_passes()
    {
        using var jupyter = new JupyterFolders();
        string file = jupyter.Write("test_kernel.py", Suite);
        var (code, said) = await jupyter.RunAsync(Tools.Python("jupyter_kernel_test")!, jupyter.File("home"), file, "-v");
        Assert.True(code == 0, said);
        // its two tests of what we do not send are the only ones left out
        Assert.Contains("OK (skipped=2)", said);
    }

    [TheoryWith("libzmq", "python:nbclient"), MemberData(nameof(Papers))]
    public async Task A_notebook_executed_by_nbclient_shows_what_is_saved(string slug)
    {
        using var jupyter = new JupyterFolders();
        string script = jupyter.Write("execute.py", NbClient), target = jupyter.File("executed.ipynb");
        var (code, said) = await jupyter.RunAsync(Tools.Python("nbclient")!, jupyter.File("home"), script, PathOf(slug), target, Collection!.Notebooks);
        Assert.True(code == 0, said);
        AssertSame(slug, target);
    }

    [TheoryWith("libzmq", "jupyter", "python:nbconvert"), MemberData(nameof(Papers))]
    public async Task A_notebook_executed_by_nbconvert_shows_what_is_saved(string slug)
    {
        using var jupyter = new JupyterFolders();
        var (code, said) = await jupyter.RunAsync("jupyter", Collection!.Notebooks, "nbconvert", "--to", "notebook", "--execute",
            $"--ExecutePreprocessor.kernel_name={KernelSpec.Name}", "--ExecutePreprocessor.timeout=600",
            "--output-dir", jupyter.File("home"), "--output", "executed.ipynb", PathOf(slug));
        Assert.True(code == 0, said);
        AssertSame(slug, jupyter.File("home/executed.ipynb"));
    }

    private static string PathOf(string slug) => Path.Combine(Collection!.Notebooks, slug + ".ipynb");

    /// <summary>The saved outputs are those of our own runner in the same profile, which another test proves.</summary>
    private static void AssertSame(string slug, string executed)
    {
        var differences = OutputComparison.Compare(NotebookDocument.Read(PathOf(slug)), NotebookDocument.Read(executed));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
