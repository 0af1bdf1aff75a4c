using System.Text.Json.Serialization;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>What parent and child say to each other.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(RunCell), "run")]
[JsonDerivedType(typeof(InterruptCell), "interrupt")]
[JsonDerivedType(typeof(Complete), "complete")]
[JsonDerivedType(typeof(Describe), "describe")]
[JsonDerivedType(typeof(Judge), "judge")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Printed), "printed")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Skipped), "skipped")]
[JsonDerivedType(typeof(Finished), "finished")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Described), "described")]
[JsonDerivedType(typeof(Judged), "judged")]
[JsonDerivedType(typeof(Leaving), "leaving")]
internal abstract record Message;

/// <summary>Parent: run this.</summary>
internal sealed record RunCell(string Code, string Name, bool Silent) : Message;

/// <summary>Parent: try to stop the running cell.</summary>
internal sealed record InterruptCell : Message;

/// <summary>Child: the first cell may come.</summary>
/// <param name="EndOfCell">A text that the child writes to its raw stdout and stderr after each cell; what comes before belongs to the cell.</param>
internal sealed record Ready(string EndOfCell) : Message;

/// <summary>Child: the cell printed through <see cref="Console"/>.</summary>
internal sealed record Printed(string Stream, string Text) : Message;

/// <summary>How a value came to be shown.</summary>
internal enum ShownAs { Display, Update, Result }

/// <summary>Child: a value, as text under each of its MIME types.</summary>
internal sealed record Shown(ShownAs As, string? DisplayId, IReadOnlyList<MimeText> Bundle) : Message;

/// <summary>A text and what it is.</summary>
internal sealed record MimeText(string MimeType, string Text);

/// <summary>Child: the cell did not compile or threw.</summary>
/// <param name="Name">The kind of error.</param>
/// <param name="Value">The error's message.</param>
/// <param name="Traceback">Lines to show, with the places in the cell.</param>
/// <param name="Where">The line of the cell that failed, 1-based, if known.</param>
internal sealed record Failed(string Name, string Value, IReadOnlyList<string> Traceback, int? Where) : Message;

/// <summary>Child: the cell was not run, as it needs packages that cannot be had.</summary>
/// <param name="Packages">The packages, each with its version if one was asked for; at least one.</param>
/// <param name="Unresolved">The cell's names that are unknown without them; empty when the cell asks for the packages itself.</param>
internal sealed record Skipped(IReadOnlyList<string> Packages, IReadOnlyList<string> Unresolved) : Message;

/// <summary>Child: the cell has ended.</summary>
internal sealed record Finished(bool Interrupted) : Message;

/// <summary>Child: the process is about to exit in good order, or by an exception on a thread of its own.</summary>
internal sealed record Leaving(int? ExitCode, string? UnhandledException) : Message;

[JsonSerializable(typeof(Message))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class MessageJson : JsonSerializerContext;
