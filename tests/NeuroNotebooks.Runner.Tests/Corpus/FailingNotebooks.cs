using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Corpus;

/// <summary>
/// One notebook of the corpus that runs on the real engine: its code cells, how the run ends, at which cell, and a piece of the message.
/// </summary>
/// <param name="Name">What it does.</param>
/// <param name="Cells">Its code cells.</param>
/// <param name="Verdict">How the failing cell ended; <see cref="CellStatus.Ok"/> when all ran.</param>
/// <param name="Cell">The number of the failing cell; 0 when all ran.</param>
/// <param name="Message">What is told.</param>
/// <param name="OwnSession">Whether its session cannot be used after it.</param>
internal sealed record FailingNotebook(string Name, string[] Cells, CellStatus Verdict, int Cell = 0, string Message = "", bool OwnSession = false)
{
    public bool EndsSession => OwnSession || Verdict is CellStatus.TimedOut or CellStatus.Died;
}

/// <summary>Notebooks that fail, or look as if they might, while they run. A first cell that shows "kept" must still be there afterwards.</summary>
internal static class FailingNotebooks
{
    private const string Kept = "Console.WriteLine(\"kept\");";

    public static IReadOnlyList<FailingNotebook> All { get; } =
    [
        // name                         cells                                                                        verdict             cell, what is told
        new("no semicolon",             [Kept, "int a = 1\nint b = 2;"],                                             CellStatus.Error,    2, "CS1002"),
        new("unknown name",             [Kept, "int a = 1;\nnope + a"],                                              CellStatus.Error,    2, "nope"),
        new("wrong type",               [Kept, "int a = \"text\";"],                                                 CellStatus.Error,    2, "CS0029"),
        new("no such library",          [Kept, "#r \"no-such-library.dll\""],                                        CellStatus.Error,    2, "no-such-library.dll"),
        new("a library that is none",   [Kept, "#r \"NeuroNotebooks.Runner.Tests.deps.json\""],                       CellStatus.Error,    2, "deps.json"),
        new("a package",                [Kept, "#r \"nuget: Some.Package, 1.0.0\"", "Some.Package.Call()"],          CellStatus.Ok, OwnSession: true),
        new("a package, then a mistake", [Kept, "#r \"nuget: Some.Package, 1.0.0\"", "int a = \"text\";"],           CellStatus.Error,    3, "CS0029", OwnSession: true),
        new("no such script",           [Kept, "#load \"none.csx\""],                                                CellStatus.Error,    2, "none.csx"),
        new("unknown magic",            [Kept, "#!unheard"],                                                         CellStatus.Error,    2, "unheard"),
        new("an exception",             [Kept, "int a = 7;\nthrow new InvalidOperationException(\"boom\");"],        CellStatus.Error,    2, "boom"),
        new("an exception in a task",   [Kept, "await Task.Run(() => throw new InvalidOperationException(\"boom\"));"], CellStatus.Error, 2, "boom"),
        new("division by zero",         [Kept, "int zero = 0;\n1 / zero"],                                           CellStatus.Error,    2, "divide by zero"),
        new("a null",                   [Kept, "string s = null;\ns.Length"],                                        CellStatus.Error,    2, "NullReference"),
        new("an endless loop",          [Kept, "while (true) { }"],                                                  CellStatus.TimedOut, 2, "cell [2]"),
        new("a sleeper",                [Kept, "System.Threading.Thread.Sleep(-1);"],                                CellStatus.TimedOut, 2, "cell [2]"),
        new("a task that never ends",   [Kept, "await Task.Delay(-1);"],                                             CellStatus.TimedOut, 2, "cell [2]"),
        new("an exit",                  [Kept, "Environment.Exit(0);"],                                              CellStatus.Died,     2, "cell [2]"),
        new("an exit with a code",      [Kept, "Environment.Exit(17);"],                                             CellStatus.Died,     2, "17"),
        new("a stack overflow",         [Kept, "int Down(int n) => Down(n + 1) + 1;\nDown(0)"],                      CellStatus.Died,     2, "tack overflow"),
        new("a fast failure",           [Kept, "Environment.FailFast(\"the end\");"],                                CellStatus.Died,     2, "cell [2]"),
        new("too much memory",          [Kept, "var much = new List<byte[]>();\nwhile (true) much.Add(new byte[1 << 28]);"], CellStatus.Error, 2, "OutOfMemory", OwnSession: true),
        new("empty cells",              ["", "  \n", "// only words", Kept],                                         CellStatus.Ok),
        new("other cells",              ["#!markdown\n# Words", "#!html\n<b>x</b>", Kept],                           CellStatus.Ok),
        new("Unicode",                  ["var größe = \"🧠 é\";\nConsole.WriteLine(größe);", Kept],                   CellStatus.Ok),
        new("much output",              ["Console.Write(new string('x', 2_000_000));", Kept],                        CellStatus.Ok),
    ];
}
