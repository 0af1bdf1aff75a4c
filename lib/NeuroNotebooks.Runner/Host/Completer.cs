using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

/// <summary>Finds what can go on at the cursor: members after a dot, properties in braces, argument names, everything in scope, keywords.</summary>
internal static class Completer
{
    private static readonly string[] Keywords =
        [.. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText), "await", "async", "var", "record", "with", "yield", "nameof", "dynamic", "when"];

    /// <summary>The completions at a cursor in UTF-16 characters, each beginning with what is typed so far, whatever its case.</summary>
    public static Completions At(CellDraft draft, int cursor)
    {
        int start = cursor;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(draft.Text[start - 1])) start--;
        string typed = draft.Text[start..cursor];
        if (draft.IsProse(cursor) || (typed.Length > 0 && char.IsAsciiDigit(typed[0]))) return new Completions(cursor, []);

        var items = Candidates(draft, draft.TokenBefore(start), start)
            .Where(item => item.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.Text)
            .OrderBy(item => item.Kind != "argument")
            .ThenBy(item => !item.Text.StartsWith(typed, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase).ThenBy(item => item.Text, StringComparer.Ordinal);
        return new Completions(start, [.. items]);
    }

    private static IEnumerable<Completion> Candidates(CellDraft draft, SyntaxToken before, int place)
    {
        if (before.IsKind(SyntaxKind.DotToken) || before.IsKind(SyntaxKind.ColonColonToken)) return Members(draft, before, place);
        if (before.IsKind(SyntaxKind.NewKeyword) || before.Parent is UsingDirectiveSyntax)
            return Named(draft.Model.LookupNamespacesAndTypes(place));

        var scope = Named(draft.Model.LookupSymbols(place)).Concat(Keywords.Select(word => new Completion(word, "keyword", "")));
        return before.Parent switch
        {
            ArgumentListSyntax arguments => Arguments(draft, arguments).Concat(scope),
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } braces => Properties(draft, braces, place).Concat(scope),
            InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax or WithExpressionSyntax } braces => Properties(draft, braces, place),
            _ => scope,
        };
    }

    private static IEnumerable<Completion> Members(CellDraft draft, SyntaxToken dot, int place)
    {
        var left = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (left is null) return [];

        var (value, name2) = draft.Meaning(left);
        if (value is not null)
        {
            if (dot.Parent is MemberBindingExpressionSyntax && value.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
                value = ((INamedTypeSymbol)value).TypeArguments[0];
            return Named(draft.Model.LookupSymbols(place, value, includeReducedExtensionMethods: true).Where(s => !s.IsStatic && s is not ITypeSymbol));
        }
        return name2 switch
        {
            INamespaceSymbol space => Named(draft.Model.LookupNamespacesAndTypes(place, space)),
            ITypeSymbol type => Named(draft.Model.LookupSymbols(place, type).Where(s => s.IsStatic || s is ITypeSymbol)),
            _ => [],
        };
    }

    private static IEnumerable<Completion> Properties(CellDraft draft, InitializerExpressionSyntax braces, int place)
    {
        if (draft.Model.GetTypeInfo(braces.Parent!).Type is not { } type) return [];
        var given = braces.Expressions.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Left.ToString()).ToHashSet();
        return Named(draft.Model.LookupSymbols(place, type).Where(s => !s.IsStatic && !given.Contains(s.Name)
            && s is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false }));
    }

    /// <summary>The names of the parameters of whatever is called, with the colon that makes an argument of them.</summary>
    private static IEnumerable<Completion> Arguments(CellDraft draft, ArgumentListSyntax arguments)
    {
        var called = arguments.Parent switch
        {
            InvocationExpressionSyntax call => draft.Model.GetMemberGroup(call.Expression),
            BaseObjectCreationExpressionSyntax creation => draft.Model.GetMemberGroup(creation),
            _ => [],
        };
        return called.OfType<IMethodSymbol>().SelectMany(method => method.Parameters)
            .Select(parameter => new Completion(parameter.Name + ":", "argument", SymbolWords.Type(parameter.Type)));
    }

    private static IEnumerable<Completion> Named(IEnumerable<ISymbol> symbols) => symbols
        .Where(symbol => symbol is { CanBeReferencedByName: true, IsImplicitlyDeclared: false } && !IsHidden(symbol))
        .GroupBy(symbol => symbol.Name)
        .Select(group => new Completion(Escaped(group.Key), SymbolWords.Kind(group.First()), SymbolWords.Brief([.. group])));

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static bool IsHidden(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "EditorBrowsableAttribute" && attribute.ConstructorArguments is [{ Value: 1 }, ..]);
}
