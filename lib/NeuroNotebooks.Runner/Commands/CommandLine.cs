using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>The command line: what can be asked, and what becomes of a question that was not understood.</summary>
internal static class CommandLine
{
    /// <summary>Does what the arguments ask.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext context, CancellationToken interrupt)
    {
        RootCommand root = CommandTree.Build(context);
        ParseResult parsed = root.Parse(args);
        bool asksForHelp = parsed.Action is HelpAction or ExamplesHelp;
        if (!asksForHelp && (parsed.Errors.Count > 0 || Unknown(parsed) is not null)) return Explain(parsed, context);
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Screen.Output,
                Error = context.Screen.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,       // Ctrl-C is ours: it stops the cell and writes what it showed
            };
            return await parsed.InvokeAsync(configuration, interrupt);
        }
        catch (Exception e) when (e is UsageException or NotebookFormatException)
        {
            context.Screen.Complain(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is SaveException or DirectoryNotFoundException)
        {
            context.Screen.Complain(e.Message);
            return ExitCode.System;
        }
    }

    /// <summary>Says in one or two lines what was not understood, and what was probably meant.</summary>
    private static int Explain(ParseResult parsed, CommandContext context)
    {
        Command command = parsed.CommandResult.Command;
        bool atRoot = command is RootCommand;
        if (Unknown(parsed) is { } token)
        {
            bool option = token.StartsWith('-');
            var names = option ? OptionNames(command) : command.Subcommands.Select(c => c.Name);
            string kind = option ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            context.Screen.Complain($"There is no {kind} \"{token}\"{(atRoot ? "" : $" of {command.Name}")}.{Nearest.Hint(token, names)}");
        }
        else
        {
            foreach (ParseError error in parsed.Errors) context.Screen.Complain(error.Message);
        }
        context.Screen.Complain($"See: {(atRoot ? "" : command.Name + " ")}--help");
        return ExitCode.Usage;
    }

    /// <summary>The first word that fits nowhere; an option misspelt in front of papers would otherwise pass for a paper.</summary>
    private static string? Unknown(ParseResult parsed) =>
        parsed.UnmatchedTokens is [var token, ..] ? token : parsed.CommandResult.Tokens.FirstOrDefault(t => t.Value.StartsWith('-'))?.Value;

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name));
}
