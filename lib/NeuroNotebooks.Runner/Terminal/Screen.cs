using Spectre.Console;

namespace NeuroNotebooks.Runner.Terminal;

/// <summary>Where the program talks to its user: a terminal with colours and moving progress, or plain lines for a file or a log.</summary>
internal sealed class Screen
{
    private const int PlainWidth = 140;

    private Screen(TextWriter output, TextWriter error, bool interactive)
    {
        Output = output;
        Error = error;
        Interactive = interactive;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!interactive) Console.Profile.Width = PlainWidth;
    }

    /// <summary>Results.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors and warnings.</summary>
    public TextWriter Error { get; }

    /// <summary>Somebody watches.</summary>
    public bool Interactive { get; }

    /// <summary>The same output, for tables and progress.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The process's own terminal.</summary>
    public static Screen OfProcess()
    {
        bool watched = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null or ""
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new(System.Console.Out, System.Console.Error, watched);
    }

    /// <summary>Plain lines into writers.</summary>
    public static Screen Plain(TextWriter output, TextWriter error) =>
        new(TextWriter.Synchronized(output), TextWriter.Synchronized(error), interactive: false);

    /// <summary>A line of results.</summary>
    public void Say(string line = "") => Output.WriteLine(line);

    /// <summary>A line about what went wrong.</summary>
    public void Complain(string line) => Error.WriteLine(line);
}
