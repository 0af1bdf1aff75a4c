namespace NeuroNotebooks.Runner.Wording;

/// <summary>Something the user asked for that cannot be done; the message is for them, and says what can.</summary>
/// <param name="message">One or two sentences.</param>
internal sealed class UsageException(string message) : Exception(message);
