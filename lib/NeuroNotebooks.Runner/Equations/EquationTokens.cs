namespace NeuroNotebooks.Runner.Equations;

internal enum TokenKind { Command, Character, Open, Close, Superscript, Subscript, Column, Row, Space, Prime, End }

/// <summary>One sign of a LaTeX equation.</summary>
/// <param name="Kind">What it does in the equation.</param>
/// <param name="Text">A command's name without its backslash, or the character.</param>
/// <param name="At">Where it starts in the source.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At);

/// <summary>A LaTeX equation as a row of signs, read one by one.</summary>
internal sealed class EquationTokens
{
    private readonly string source;
    private int position;

    public EquationTokens(string source)
    {
        this.source = source;
        Current = Read();
    }

    public Token Current { get; private set; }

    /// <summary>Returns the current sign and moves on.</summary>
    public Token Take()
    {
        Token token = Current;
        Current = Read();
        return token;
    }

    public void SkipSpaces()
    {
        while (Current.Kind == TokenKind.Space) Take();
    }

    /// <summary>Takes <c>{...}</c> as it is written; one sign when there is no brace. Null when the brace never closes.</summary>
    public string? TakeRawGroup()
    {
        SkipSpaces();
        if (Current.Kind == TokenKind.End) return null;
        if (Current.Kind != TokenKind.Open) return Take().Text;
        int depth = 1, start = position;
        for (; position < source.Length; position++)
        {
            if (source[position] == '\\') position++;
            else if (source[position] == '{') depth++;
            else if (source[position] == '}' && --depth == 0) break;
        }
        if (position >= source.Length)
        {
            Current = new(TokenKind.End, "", source.Length);
            return null;
        }
        string group = source[start..position++];
        Current = Read();
        return group;
    }

    private Token Read()
    {
        while (position < source.Length && source[position] == '%') SkipComment();
        if (position >= source.Length) return new(TokenKind.End, "", source.Length);
        int at = position;
        char c = source[position];
        if (c == '\\') return ReadCommand(at);

        int length = LengthAt(position);
        position += length;
        TokenKind kind = c switch
        {
            '{' => TokenKind.Open,
            '}' => TokenKind.Close,
            '^' => TokenKind.Superscript,
            '_' => TokenKind.Subscript,
            '&' => TokenKind.Column,
            '\'' => TokenKind.Prime,
            _ when char.IsWhiteSpace(c) => TokenKind.Space,
            _ => TokenKind.Character,
        };
        return new(kind, source.Substring(at, length), at);
    }

    private Token ReadCommand(int at)
    {
        int end = at + 1;
        while (end < source.Length && char.IsAsciiLetter(source[end])) end++;
        if (end == at + 1 && end < source.Length) end += LengthAt(end);
        position = end;
        string name = source[(at + 1)..end];
        if (name == "\\") return new(TokenKind.Row, "\\\\", at);
        if (name is " " or "\n" or "\t") name = "space";
        return new(TokenKind.Command, name, at);
    }

    /// <summary>Two for a character outside the basic plane.</summary>
    private int LengthAt(int at) => at + 1 < source.Length && char.IsSurrogatePair(source[at], source[at + 1]) ? 2 : 1;

    private void SkipComment()
    {
        int newline = source.IndexOf('\n', position);
        position = newline < 0 ? source.Length : newline + 1;
    }
}
