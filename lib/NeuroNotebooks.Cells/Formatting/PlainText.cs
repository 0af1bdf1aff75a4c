using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Values as plain text: invariant culture, long sequences cut, deep objects bounded.</summary>
internal static class PlainText
{
    private const string Null = "<null>";

    /// <summary>A value as text.</summary>
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, depth: 0);
        return text.ToString();
    }

    /// <summary>A type's name as C# writes it, without namespaces.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Attribute.IsDefined(type, typeof(CompilerGeneratedAttribute)) && type.Name.StartsWith("<>", StringComparison.Ordinal))
            return "(anonymous)";
        if (!type.IsGenericType) return type.Name;
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        string name = tick < 0 ? type.Name : type.Name[..tick];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
    }

    /// <summary>Whether a value is one thing rather than a collection of parts.</summary>
    public static bool IsScalar(object? value) =>
        value is null or string or IFormattable or bool or char or Type or Exception or Delegate or Enum or Uri or Version;

    /// <summary>The public properties and fields of a type, in the order of their declaration.</summary>
    public static IReadOnlyList<(string Name, Func<object, object?> Get)> Members(Type type)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        var properties = type.GetProperties(Public)
            .Where(p => p.CanRead && p.GetMethod!.IsPublic && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike)
            .Select(p => (p.Name, p.MetadataToken, Get: (Func<object, object?>)(o => p.GetValue(o))));
        var fields = type.GetFields(Public)
            .Where(f => !f.FieldType.IsByRefLike)
            .Select(f => (f.Name, f.MetadataToken, Get: (Func<object, object?>)(o => f.GetValue(o))));
        return [.. fields.Concat(properties).Select(m => (m.Name, Guarded(m.Get)))];
    }

    /// <summary>Whether a type says in its own words what it is.</summary>
    public static bool HasOwnText(Type type) =>
        type.GetMethod("ToString", Type.EmptyTypes) is { } method
        && method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType);

    private static Func<object, object?> Guarded(Func<object, object?> get) => owner =>
    {
        try
        {
            return get(owner);
        }
        catch (Exception error)
        {
            var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
            return $"({cause.GetType().Name}: {cause.Message})";
        }
    };

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null: text.Append(Null); break;
            case string s: text.Append(s); break;
            case Type type: text.Append(type); break;
            case Enum: text.Append(value); break;
            case IFormattable number: text.Append(number.ToString(null, CultureInfo.InvariantCulture)); break;
            case ITuple tuple when depth < Formatter.RecursionLimit: AppendTuple(text, tuple, depth); break;
            case IDictionary dictionary when depth < Formatter.RecursionLimit: AppendDictionary(text, dictionary, depth); break;
            case Array { Rank: 2 } matrix when depth < Formatter.RecursionLimit: AppendMatrix(text, matrix, depth); break;
            case IEnumerable items when depth < Formatter.RecursionLimit && !HasOwnText(value.GetType()): AppendItems(text, items, depth); break;
            case not null when HasOwnText(value.GetType()) && !IsAnonymous(value.GetType()): text.Append(value); break;
            case not null when depth < Formatter.RecursionLimit: AppendMembers(text, value, depth); break;
            default: text.Append(NameOf(value.GetType())); break;
        }
    }

    private static void AppendTuple(StringBuilder text, ITuple tuple, int depth)
    {
        text.Append('(');
        for (int i = 0; i < tuple.Length; i++)
        {
            if (i > 0) text.Append(", ");
            Append(text, tuple[i], depth + 1);
        }
        text.Append(')');
    }

    private static void AppendDictionary(StringBuilder text, IDictionary dictionary, int depth)
    {
        var entries = new List<string>();
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entries.Count == Formatter.ListExpansionLimit) break;
            var line = new StringBuilder();
            Append(line, entry.Key, depth + 1);
            line.Append(": ");
            Append(line, entry.Value, depth + 1);
            entries.Add(line.ToString());
        }
        text.Append("{ ").AppendJoin(", ", entries).Append(More(dictionary.Count - entries.Count)).Append(" }");
    }

    private static void AppendItems(StringBuilder text, IEnumerable items, int depth)
    {
        int count = 0;
        text.Append("[ ");
        foreach (object? item in items)
        {
            if (count == Formatter.ListExpansionLimit)
            {
                // the length of a lazy sequence is not asked for: it may be endless
                text.Append(items is ICollection known ? More(known.Count - count) : " ... (more)");
                break;
            }
            if (count++ > 0) text.Append(", ");
            Append(text, item, depth + 1);
        }
        text.Append(" ]");
    }

    private static void AppendMatrix(StringBuilder text, Array matrix, int depth)
    {
        int rows = Math.Min(matrix.GetLength(0), Formatter.ListExpansionLimit);
        int columns = Math.Min(matrix.GetLength(1), Formatter.ListExpansionLimit);
        for (int i = 0; i < rows; i++)
        {
            text.Append(i == 0 ? "[ " : ",\n  ").Append("[ ");
            for (int j = 0; j < columns; j++)
            {
                if (j > 0) text.Append(", ");
                Append(text, matrix.GetValue(i + matrix.GetLowerBound(0), j + matrix.GetLowerBound(1)), depth + 1);
            }
            text.Append(More(matrix.GetLength(1) - columns)).Append(" ]");
        }
        text.Append(rows == 0 ? "[" : "").Append(More(matrix.GetLength(0) - rows)).Append(" ]");
    }

    private static void AppendMembers(StringBuilder text, object value, int depth)
    {
        var members = Members(value.GetType());
        text.Append(IsAnonymous(value.GetType()) ? "{" : NameOf(value.GetType()) + " {");
        for (int i = 0; i < members.Count; i++)
        {
            text.Append(i > 0 ? ", " : " ").Append(members[i].Name).Append(" = ");
            Append(text, members[i].Get(value), depth + 1);
        }
        text.Append(" }");
    }

    private static string More(int left) => left > 0 ? string.Create(CultureInfo.InvariantCulture, $" ... ({left} more)") : "";

    private static bool IsAnonymous(Type type) => type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);
}
