using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuroNotebooks.Architecture;

/// <summary>Which namespace uses which, read from compiled assemblies: signatures, fields, attributes and method bodies.</summary>
internal static class NamespaceUses
{
    /// <summary>All arrows between the project's own namespaces, each with one place that draws it.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> Of(IEnumerable<string> assemblyPaths)
    {
        var uses = new SortedDictionary<(string From, string To), string>();
        foreach (string path in assemblyPaths)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            foreach (TypeDefinition type in assembly.MainModule.GetTypes())
            {
                string from = NamespaceOf(type);
                if (!IsOurs(from)) continue;
                foreach ((TypeReference used, string place) in UsedBy(type))
                {
                    string to = NamespaceOf(used);
                    if (IsOurs(to) && to != from) uses.TryAdd((from, to), place);
                }
            }
        }
        return uses;
    }

    /// <summary>The project's own namespaces that the assemblies declare types in.</summary>
    public static IReadOnlySet<string> Namespaces(IEnumerable<string> assemblyPaths)
    {
        var names = new HashSet<string>();
        foreach (string path in assemblyPaths)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            names.UnionWith(assembly.MainModule.Types.Select(type => type.Namespace).Where(IsOurs));
        }
        return names;
    }

    private static bool IsOurs(string name) => name == "NeuroNotebooks" || name.StartsWith("NeuroNotebooks.", StringComparison.Ordinal);

    private static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.Namespace;
    }

    private static IEnumerable<(TypeReference, string)> UsedBy(TypeDefinition type)
    {
        var heads = new List<TypeReference>();
        if (type.BaseType is { } parent) heads.Add(parent);
        heads.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        heads.AddRange(type.CustomAttributes.Select(a => a.AttributeType));
        heads.AddRange(type.Fields.Select(f => f.FieldType));
        heads.AddRange(type.Properties.Select(p => p.PropertyType));
        heads.AddRange(type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType));
        foreach (TypeReference head in heads.SelectMany(Parts)) yield return (head, type.FullName);

        foreach (MethodDefinition method in type.Methods)
            foreach (TypeReference used in UsedBy(method).SelectMany(Parts))
                yield return (used, method.FullName);
    }

    private static IEnumerable<TypeReference> UsedBy(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (ParameterDefinition parameter in method.Parameters) yield return parameter.ParameterType;
        if (!method.HasBody) yield break;
        foreach (VariableDefinition variable in method.Body.Variables) yield return variable.VariableType;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.Operand is TypeReference type) yield return type;
            if (instruction.Operand is MemberReference { DeclaringType: { } owner } member)
            {
                yield return owner;
                if (member is MethodReference called)
                {
                    yield return called.ReturnType;
                    foreach (ParameterDefinition parameter in called.Parameters) yield return parameter.ParameterType;
                    if (called is GenericInstanceMethod generic)
                        foreach (TypeReference argument in generic.GenericArguments) yield return argument;
                }
                if (member is FieldReference field) yield return field.FieldType;
            }
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        switch (type)
        {
            case GenericInstanceType generic:
                return Parts(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Parts));
            case FunctionPointerType pointer:
                return pointer.Parameters.Select(p => p.ParameterType).Append(pointer.ReturnType).SelectMany(Parts);
            case TypeSpecification wrapped:
                return Parts(wrapped.ElementType);
            case GenericParameter:
                return [];
            default:
                return [type];
        }
    }
}
