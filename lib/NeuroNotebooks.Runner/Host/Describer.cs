using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

/// <summary>Describes what is at the cursor: its declaration and its documentation.</summary>
internal static class Describer
{
    private const int MostOverloads = 12;

    /// <summary>The description of the name at the cursor, else of what is being called around it; null for neither.</summary>
    public static Description? At(CellDraft draft, int cursor)
    {
        if (draft.IsProse(cursor)) return null;
        var symbols = Names(draft, cursor).Select(token => SymbolsOf(draft.Model, token.Parent)).FirstOrDefault(found => found.Length > 0, []);
        if (symbols.IsEmpty) symbols = Called(draft, cursor);
        return symbols.IsEmpty ? null : Describe(symbols, draft.Documentation);
    }

    /// <summary>The names and keywords for types that touch the cursor.</summary>
    private static IEnumerable<SyntaxToken> Names(CellDraft draft, int cursor)
    {
        SyntaxToken[] touching = [draft.Root.FindToken(Math.Min(cursor, draft.Root.FullSpan.End)), draft.TokenBefore(cursor)];
        return touching.Where(token => token.SpanStart <= cursor && cursor <= token.Span.End
            && (token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsPredefinedType(token.Kind())));
    }

    private static ImmutableArray<ISymbol> Called(CellDraft draft, int cursor)
    {
        for (var node = draft.TokenBefore(cursor).Parent; node is not null; node = node.Parent)
        {
            bool isInside = node is BaseArgumentListSyntax list && list.SpanStart < cursor;
            if (isInside && node.Parent is InvocationExpressionSyntax call) return SymbolsOf(draft.Model, call.Expression);
            if (isInside && node.Parent is BaseObjectCreationExpressionSyntax creation) return SymbolsOf(draft.Model, creation);
            if (node is StatementSyntax) break;
        }
        return [];
    }

    private static ImmutableArray<ISymbol> SymbolsOf(SemanticModel model, SyntaxNode? node)
    {
        if (node is null) return [];
        if (node is not ExpressionSyntax && model.GetDeclaredSymbol(node) is { } declared) return [declared];
        var info = model.GetSymbolInfo(node);
        if (info.Symbol is { } symbol)
            return [symbol, .. model.GetMemberGroup(node).Where(other => !SymbolEqualityComparer.Default.Equals(other, symbol))];
        return info.CandidateSymbols.IsEmpty ? model.GetMemberGroup(node) : info.CandidateSymbols;
    }

    private static Description Describe(ImmutableArray<ISymbol> symbols, Documentation documentation)
    {
        var declarations = symbols.Take(MostOverloads).Select(SymbolWords.Declaration).ToList();
        if (symbols.Length > MostOverloads)
            declarations.Add(string.Create(CultureInfo.InvariantCulture, $"... and {symbols.Length - MostOverloads} more"));

        var documented = symbols.Select(documentation.Of).FirstOrDefault(found => found is not null);
        // a variable has no documentation of its own: that of its type says what can be done with it
        if (documented is null && SymbolWords.ValueType(symbols[0]) is { } type) documented = documentation.Of(type);
        return DescriptionText.Of(declarations, documented);
    }
}
