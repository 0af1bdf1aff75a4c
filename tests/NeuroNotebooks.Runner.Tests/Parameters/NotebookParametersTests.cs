using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Parameters;
using NeuroNotebooks.Runner.Tests.Support;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Tests.Parameters;

public class NotebookParametersTests
{
    private const string Cell = """
        // sizes of the run
        string profile = "quick";      // quick or full
        ulong seed = 1;
        int neurons = 16, layers = 3;  // 2 to 64, more takes longer
        double dt = 0.01;              // above 0, in ms
        var gain = -7.0;               // below 10
        bool noisy = false;
        double[] kappas = [0.5, 2, 10];
        long steps = 1000L;            // at least 1
        float scale = 1f;
        var sum = dt * 2;
        Random random = new(1);
        """;

    [Fact]
    public void The_cell_declares_typed_parameters()
    {
        var declared = NotebookParameters.Declared(Notebook());
        Assert.Equal(
            ["string profile", "ulong seed", "int neurons", "int layers", "double dt", "double gain", "bool noisy", "double[] kappas", "long steps", "float scale"],
            declared.Select(d => $"{d.Type.Name} {d.Name}"));       // what cannot be typed in a terminal is no parameter
        Assert.Equal("ulong seed = 1", declared[1].ToString());
        Assert.Equal("string profile = \"quick\"  (quick or full)", declared[0].ToString());
    }

    [Theory]
    [InlineData("profile", "full", "profile = \"full\";")]
    [InlineData("seed", "18446744073709551615", "seed = 18446744073709551615UL;")]
    [InlineData("neurons", "64", "neurons = 64;")]
    [InlineData("layers", "-0", "outside")]
    [InlineData("dt", "1e-3", "dt = 0.001;")]
    [InlineData("dt", "2", "dt = 2.0;")]
    [InlineData("gain", "-1e300", "gain = -1E+300;")]
    [InlineData("noisy", "TRUE", "noisy = true;")]
    [InlineData("kappas", "1, 2.5,3e2", "kappas = new double[] { 1.0, 2.5, 300.0 };")]
    [InlineData("kappas", "[]", "kappas = new double[0];")]
    [InlineData("steps", "5", "steps = 5L;")]
    [InlineData("scale", "0.1", "scale = 0.1f;")]
    public void A_value_is_written_as_CSharp_writes_it(string name, string text, string expected)
    {
        NotebookDocument notebook = Notebook();
        void Inject() => NotebookParameters.Inject(notebook, new Dictionary<string, string> { [name] = text });
        if (expected == "outside")
        {
            Assert.Throws<UsageException>(Inject);
            return;
        }
        Inject();
        Assert.Equal($"// Parameters of this run\n{expected}", notebook.Cells[2].Source);
        Assert.Equal(["injected-parameters"], notebook.Cells[2].Tags);
    }

    [Theory]
    [InlineData("seeed", "7", "no parameter \"seeed\". Did you mean \"seed\"? It takes: profile, seed, neurons")]
    [InlineData("xyz", "7", "no parameter \"xyz\". It takes: profile")]
    [InlineData("seed", "-1", "Parameter seed is \"-1\": expected a whole number, zero or above (ulong).")]
    [InlineData("seed", "1.5", "expected a whole number")]
    [InlineData("neurons", "many", "expected a whole number (int)")]
    [InlineData("neurons", "65", "Parameter neurons is 65: expected a value from 2 to 64.")]
    [InlineData("dt", "0", "expected a value above 0")]
    [InlineData("dt", "0,5", "did you mean 0.5?")]
    [InlineData("dt", "NaN", "expected a number with a decimal point")]
    [InlineData("gain", "10", "expected a value below 10")]
    [InlineData("noisy", "yes", "expected true or false")]
    [InlineData("profile", "fulll", "expected quick or full. Did you mean \"full\"?")]
    [InlineData("kappas", "1,x", "values separated by commas")]
    [InlineData("steps", "0", "of at least 1")]
    public void A_wrong_value_or_name_says_what_would_be_right(string name, string text, string fragment)
    {
        var error = Assert.Throws<UsageException>(() => NotebookParameters.Inject(Notebook(), new Dictionary<string, string> { [name] = text }));
        Assert.Contains(fragment, error.Message);
    }

