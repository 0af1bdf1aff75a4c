using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Colours C# by what each word is in the syntax tree; text that does not parse is kept as it stands.</summary>
internal static class CSharpHighlighter
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The code as HTML; spans of class k: keyword, t: type, m: method, s: text, n: number, c: comment, d: directive.</summary>
    public static string ToHtml(string code)
    {
        var html = new StringBuilder();
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            foreach (SyntaxTrivia trivia in token.LeadingTrivia) Append(html, trivia.ToFullString(), Class(trivia));
            Append(html, token.Text, Class(token));
            foreach (SyntaxTrivia trivia in token.TrailingTrivia) Append(html, trivia.ToFullString(), Class(trivia));
        }
        return html.ToString();
    }

    private static string Class(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => "c",
        _ when trivia.IsDirective => "d",
        _ => "",
    };

    private static string Class(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedRawStringEndToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken => "s",
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.IdentifierToken => NameClass(token),
        _ when token.IsKeyword() || token.IsContextualKeyword() => "k",
        _ => "",
    };

    private static string NameClass(SyntaxToken token)
    {
        if (token.Text == "var" && token.Parent is IdentifierNameSyntax) return "k";
        if (token.Parent is BaseTypeDeclarationSyntax
            or GenericNameSyntax { Parent: not (InvocationExpressionSyntax or MemberAccessExpressionSyntax) }) return "t";
        if (token.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax) return "m";
        if (token.Parent is not SimpleNameSyntax name) return "";

        SyntaxNode outer = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        if (outer.Parent is InvocationExpressionSyntax call && call.Expression == outer) return "m";
        return name.Parent switch
        {
            ObjectCreationExpressionSyntax or TypeArgumentListSyntax or ArrayTypeSyntax or NullableTypeSyntax
                or CastExpressionSyntax { Type: IdentifierNameSyntax } or SimpleBaseTypeSyntax or TypeOfExpressionSyntax => "t",
            VariableDeclarationSyntax declaration when declaration.Type == name => "t",
            ParameterSyntax parameter when parameter.Type == name => "t",
            DeclarationPatternSyntax pattern when pattern.Type == name => "t",
            MethodDeclarationSyntax method when method.ReturnType == name => "t",
            // A capitalised name before a dot is nearly always a type: Figure.Line, Math.Sqrt.
            MemberAccessExpressionSyntax member
                when member.Expression == name && char.IsUpper(token.Text[0]) && token.Text.Length > 1 => "t",
            _ => "",
        };
    }

    private static void Append(StringBuilder html, string text, string kind)
    {
        if (text.Length == 0) return;
        string encoded = HtmlText.Encode(text);
        if (kind.Length == 0) html.Append(encoded);
        else html.Append("<span class=\"").Append(kind).Append("\">").Append(encoded).Append("</span>");
    }
}
