namespace NeuroNotebooks.Runner.Checking;

/// <summary>A place where a fresh run and the saved notebook disagree, or where a notebook breaks a rule.</summary>
/// <param name="Place">What messages call the cell; empty for the notebook as a whole.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
internal sealed record Difference(string Place, string Message)
{
    /// <summary><c>cell [3] in "Results": text differs ...</c></summary>
    public override string ToString() => Place.Length == 0 ? Message : $"{Place}: {Message}";
}
