using System.Reflection;

namespace NeuroNotebooks.Architecture;

/// <summary>The public constructors and methods that a caller can reach, and the ways to call each with one argument wrong.</summary>
internal static class PublicSurface
{
    private static readonly HashSet<string> FromRecords = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "PrintMembers"];

    public static IEnumerable<MethodBase> Callables(Assembly assembly)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (Type type in assembly.GetExportedTypes().Where(t => !t.IsEnum && !typeof(Delegate).IsAssignableFrom(t)))
        {
            if (!type.IsAbstract)
                foreach (ConstructorInfo constructor in type.GetConstructors(All)) yield return constructor;
            foreach (MethodInfo method in type.GetMethods(All))
                if (!method.IsSpecialName && !method.IsAbstract && !FromRecords.Contains(method.Name)) yield return method;
        }
    }

    /// <summary>Why reflection cannot call it, or null if it can.</summary>
    public static string? WhyNotCallable(MethodBase callable)
    {
        if (callable.ContainsGenericParameters) return "generic";
        if (callable.GetParameters().Any(p => p.ParameterType.IsByRefLike)) return "takes a span";
        if (callable.GetParameters().Length == 0) return "takes nothing";
        if (callable is MethodInfo { IsStatic: false } && Samples.Of(callable.DeclaringType!) is null) return "no sample of its type";
        return callable.GetParameters().FirstOrDefault(p => !p.HasDefaultValue && !IsOptionalNull(p) && Samples.Of(p.ParameterType) is null)
            is { } parameter ? $"no sample of {parameter.ParameterType.Name}" : null;
    }

    /// <summary>Every argument list in which exactly one argument is nonsense.</summary>
    public static IEnumerable<(ParameterInfo Wrong, object? Value, object?[] Arguments)> NonsenseCalls(MethodBase callable)
    {
        ParameterInfo[] parameters = callable.GetParameters();
        for (int i = 0; i < parameters.Length; i++)
            foreach (object? value in Nonsense(parameters[i]))
            {
                object?[] arguments = [.. parameters.Select(p => Samples.Of(p.ParameterType) ?? (p.HasDefaultValue ? p.DefaultValue : null))];
                arguments[i] = value;
                yield return (parameters[i], value, arguments);
            }
    }

    private static IEnumerable<object?> Nonsense(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (!type.IsValueType && !IsOptionalNull(parameter)) yield return null;
        object[] wrong = type switch
        {
            _ when type == typeof(double) => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1.0, 0.0],
            _ when type == typeof(float) => [float.NaN, float.PositiveInfinity, -1f],
            _ when type == typeof(int) => [-1, 0, int.MinValue],
            _ when type == typeof(string) => ["", "no such name"],
            _ when type == typeof(double[]) => [Array.Empty<double>(), new[] { double.NaN, 1.0, 2.0 }, new double[7]],
            _ when type == typeof(double[,]) => [new double[0, 0], new double[2, 3], new[,] { { double.NaN, 0.0 }, { 0.0, 1.0 } }],
            _ when type == typeof(int[]) => [Array.Empty<int>(), new[] { -1 }, new[] { 99 }],
            _ when type.IsEnum => [Enum.ToObject(type, 977)],
            _ when type.IsAssignableFrom(typeof(double[])) && type != typeof(object) => [Array.Empty<double>(), new[] { double.NaN, 1.0 }],
            _ => [],
        };
        foreach (object value in wrong) yield return value;
    }

    private static bool IsOptionalNull(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable);
}
