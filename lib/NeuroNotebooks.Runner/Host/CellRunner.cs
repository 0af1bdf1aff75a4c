using System.Diagnostics;
using System.Globalization;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

/// <summary>Runs cells one after the other and reports to the parent what they show and how they end.</summary>
internal sealed class CellRunner
{
    private const int DeepestImport = 16;
    private readonly string _folder = Directory.GetCurrentDirectory();
    private readonly MessageChannel _channel;
    private readonly CellConsole _console;
    private readonly NotebookLoadContext _context = new();
    private readonly CellCompiler _compiler;
    private object?[] _variables = new object?[16];
    private volatile Interruption? _interruption;

    public CellRunner(MessageChannel channel, CellConsole console)
    {
        _channel = channel;
        _console = console;
        _compiler = new CellCompiler(new References(_context, _folder), _context, _folder);
        CellDisplays.Sink = display =>
            Show(display.IsUpdate ? ShownAs.Update : ShownAs.Display, display.DisplayId, display.Values);
    }

    /// <summary>Compiles and runs a throw-away cell, so that the first real one does not pay for loading the compiler.</summary>
    public async Task WarmUpAsync()
    {
        var context = new NotebookLoadContext();
        var compiler = new CellCompiler(new References(context, _folder), context, _folder);
        var cell = compiler.Compile(
            "using static System.Math; var x = Enumerable.Range(0, 3).Select(i => Sqrt(i)).ToArray(); double F(double y) => y; $\"{F(x[1]):F1}\"", "warm-up");
        Bundle.Of(await cell.Run!(new object?[2]), []);
    }

    /// <summary>Starts a cell; it reports its own end.</summary>
    public void Start(RunCell cell)
    {
        var interruption = new Interruption();
        _interruption = interruption;
        _ = Task.Run(async () =>
        {
            using (interruption) await RunAsync(cell, interruption);
        });
    }

    /// <summary>Answers a question about code that is being written, in its own time.</summary>
    public void Answer(Question question) => _ = Task.Run(() => _channel.Send(_compiler.Answer(question)));

    /// <summary>Asks the running cell to stop.</summary>
    /// <returns>False if it does not listen: then only the end of the process stops it.</returns>
    public bool TryInterrupt() => _interruption is not { } running || running.TryBegin();

    private async Task RunAsync(RunCell cell, Interruption interruption)
    {
        KernelInvocationContext.Current = interruption.Context;
        bool interrupted = false;
        long start = Stopwatch.GetTimestamp();
        bool isTimed = false;
        try
        {
            var pieces = CellPieces.Of(cell.Code, out isTimed);
            await RunPiecesAsync(pieces, cell.Name, cell.Silent, depth: 0);
        }
        catch (Exception error)
        {
            interrupted = error is OperationCanceledException && interruption.HasBegun;
            if (!interrupted)
            {
                _console.Flush();
                _channel.Send(Report(error, cell));
            }
        }
        if (isTimed) $"Wall time: {Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)} ms".Display();

        KernelInvocationContext.Current = null;
        _interruption = null;
        _console.Flush();
        _console.MarkEndOfCell();
        _channel.Send(new Finished(interrupted));
    }

    private static Message Report(Exception error, RunCell cell) => error switch
    {
        MissingPackagesException missing => new Skipped(missing.Packages, missing.Unresolved),
        CellCompilationException compilation => CellErrors.Of(compilation, cell.Name),
        CellSyntaxException syntax => CellErrors.Of(syntax, cell.Name, cell.Code),
        _ => CellErrors.Of(error, cell.Name, cell.Code),
    };

    private async Task RunPiecesAsync(IReadOnlyList<CellPiece> pieces, string name, bool silent, int depth)
    {
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case TextPiece text:
                    text.Text.DisplayAs(text.MimeType);
                    break;
                case ImportPiece when depth == DeepestImport:
                    throw new CellSyntaxException(piece.Line, "#!import: files that import each other without end.");
                case ImportPiece import:
                    await ImportAsync(import, silent, depth);
                    break;
                case CSharpPiece code:
                    await RunCodeAsync(code.Code, name, silent);
                    break;
            }
        }
    }

    private async Task ImportAsync(ImportPiece import, bool silent, int depth)
    {
        foreach (var imported in ImportedFiles.Read(import, _folder))
        {
            try
            {
                await RunPiecesAsync(CellPieces.Of(imported.Code, out _), imported.Name, silent, depth + 1);
            }
            catch (CellSyntaxException error)
            {
                throw new CellSyntaxException(import.Line, $"{imported.Name}, line {error.Line + 1}: {error.Message}");
            }
        }
    }

    private async Task RunCodeAsync(string code, string name, bool silent)
    {
        var cell = _compiler.Compile(code, name);
        if (cell.Run is null) return;
        if (_variables.Length <= _compiler.Count) Array.Resize(ref _variables, 2 * _variables.Length);

        _interruption?.Running();
        object? value;
        using (_context.EnterContextualReflection())
            value = await cell.Run(_variables);

        if (cell.HasValue && !silent) Show(ShownAs.Result, null, Bundle.Of(value, []));
    }

    private void Show(ShownAs shownAs, string? displayId, IReadOnlyList<FormattedValue> values)
    {
        _console.Flush();
        _channel.Send(new Shown(shownAs, displayId, [.. values.Select(v => new MimeText(v.MimeType, v.Value))]));
    }
}
