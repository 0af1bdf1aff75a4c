namespace NeuroNotebooks.Runner.Parameters;

/// <summary>One parameter of a notebook, as its cell declares it.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">The expression it is set to.</param>
/// <param name="Comment">The rest of its line, in words.</param>
/// <param name="Bounds">What the comment allows.</param>
internal sealed record ParameterDeclaration(string Name, ParameterType Type, string Default, string Comment, ParameterBounds Bounds)
{
    /// <summary><c>ulong seed = 1</c>, followed by the comment.</summary>
    public override string ToString() => $"{Type.Name} {Name} = {Default}{(Comment.Length > 0 ? $"  ({Comment})" : "")}";
}
