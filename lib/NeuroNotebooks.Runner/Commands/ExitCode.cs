namespace NeuroNotebooks.Runner.Commands;

/// <summary>What the program tells the shell that started it.</summary>
internal static class ExitCode
{
    /// <summary>Every cell ran or was skipped for want of a package, and every claim that could be tested held.</summary>
    public const int Fine = 0;

    /// <summary>Every cell ran, but a claim failed.</summary>
    public const int ClaimFailed = 1;

    /// <summary>The command was not understood, or a file is no notebook.</summary>
    public const int Usage = 2;

    /// <summary>A cell failed, ran out of time or took its process down.</summary>
    public const int CellFailed = 3;

    /// <summary>Fresh outputs differ from the saved ones, or a notebook breaks a rule of the gate.</summary>
    public const int Differs = 4;

    /// <summary>A file could not be written.</summary>
    public const int System = 5;

    /// <summary>A data set could not be fetched, or is not what it should be.</summary>
    public const int NoData = 6;

    /// <summary>Stopped with Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, for <c>--help</c>.</summary>
    public const string InWords = """
        Exit codes:
          0    every cell ran, and every claim that could be tested held; cells whose packages cannot be had are skipped
          1    every cell ran, but a claim failed
          2    the command was not understood, or a file is no notebook
          3    a cell failed, ran out of time or took its process down
          4    fresh outputs differ from the saved ones, or a rule of the gate is broken
          5    a file could not be written
          6    a data set could not be fetched, or is not what it should be
          130  stopped with Ctrl-C; what was shown until then is saved
        """;
}
