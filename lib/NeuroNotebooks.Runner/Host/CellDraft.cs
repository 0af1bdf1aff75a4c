using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NeuroNotebooks.Runner.Host;

/// <summary>A cell that is being written, and what its parts mean.</summary>
internal sealed class CellDraft(CSharpCompilation compilation, SyntaxTree tree, DocumentationFiles files)
{
    /// <summary>What the parts of the cell mean.</summary>
    public SemanticModel Model { get; } = compilation.GetSemanticModel(tree);

    /// <summary>What is written about the symbols that it names.</summary>
    public Documentation Documentation { get; } = new(compilation, files);

    /// <summary>The cell's syntax.</summary>
    public SyntaxNode Root { get; } = tree.GetRoot();

    /// <summary>The cell's text.</summary>
    public string Text { get; } = tree.GetText().ToString();

    /// <summary>The last token that begins before a place; none at the beginning.</summary>
    public SyntaxToken TokenBefore(int place)
    {
        if (place <= 0) return default;
        var token = Root.FindToken(Math.Min(place, Root.FullSpan.End) - 1);
        return token.SpanStart < place && !token.IsKind(SyntaxKind.EndOfFileToken) ? token : token.GetPreviousToken();
    }

    /// <summary>Whether a place is in a comment, or in a text that is not code.</summary>
    public bool IsProse(int place)
    {
        if (place <= 0) return false;
        var trivia = Root.FindTrivia(place - 1);
        bool isComment = trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;
        if (isComment && (place < trivia.FullSpan.End || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))) return true;

        var token = Root.FindToken(place - 1);
        bool isText = token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken;
        return isText && token.SpanStart < place
            && (place < token.Span.End || token.IsKind(SyntaxKind.InterpolatedStringTextToken) || token.ContainsDiagnostics);
    }

    /// <summary>What an expression or a name before a dot means: a value of a type, or a type or namespace itself.</summary>
    public (ITypeSymbol? Value, INamespaceOrTypeSymbol? Name) Meaning(ExpressionSyntax left)
    {
        // "x." at the end of a line takes the next line for its end, and x for a type: so ask for the value first
        var symbol = Model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceOrTypeSymbol name && left.Parent is not QualifiedNameSyntax) return (null, name);

        ITypeSymbol? type = symbol is null or INamespaceOrTypeSymbol ? Speculative(left) : Model.GetTypeInfo(left).Type;
        if (type is not null and not IErrorTypeSymbol) return (type, null);
        return (null, symbol as INamespaceOrTypeSymbol
            ?? Model.GetSpeculativeSymbolInfo(left.SpanStart, left, SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol as INamespaceOrTypeSymbol);
    }

    private ITypeSymbol? Speculative(ExpressionSyntax left)
    {
        if (Model.GetTypeInfo(left).Type is { } known and not IErrorTypeSymbol && Model.GetSymbolInfo(left).Symbol is not INamespaceOrTypeSymbol) return known;
        var expression = SyntaxFactory.ParseExpression(left.ToString());
        if (Model.GetSpeculativeSymbolInfo(left.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol is INamespaceOrTypeSymbol) return null;
        return Model.GetSpeculativeTypeInfo(left.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;
    }
}