    [Fact]
    public void The_injected_cell_of_an_earlier_run_is_replaced()
    {
        NotebookDocument notebook = Notebook();
        NotebookParameters.Inject(notebook, new Dictionary<string, string> { ["seed"] = "2" });
        NotebookParameters.Inject(notebook, new Dictionary<string, string> { ["seed"] = "3" });
        Assert.Equal(4, notebook.Cells.Count);
        Assert.Contains("seed = 3UL;", notebook.Cells[2].Source);
        Assert.Equal("after", notebook.Cells[3].Source);
        Assert.Equal(4, notebook.Cells.Select(cell => cell.Id).Distinct().Count());
    }

    [Fact]
    public void A_notebook_without_a_parameters_cell_takes_none()
    {
        NotebookDocument notebook = Make.Notebook(Make.Code("int seed = 1;"));
        Assert.Empty(NotebookParameters.Declared(notebook));
        var error = Assert.Throws<UsageException>(() => NotebookParameters.Inject(notebook, new Dictionary<string, string> { ["seed"] = "2" }));
        Assert.Contains("takes no parameters: none of its cells is tagged \"parameters\"", error.Message);
        NotebookParameters.Inject(notebook, new Dictionary<string, string>());
        Assert.Single(notebook.Cells);
    }

    [Fact]
    public void A_parameters_cell_that_declares_nothing_says_so()
    {
        var error = Assert.Throws<UsageException>(() =>
            NotebookParameters.Inject(Make.Notebook(Make.Code("// later", "parameters")), new Dictionary<string, string> { ["seed"] = "2" }));
        Assert.Contains("It takes none.", error.Message);
    }

    [Fact]
    public void Pairs_are_read_up_to_their_first_equals_sign()
    {
        var pairs = NotebookParameters.ReadPairs(["a=1", "b=x=y", "c="]);
        Assert.Equal([("a", "1"), ("b", "x=y"), ("c", "")], pairs.Select(p => (p.Key, p.Value)));
        Assert.Contains("-p seed has no value", Assert.Throws<UsageException>(() => NotebookParameters.ReadPairs(["seed"])).Message);
        Assert.Contains("given twice", Assert.Throws<UsageException>(() => NotebookParameters.ReadPairs(["a=1", "a=2"])).Message);
    }

    [Theory]
    [InlineData("quick or full", "quick,full")]
    [InlineData("quick, medium, or full: sizes", "quick,medium,full")]
    [InlineData("\"a\" or \"b\"", "a,b")]
    [InlineData("a label or nothing in particular", "")]
    [InlineData("anything", "")]
    public void Choices_are_read_only_where_the_comment_lists_them(string comment, string choices) =>
        Assert.Equal(choices, string.Join(',', ParameterBounds.FromComment(comment, ParameterType.Named("string")!).Choices));

    [Theory]
    [InlineData("1 to 5", 1, 5)]
    [InlineData("0.1..0.2", 0.1, 0.2)]
    [InlineData("-3 – 3, say", -3, 3)]
    [InlineData("<= 4", double.NegativeInfinity, 4)]
    [InlineData("neurons, 1 to 5", double.NegativeInfinity, double.PositiveInfinity)]
    public void Ranges_are_read_at_the_start_of_the_comment(string comment, double low, double high)
    {
        ParameterBounds bounds = ParameterBounds.FromComment(comment, ParameterType.Named("double")!);
        Assert.Equal((low, high), (bounds.Low, bounds.High));
    }

    private static NotebookDocument Notebook() => Make.Notebook(Make.Text("# T"), Make.Code(Cell, "parameters"), Make.Code("after"));
}
