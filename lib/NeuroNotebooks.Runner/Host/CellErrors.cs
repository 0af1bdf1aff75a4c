using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

/// <summary>Says what went wrong in a cell in the cell's own lines, without the engine's.</summary>
internal static partial class CellErrors
{
    /// <summary>A cell that does not compile.</summary>
    public static Failed Of(CellCompilationException error, string cell)
    {
        var lines = new List<string>();
        foreach (var diagnostic in error.Errors)
        {
            var place = diagnostic.Location.GetLineSpan();
            string where = diagnostic.Location.IsInSource
                ? $"{place.Path}, line {place.StartLinePosition.Line + 1}, column {place.StartLinePosition.Character + 1}: "
                : "";
            lines.Add($"{where}error {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
            if (diagnostic.Location.SourceTree is { } tree)
            {
                string source = tree.GetText().Lines[place.StartLinePosition.Line].ToString();
                lines.Add("    " + source.Replace('\t', ' '));
                int width = place.EndLinePosition.Line == place.StartLinePosition.Line
                    ? place.EndLinePosition.Character - place.StartLinePosition.Character
                    : source.Length - place.StartLinePosition.Character;
                lines.Add("    " + new string(' ', place.StartLinePosition.Character) + new string('^', Math.Max(1, width)));
            }
        }
        var first = error.Errors[0].Location.GetLineSpan();
        return new Failed("CompilationError", lines[0], lines, first.Path == cell ? first.StartLinePosition.Line + 1 : null);
    }

    /// <summary>A cell with a directive that cannot be obeyed.</summary>
    public static Failed Of(CellSyntaxException error, string cell, string code)
    {
        string source = code.ReplaceLineEndings("\n").Split('\n')[error.Line];
        return new Failed("DirectiveError", error.Message, [$"{cell}, line {error.Line + 1}: {error.Message}", "    " + source], error.Line + 1);
    }

    /// <summary>A cell that threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <param name="cell">The cell's name.</param>
    /// <param name="code">Its source.</param>
    public static Failed Of(Exception error, string cell, string code)
    {
        var lines = new List<string>();
        int? where = null;
        for (Exception? level = error; level is not null && lines.Count < 200; level = level.InnerException)
        {
            lines.Add($"{(level == error ? "" : "caused by ")}{level.GetType()}: {level.Message}");
            foreach (var frame in new StackTrace(level, fNeedFileInfo: true).GetFrames().Where(IsOfInterest).Take(50))
            {
                string? file = frame.GetFileName();
                lines.Add($"   at {NameOf(frame.GetMethod()!)}{(file is null ? "" : $" in {file}, line {frame.GetFileLineNumber()}")}");
                if (file != cell || where is not null) continue;
                where = frame.GetFileLineNumber();
                string[] source = code.ReplaceLineEndings("\n").Split('\n');
                if (where <= source.Length) lines.Add("        " + source[where.Value - 1].Trim());
            }
        }
        return new Failed(error.GetType().FullName!, error.Message, lines, where);
    }

    private static bool IsOfInterest(StackFrame frame)
    {
        if (frame.GetMethod() is not { } method) return false;
        if (method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)) return false;
        return method.DeclaringType is { } type
            && type.Assembly != typeof(CellErrors).Assembly
            && type.Namespace is not ("System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "System.Reflection")
            && !type.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false);
    }

    private static string NameOf(MethodBase method)
    {
        // The compiler hides the names in <angle brackets>: <Walk>d__3.MoveNext is Walk, <<Initialize>>d__0.MoveNext is the cell itself.
        var owner = method.DeclaringType!;
        string name = method.Name;
        if (name == "MoveNext" && Hidden().Match(owner.Name) is { Success: true } machine)
        {
            name = machine.Groups["name"].Value;
            owner = owner.DeclaringType ?? owner;
        }
        else if (LocalFunction().Match(name) is { Success: true } local)
        {
            name = local.Groups["name"].Value;
        }
        else if (name.Contains(">b__", StringComparison.Ordinal))
        {
            name = "a lambda";
        }
        if (name is "<Initialize>" or "Initialize") return "the cell";
        if (name == ".ctor") name = "new";

        while (owner.Name.StartsWith('<') && owner.DeclaringType is { } outer) owner = outer;
        string prefix = owner.Name.StartsWith("Submission#", StringComparison.Ordinal) ? ""
            : (owner.FullName ?? owner.Name).Split('[')[0].Replace('+', '.') + ".";
        prefix = Submission().Replace(prefix, "");
        string parameters = string.Join(", ", method.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"));
        return name == "a lambda" ? $"{prefix}{name}" : $"{prefix}{name}({(method.Name == "MoveNext" ? "" : parameters)})";
    }

    [GeneratedRegex(@"^<(?<name>.+)>d(__\d+)?")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"^<.+>g__(?<name>[^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^Submission#\d+\.")]
    private static partial Regex Submission();
}
