using System.Collections;
using System.Globalization;
using System.Reflection;
using NeuroNotebooks.Figures;
using Xunit.Abstractions;

namespace NeuroNotebooks.Architecture;

/// <summary>Everything public, each argument wrong in turn: an answer, or an error that names the argument. Never an accident.</summary>
public class NonsenseArgumentTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120.0);

    [Fact]
    public void A_wrong_argument_gets_an_answer_or_an_error_that_names_it()
    {
        var faults = new List<string>();
        int calls = 0;
        foreach (Callable callable in PublicSurface.Callables)
            for (int wrong = 0; wrong < callable.Parameters.Length; wrong++)
                foreach (object? value in Nonsense.For(callable.Parameters[wrong]))
                {
                    calls++;
                    object?[] arguments = Valid(callable);
                    arguments[wrong] = value;
                    if (Fault(callable, arguments) is { } fault)
                        faults.Add($"{callable.Name}, {callable.Parameters[wrong].Name} = {Shown(value)}: {fault}");
                }

        output.WriteLine($"{PublicSurface.Callables.Count} callables, {calls} calls");
        Assert.True(calls > 1000, $"only {calls} calls: has the surface shrunk, or the reader of it?");
        Assert.True(faults.Count == 0, $"{faults.Count} of {calls}:\n" + string.Join("\n", faults));
    }

    [Fact]
    public void The_valid_arguments_are_valid_so_that_only_the_wrong_one_is_at_fault()
    {
        string[] refused = [.. PublicSurface.Callables
            .Select(callable => (callable.Name, Error: Error(callable, Valid(callable))))
            .Where(call => call.Error is not null)
            .Select(call => $"{call.Name}: {call.Error!.GetType().Name} {call.Error.Message}")];
        Assert.True(refused.Length == 0, string.Join("\n", refused));
    }

    [Fact]
    public void The_judge_tells_an_accident_from_a_named_error()
    {
        Assert.Contains("NullReferenceException", Fault(Own(nameof(Careless)), [null]));
        Assert.Contains("InvalidOperationException", Fault(Own(nameof(Unlucky)), [Array.Empty<double>()]));
        Assert.Contains("names \"source\"", Fault(Own(nameof(Unlucky)), [null]));
        Assert.Null(Fault(Own(nameof(Careful)), [null]));

        static Callable Own(string name) =>
            new(typeof(NonsenseArgumentTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!);
    }

    private static int Careless(string text) => text.Length;

    private static double Unlucky(IEnumerable<double> values) => values.First();

    private static int Careful(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length;
    }

    private static object?[] Valid(Callable callable) => [.. callable.Parameters.Select(p => Samples.Of(callable, p))];

    private static string? Fault(Callable callable, object?[] arguments) =>
        Error(callable, arguments) is { } error && !IsDeliberate(error, callable)
            ? error is ArgumentException argument ? $"names \"{argument.ParamName}\": {argument.Message}" : $"{error.GetType().Name}: {error}"
            : null;

    /// <summary>What the call throws, or what a notebook throws that shows its answer.</summary>
    private static Exception? Error(Callable callable, object?[] arguments)
    {
        try
        {
            var showing = Task.Run(() => Show(callable.Call(arguments)));
            return showing.Wait(Patience) ? null : new TimeoutException($"no answer within {Patience}");
        }
        catch (AggregateException error)
        {
            return error.InnerException;
        }
    }

    private static void Show(object? answer)
    {
        if (answer is IEnumerable lazy)
            foreach (object? _ in lazy) { }
        if (answer is Figure figure) figure.ToHtml();
        answer?.ToString();
    }

    private static bool IsDeliberate(Exception error, Callable callable) => error switch
    {
        ArgumentException argument => argument.ParamName is { Length: > 0 } name && Names(callable, name),
        FileNotFoundException => true,
        FormatException or InvalidDataException or InvalidOperationException or NotSupportedException or KeyNotFoundException =>
            error.TargetSite?.Module.Assembly.GetName().Name!.StartsWith("NeuroNotebooks", StringComparison.Ordinal) == true,
        _ => error.GetType().Namespace!.StartsWith("NeuroNotebooks", StringComparison.Ordinal),
    };

    // "tau[2]" names tau, "Width" the ink's or that of the options' ink; where two arguments must fit each other, either may be the one at fault
    private static bool Names(Callable callable, string name)
    {
        string stem = new([.. name.TakeWhile(char.IsLetterOrDigit)]);
        IEnumerable<string> properties = callable.Parameters.Select(p => p.ParameterType).Append(callable.Owner)
            .SelectMany(type => OfOurs(type).Concat(OfOurs(type).SelectMany(p => OfOurs(p.PropertyType)))).Select(p => p.Name);
        return callable.Parameters.Select(p => p.Name!).Concat(properties).Any(known => known.Equals(stem, StringComparison.OrdinalIgnoreCase));

        static PropertyInfo[] OfOurs(Type type) =>
            type.Namespace!.StartsWith("NeuroNotebooks", StringComparison.Ordinal) ? type.GetProperties() : [];
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        double[] numbers => $"[{string.Join(", ", numbers)}]",
        Array array => $"{array.GetType().GetElementType()!.Name}[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]",
        string or IFormattable => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => value.ToString()!,
    };
}
