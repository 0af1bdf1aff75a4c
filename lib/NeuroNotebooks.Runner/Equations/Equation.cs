using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Equations;

/// <summary>An equation as a browser shows it without any script.</summary>
/// <param name="MathMl">A <c>math</c> element that carries its LaTeX source as an annotation.</param>
/// <param name="Unknown">Commands that were not understood and are shown as they were written.</param>
internal sealed record Equation(string MathMl, IReadOnlyList<string> Unknown)
{
    /// <summary>Sets the part of LaTeX that papers' equations use; what is not known is shown as its source, never dropped.</summary>
    /// <param name="latex">The equation without its dollar signs.</param>
    /// <param name="display">On a line of its own rather than in the text.</param>
    public static Equation FromLatex(string latex, bool display)
    {
        var parser = new EquationParser(latex);
        string body = parser.ParseAll();
        string attributes = display ? " display=\"block\"" : "";
        string source = HtmlText.Encode(latex.Trim());
        return new(
            $"<math{attributes}><semantics><mrow>{body}</mrow><annotation "
                + $"encoding=\"application/x-tex\">{source}</annotation></semantics></math>",
            parser.Unknown);
    }
}
