using System.Collections.Immutable;
using System.Reflection;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.EchoState;
using NeuroNotebooks.Figures;
using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Architecture;

/// <summary>Arguments that a careless caller may pass.</summary>
internal static class Nonsense
{
    private static readonly Type[] Options = [typeof(OdeOptions), typeof(NashOptions), typeof(PhasePlaneOptions), typeof(LyapunovOptions), typeof(MemoryOptions), typeof(Ink), typeof(Marker)];

    private static readonly ImmutableArray<double>[] SevenNumbers = [[.. new double[7]]];

    public static IEnumerable<object?> For(ParameterInfo parameter)
    {
        Type type = Callable.Passed(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
        if (!type.IsValueType && !parameter.ParameterType.IsByRefLike && !MayBeNull(parameter)) yield return null;
        foreach (object value in Of(type)) yield return value;
        foreach (object options in WithOneWrong(type)) yield return options;
    }

    /// <summary>Options with one of them wrong.</summary>
    private static IEnumerable<object> WithOneWrong(Type type)
    {
        if (!Options.Contains(type)) yield break;
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
            foreach (object? value in For(property.SetMethod!.GetParameters()[0]))
            {
                object options = Samples.Of(type)!;
                property.SetValue(options, value);
                yield return options;
            }
    }

    private static object[] Of(Type type) => type switch
    {
        _ when type == typeof(double[,,]) => [new double[0, 2, 2], new double[1, 1, 1] { { { double.NaN } } }],
        _ when type == typeof(double) => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1.0, 0.0, 1e300],
        _ when type == typeof(float) => [float.NaN, float.PositiveInfinity, -1f, 0f],
        _ when type == typeof(int) => [-1, 0, int.MinValue, 9],
        _ when type == typeof(long) => [-1L, 0L, long.MinValue],
        _ when type == typeof(ulong) => [ulong.MaxValue],
        _ when type == typeof(string) => ["", " ", "no such name"],
        _ when type == typeof((double, double)) => [(double.NaN, 1.0), (1.0, double.PositiveInfinity), (1.0, 1.0), (2.0, -1.0)],
        _ when type == typeof(double[]) => Numbers,
        _ when type == typeof(float[]) => [Array.Empty<float>(), new float[7]],
        _ when type == typeof(double[,]) =>
            [new double[0, 0], new double[2, 3], new double[3, 2], new double[7, 7], new[,] { { double.NaN, 0.0 }, { 0.0, 1.0 } }],
        _ when type == typeof(int[,]) => [new int[0, 0], new int[2, 3], new int[7, 7]],
        _ when type == typeof(bool[,]) => [new bool[0, 0], new bool[2, 3], new bool[7, 7]],
        _ when type == typeof(float[,]) => [new float[0, 0], new float[2, 3], new float[7, 7]],
        _ when type == typeof(Func<double, double>) => [(Func<double, double>)(_ => double.NaN)],
        _ when type == typeof(Func<double, double, (double, double)>) =>
            [(Func<double, double, (double, double)>)((_, _) => (double.NaN, double.PositiveInfinity))],
        _ when type == typeof(FiringRateNetwork) => [Circuits.MicroColumn(2, CrossInhibition.Micro, 0.1)],
        _ when type == typeof(Trajectory) => [new Trajectory([0.0], [.. SevenNumbers])],
        _ when type.IsEnum => [Enum.ToObject(type, 97)],
        { IsArray: true } => Elements(type.GetElementType()!),
        { IsGenericType: true } when type.IsAssignableFrom(type.GetGenericArguments()[0].MakeArrayType()) =>
            Elements(type.GetGenericArguments()[0]),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => [Activator.CreateInstance(type)!],
        { IsGenericType: true } when type.GetMethod("Invoke") is { } invoke && !invoke.ReturnType.IsValueType => [Samples.AnsweringNull(type)],
        { IsValueType: true } => [Activator.CreateInstance(type)!],
        _ => [],
    };

    private static object[] Numbers => [Array.Empty<double>(), new[] { double.NaN, 1.0 }, new[] { 1.0, double.PositiveInfinity }, new double[2], new double[7]];

    private static object[] Elements(Type element)
    {
        if (element == typeof(double)) return Numbers;
        if (element == typeof(int)) return [Array.Empty<int>(), new[] { -1, 0 }, new[] { 9, 9 }];
        Array empty = Array.CreateInstance(element, 0), hollow = Array.CreateInstance(element, 2);
        return [empty, hollow];
    }

    private static bool MayBeNull(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
