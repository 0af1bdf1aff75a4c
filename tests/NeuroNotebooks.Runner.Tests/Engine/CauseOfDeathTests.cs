using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

public sealed class CauseOfDeathTests
{
    [Theory]
    [InlineData(134, "Stack overflow.\n   at F()", "stack overflow (SIGABRT)")]
    [InlineData(134, "Out of memory.\n", "lack of memory (SIGABRT)")]
    [InlineData(134, "Process terminated. enough\n   at X", "a call of Environment.FailFast (SIGABRT): enough")]
    [InlineData(134, "Process terminated.\nenough\n   at X", "a call of Environment.FailFast (SIGABRT): enough")]
    [InlineData(134, "Unhandled exception. System.Exception: x\n  at Y", "an exception that nothing caught: System.Exception: x")]
    [InlineData(134, "Fatal error. System.AccessViolationException: Attempted", "a memory access violation (SIGABRT)")]
    [InlineData(134, "", "an abort (SIGABRT)")]
    [InlineData(137, "", "a kill from outside, as the system does to the largest process when memory runs out (SIGKILL)")]
    [InlineData(139, "", "a memory access violation in native code (SIGSEGV)")]
    [InlineData(131, "", "an exit with code 131")]
    [InlineData(5, "", "an exit with code 5")]
    public void Exit_codes_and_last_words_are_put_into_words(int exitCode, string stderr, string cause)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(cause, CauseOfDeath.Of(exitCode, null, stderr));
    }

    [Fact]
    public void What_the_child_said_itself_counts_first()
    {
        Assert.Equal("a call of Environment.Exit(137)", CauseOfDeath.Of(137, new Leaving(137, null), ""));
        Assert.Equal(
            "an exception that nothing caught on a thread of its own: System.Exception: x",
            CauseOfDeath.Of(134, new Leaving(null, "System.Exception: x\n   at Y"), "Unhandled exception."));
        Assert.Equal("an unknown cause", CauseOfDeath.Of(null, null, ""));
    }
}
