namespace NeuroNotebooks.Runner.Engine;

/// <summary>The child process of a session ended, or was not ready within its limit.</summary>
/// <param name="message">What happened, with what the child said on its way out.</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class SessionStartException(string message, Exception? inner = null) : Exception(message, inner);
