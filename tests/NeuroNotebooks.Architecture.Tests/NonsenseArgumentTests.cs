using System.Reflection;
using Xunit.Abstractions;

namespace NeuroNotebooks.Architecture;

/// <summary>Each public method, each argument wrong in turn: an answer, or an error that names the argument. Never an accident.</summary>
public class NonsenseArgumentTests(ITestOutputHelper output)
{
    private static readonly Assembly[] Libraries =
        [typeof(Numerics.Philox).Assembly, typeof(Figures.Figure).Assembly];

    [Fact]
    public void A_wrong_argument_gets_an_answer_or_an_error_that_names_it()
    {
        var faults = new List<string>();
        int calls = 0;
        foreach (MethodBase callable in Libraries.SelectMany(PublicSurface.Callables).Where(c => PublicSurface.WhyNotCallable(c) is null))
            foreach ((ParameterInfo wrong, object? value, object?[] arguments) in PublicSurface.NonsenseCalls(callable))
            {
                calls++;
                if (Fault(callable, wrong, arguments) is { } fault) faults.Add($"{Name(callable)}, {wrong.Name} = {Shown(value)}: {fault}");
            }

        output.WriteLine($"{calls} calls");
        Assert.True(calls > 500, $"only {calls} calls: has the surface shrunk, or the reader of it?");
        Assert.True(faults.Count == 0, $"{faults.Count} of {calls}:\n" + string.Join("\n", faults.Take(60)));
    }

    [Fact]
    public void What_reflection_cannot_call_is_counted_and_named()
    {
        foreach (var group in Libraries.SelectMany(PublicSurface.Callables).GroupBy(PublicSurface.WhyNotCallable).OrderBy(g => g.Key))
            output.WriteLine($"{group.Key ?? "called"}: {group.Count()}{(group.Key is null ? "" : ": " + string.Join(", ", group.Select(Name).Distinct()))}");
        Assert.DoesNotContain(Libraries.SelectMany(PublicSurface.Callables),
            c => PublicSurface.WhyNotCallable(c)?.StartsWith("no sample", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void The_judge_tells_an_accident_from_a_named_error()
    {
        MethodInfo accident = typeof(NonsenseArgumentTests).GetMethod(nameof(Careless), BindingFlags.NonPublic | BindingFlags.Static)!;
        MethodInfo careful = typeof(NonsenseArgumentTests).GetMethod(nameof(Careful), BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.Contains("NullReferenceException", Fault(accident, accident.GetParameters()[0], [null]));
        Assert.Null(Fault(careful, careful.GetParameters()[0], [null]));
    }

    private static int Careless(string text) => text.Length;

    private static int Careful(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length;
    }

    private static string? Fault(MethodBase callable, ParameterInfo wrong, object?[] arguments)
    {
        try
        {
            object? answer = callable is ConstructorInfo constructor
                ? constructor.Invoke(arguments)
                : callable.Invoke(callable.IsStatic ? null : Samples.Of(callable.DeclaringType!), arguments);
            if (answer is System.Collections.IEnumerable lazy and not string)
                foreach (object? _ in lazy) { }
            return null;
        }
        catch (TargetInvocationException thrown)
        {
            return Judge(thrown.InnerException!, callable, wrong);
        }
    }

    private static string? Judge(Exception error, MethodBase callable, ParameterInfo wrong) => error switch
    {
        ArgumentException { ParamName: { Length: > 0 } name } when Names(callable, wrong, name) => null,
        ArgumentException argument => $"names \"{argument.ParamName}\": {argument.Message}",
        FormatException or InvalidOperationException or NotSupportedException or FileNotFoundException => null,
        _ when error.GetType().Namespace!.StartsWith("NeuroNotebooks", StringComparison.Ordinal) => null,
        _ => $"{error.GetType().Name}: {error.Message}",
    };

    // "tau[2]" names tau; a second argument may be the one at fault when the two must fit each other
    private static bool Names(MethodBase callable, ParameterInfo wrong, string name) =>
        callable.GetParameters().Append(wrong).Any(p => name.StartsWith(p.Name!, StringComparison.OrdinalIgnoreCase))
        || callable.DeclaringType!.GetProperties().Any(p => name.StartsWith(p.Name, StringComparison.OrdinalIgnoreCase));

    private static string Name(MethodBase callable) => $"{callable.DeclaringType!.Name}.{callable.Name}";

    private static string Shown(object? value) => value switch
    {
        null => "null",
        Array array => $"{array.GetType().GetElementType()!.Name}[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
