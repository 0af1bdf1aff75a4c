using System.Reflection;

namespace NeuroNotebooks.Architecture;

/// <summary>What a caller of the libraries can call with an argument.</summary>
internal static class PublicSurface
{
    private static readonly HashSet<string> FromRecords = ["Equals", "ToString", "Deconstruct", "op_Equality", "op_Inequality"];

    public static IReadOnlyList<Callable> Callables { get; } =
    [
        .. new[] { typeof(Numerics.Philox).Assembly, typeof(Figures.Figure).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(Of)
            .Where(method => method.GetParameters().Length > 0)
            .Select(method => new Callable(method)),
    ];

    private static IEnumerable<MethodBase> Of(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        MethodBase[] constructors = type.IsAbstract ? [] : type.GetConstructors(Declared);
        return constructors.Concat(type.GetMethods(Declared).Where(method => !method.IsAbstract && !FromRecords.Contains(method.Name)));
    }
}
