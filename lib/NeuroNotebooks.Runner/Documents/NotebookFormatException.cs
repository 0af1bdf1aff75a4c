namespace NeuroNotebooks.Runner.Documents;

/// <summary>A file that is not a notebook this program can read; the message names the file, the place and the likely repair.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>An error without a place in the text.</summary>
    /// <param name="message">What is wrong, with the file's name.</param>
    public NotebookFormatException(string message) : base(message) { }

    /// <summary>An error at a place in the text.</summary>
    /// <param name="message">What is wrong, with the file's name and the place.</param>
    /// <param name="line">Line in the file, from 1.</param>
    /// <param name="column">Character in the line, from 1.</param>
    public NotebookFormatException(string message, int line, int column) : base(message) => (Line, Column) = (line, column);

    /// <summary>Line in the file, from 1; 0 when the error has no one place.</summary>
    public int Line { get; }

    /// <summary>Character in the line, from 1; 0 when the error has no one place.</summary>
    public int Column { get; }
}
