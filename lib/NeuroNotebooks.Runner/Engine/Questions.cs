namespace NeuroNotebooks.Runner.Engine;

/// <summary>Parent: a question about code that is being written; it changes nothing.</summary>
/// <param name="Number">By which its answer is known.</param>
/// <param name="Code">The cell as it stands.</param>
internal abstract record Question(int Number, string Code) : Message;

/// <summary>Parent: what can go on at the cursor?</summary>
internal sealed record Complete(int Number, string Code, int Cursor) : Question(Number, Code);

/// <summary>Parent: what is at the cursor?</summary>
internal sealed record Describe(int Number, string Code, int Cursor) : Question(Number, Code);

/// <summary>Parent: could this cell run?</summary>
internal sealed record Judge(int Number, string Code) : Question(Number, Code);

/// <summary>Child: the answer to a question; where it knows none, an empty one.</summary>
internal abstract record Answer(int Number) : Message;

/// <summary>Child: what can go on.</summary>
internal sealed record Completed(int Number, Completions Completions) : Answer(Number);

/// <summary>Child: what is there; null for nothing that has a description.</summary>
internal sealed record Described(int Number, Description? Description) : Answer(Number);

/// <summary>Child: whether the cell could run, and for one that is not whole, the blanks to begin its next line with.</summary>
internal sealed record Judged(int Number, Completeness Completeness, string Indent) : Answer(Number);

/// <summary>What can stand in the place of the text between a start and the cursor.</summary>
internal sealed record Completions(int Start, IReadOnlyList<Completion> Items);

/// <summary>A text that can stand there.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kind">What it is: class, method, keyword and so on.</param>
/// <param name="Signature">Parameters or type, or empty.</param>
internal sealed record Completion(string Text, string Kind, string Signature);

/// <summary>A description in two forms.</summary>
internal sealed record Description(string Plain, string Html);

/// <summary>Whether a cell could run as it stands.</summary>
internal enum Completeness { Complete, Incomplete, Invalid }
