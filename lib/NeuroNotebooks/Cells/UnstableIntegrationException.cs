namespace NeuroNotebooks.Cells;

/// <summary>A state left the range that the model can mean: the step is too long.</summary>
public sealed class UnstableIntegrationException : Exception
{
    /// <summary>With the library's own words.</summary>
    public UnstableIntegrationException() : this("integration unstable, reduce the step") { }

    /// <summary>With words of one's own.</summary>
    /// <param name="message">What happened.</param>
    public UnstableIntegrationException(string message) : base(message) { }

    /// <summary>With words of one's own and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public UnstableIntegrationException(string message, Exception? innerException) : base(message, innerException) { }

    internal static void ThrowUnlessWithin(double value, double low, double high, string what, double time, double step)
    {
        if (!(value > low && value < high))
            throw new UnstableIntegrationException($"integration unstable, reduce the step: {what} is {value:g4} at {time:g6} ms with steps of {step:g4} ms.");
    }
}
