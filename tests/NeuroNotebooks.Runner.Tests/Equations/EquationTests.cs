using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuroNotebooks.Runner.Equations;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Tests.Equations;

public partial class EquationTests
{
    public static TheoryData<string, string> Simple => new()
    {
        { "x", "<mi>x</mi>" },
        { "x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>" },
        { "x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>" },
        { "x^12", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>2</mn></mrow>" },            // TeX takes one digit
        { "x'", "<msup><mi>x</mi><mo lspace=\"0\" rspace=\"0\">′</mo></msup>" },
        { "0.04", "<mn>0.04</mn>" },
        { "a-b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>" },
        { "a=-b", "<mrow><mi>a</mi><mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi></mrow>" },
        { @"\alpha", "<mi>α</mi>" },
        { @"\Gamma", "<mi mathvariant=\"normal\">Γ</mi>" },
        { @"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>" },
        { @"\frac{a}{b+c}", "<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac>" },
        { @"\dot x", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">˙</mo></mover>" },
        { @"\hat{\bar x}", "<mover accent=\"true\"><mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">¯</mo></mover><mo stretchy=\"false\">^</mo></mover>" },
        { @"\widetilde{ab}", "<mover accent=\"true\"><mrow><mi>a</mi><mi>b</mi></mrow><mo stretchy=\"true\">~</mo></mover>" },
        { @"\mathrm{Nash}", "<mi>Nash</mi>" },
        { @"\mathrm d", "<mi mathvariant=\"normal\">d</mi>" },
        { @"\mathbf{W}", "<mi>𝐖</mi>" },
        { @"\mathbb{R}^n", "<msup><mi mathvariant=\"normal\">ℝ</mi><mi>n</mi></msup>" },
        { @"\mathcal{N}", "<mi>𝒩</mi>" },
        { @"\mathcal{L}", "<mi mathvariant=\"normal\">ℒ</mi>" },
        { @"\boldsymbol{\theta}", "<mi>𝜽</mi>" },
        { @"\mathbf 1", "<mn>𝟏</mn>" },
        { @"\sum_{i=1}^n", "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>" },
        { @"\sum\nolimits_i", "<msub><mo>∑</mo><mi>i</mi></msub>" },
        { @"\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>" },
        { @"\int\limits_0^1", "<munderover><mo>∫</mo><mn>0</mn><mn>1</mn></munderover>" },
        { @"\lim_{t\to\infty}", "<munder><mo lspace=\"0\" rspace=\"0\" movablelimits=\"true\">lim</mo><mrow><mi>t</mi><mo>→</mo><mi mathvariant=\"normal\">∞</mi></mrow></munder>" },
        { @"\sin x", "<mrow><mi>sin</mi><mspace width=\"0.1667em\"/><mi>x</mi></mrow>" },
        { @"\operatorname{diag}", "<mi>diag</mi>" },
        { @"\operatorname*{arg\,max}_x", "<munder><mo lspace=\"0\" rspace=\"0\" movablelimits=\"true\">arg\u2009max</mo><mi>x</mi></munder>" },
        { @"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>" },
        { @"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>" },
        { @"\text{if } x", "<mrow><mtext>if&#xA0;</mtext><mi>x</mi></mrow>" },
        { @"\text{for $k$ of 5\%}", "<mrow><mtext>for&#xA0;</mtext><mrow><mi>k</mi></mrow><mtext>&#xA0;of&#xA0;5%</mtext></mrow>" },
        { @"a\quad b", "<mrow><mi>a</mi><mspace width=\"1em\"/><mi>b</mi></mrow>" },
        { @"a \not= b", "<mrow><mi>a</mi><mo>=\u0338</mo><mi>b</mi></mrow>" },
        { @"\lfloor x \rfloor", "<mrow><mo form=\"prefix\" stretchy=\"false\" lspace=\"0\" rspace=\"0\">⌊</mo><mi>x</mi><mo form=\"postfix\" stretchy=\"false\" lspace=\"0\" rspace=\"0\">⌋</mo></mrow>" },
        { @"\overset{!}{=}", "<mover><mo>=</mo><mo>!</mo></mover>" },
        { @"\underbrace{x}_{y}", "<munder><munder><mi>x</mi><mo stretchy=\"true\">⏟</mo></munder><mi>y</mi></munder>" },
        { @"\%", "<mtext>%</mtext>" },
        { "a % a comment\nb", "<mrow><mi>a</mi><mi>b</mi></mrow>" },
        { "x<y", "<mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow>" },
        { "{}", "<mrow></mrow>" },
        { "x.", "<mrow><mi>x</mi><mo>.</mo></mrow>" },
        { @"\binom{n}{k}", "<mrow><mo>(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>" },
        { @"\displaystyle x", "<mstyle displaystyle=\"true\"><mi>x</mi></mstyle>" },
        { @"\label{eq}x\tag{1}", "<mrow><mi>x</mi><mrow><mspace width=\"2em\"/><mtext>(1)</mtext></mrow></mrow>" },
        { "x_a_b", "<msub><msub><mi>x</mi><mi>a</mi></msub><mi>b</mi></msub>" },
    };

    [Theory, MemberData(nameof(Simple))]
    public void An_equation_is_set(string latex, string expected)
    {
        Equation equation = Equation.FromLatex(latex, display: false);
        Assert.Equal(expected, Body(equation));
        Assert.Empty(equation.Unknown);
    }

    public static TheoryData<string, string[]> Constructs => new()
    {
        { @"\left( \frac{a}{b} \middle| c \right]", ["<mo form=\"prefix\" stretchy=\"true\"", "form=\"infix\" stretchy=\"true\"", "form=\"postfix\" stretchy=\"true\" lspace=\"0\" rspace=\"0\">]"] },
        { @"\left. x \right|_{x=0}", ["<msub>", "stretchy=\"true\" lspace=\"0\" rspace=\"0\">|"] },
        { @"\left\| v \right\|", ["form=\"prefix\" stretchy=\"true\" lspace=\"0\" rspace=\"0\">‖", "form=\"postfix\" stretchy=\"true\" lspace=\"0\" rspace=\"0\">‖"] },
        { @"\bigl( x \Biggr)", ["minsize=\"1.2em\"", "minsize=\"3em\""] },
        { @"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", ["<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>", ">(</mo>", ">)</mo>"] },
        { @"\begin{Bmatrix} 1 \end{Bmatrix}\begin{vmatrix} 1 \end{vmatrix}\begin{Vmatrix} 1 \end{Vmatrix}\begin{bmatrix}1\end{bmatrix}", [">{</mo>", ">|</mo>", ">‖</mo>", ">[</mo>"] },
        { @"\begin{cases} z & z > 0,\\[2pt] 0 & \text{otherwise} \\ \end{cases}", ["<mtable class=\"cases\">", "<mtd class=\"l\" columnalign=\"left\">", "otherwise"] },
        { @"\begin{rcases} a \end{rcases}", [">}</mo>"] },
        { @"\begin{align} \dot v &= 1 \\ \dot u &= 2 \end{align}", ["<mtable class=\"equations\" displaystyle=\"true\">", "class=\"r\"", "class=\"l\""] },
        { @"\begin{array}{lr} a & b \end{array}", ["class=\"l\"", "class=\"r\""] },
        { @"\begin{eqnarray*} a & = & b \end{eqnarray*}", ["class=\"equations\""] },
        { @"a \\ b", ["<mtable class=\"equations\" displaystyle=\"true\">"] },
        { @"\stackrel{d}{=} \underset{x}{\min}", ["<mover>", "<munder>"] },
        { @"\xrightarrow{f} \xleftarrow{g}", ["stretchy=\"true\">→", "stretchy=\"true\">←"] },
        { @"\sum_{\substack{i<n\\ j<n}}", ["<mtable", "&lt;"] },
        { @"a \bmod b \pmod n", ["mod", "<mi>n</mi>"] },
        { @"\phantom{x}\boxed{y}\textbf{z}\textit{w}", ["<mphantom>", "class=\"boxed\"", "class=\"b\"", "class=\"i\""] },
        { @"\cdots \ldots p \mid q", ["⋯", "…", "lspace=\"0.2778em\""] },
        { @"\tfrac{1}{2}\dfrac{1}{2}", ["displaystyle=\"false\"", "displaystyle=\"true\""] },
        { @"\overline{AB}\underline{x}\vec v\ddot q\tilde p", ["‾", "accentunder", "→", "¨", "~"] },
        { @"f'' g''' h''''", ["″", "‴", "′′′′"] },
    };

    [Theory, MemberData(nameof(Constructs))]
    public void A_construct_has_its_parts(string latex, string[] parts)
    {
        Equation equation = Equation.FromLatex(latex, display: true);
        Assert.All(parts, part => Assert.Contains(part, equation.MathMl));
        Assert.Empty(equation.Unknown);
    }

    [Theory]
    [InlineData(@"\unheard{x}", @"\unheard")]
    [InlineData(@"a \right) b", @"\right")]
    [InlineData(@"\left( a", @"\left( a")]
    [InlineData(@"\left x", @"\left")]
    [InlineData(@"\begin{tikz} a \end{tikz}", @"\begin{tikz} a \end{tikz}")]
    [InlineData(@"\begin{matrix} a", @"\begin{matrix} a")]
    [InlineData(@"\begin{matrix} a \end{pmatrix}", @"\begin{matrix} a \end{pmatrix}")]
    [InlineData(@"\frac{a", @"{a")]
    [InlineData(@"\text{a", @"\text{a")]
    [InlineData(@"\substack{a", @"\substack{a")]
    [InlineData(@"\big x", @"\big")]
    public void What_is_not_known_is_shown_and_reported(string latex, string shown)
    {
        Equation equation = Equation.FromLatex(latex, display: false);
        Assert.Contains(shown, equation.Unknown);
        Assert.Contains($"<merror><mtext>{HtmlText.Encode(shown)}</mtext></merror>", equation.MathMl);
    }

    [Fact]
    public void A_displayed_equation_says_so_and_carries_its_source()
    {
        string math = Equation.FromLatex(@" a<b ", display: true).MathMl;
        Assert.StartsWith("<math display=\"block\"><semantics><mrow>", math);
        Assert.Contains("<annotation encoding=\"application/x-tex\">a&lt;b</annotation>", math);
    }

    /// <summary>Whatever comes in, what goes out is well-formed XML: one mutated equation for each of 2000 seeds.</summary>
    [Fact]
    public void Any_text_gives_well_formed_MathML()
    {
        string[] words = [.. Simple.Select(row => (string)row[0]), .. Constructs.Select(row => (string)row[0]), "{", "}", "&", @"\\", "^", "_", @"\left", @"\right", @"\begin{matrix}", @"\end{matrix}", "'", "$", "🧠", "é", "%", @"\", "[", "]"];
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string latex = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)]));
            if (latex.Length > 2) latex = latex.Remove(random.Next(latex.Length - 1), 1);
            string math = Equation.FromLatex(latex, display: seed % 2 == 0).MathMl;
            Exception? error = Record.Exception(() => XElement.Parse(math));
            Assert.True(error is null || HasLoneSurrogate(latex), $"seed {seed}: {latex}\n{math}\n{error?.Message}");
        }
    }

    [Fact]
    public void Deep_nesting_ends_in_the_source_not_in_a_crash()
    {
        string latex = string.Concat(Enumerable.Repeat(@"\sqrt{\text{$", 3000));
        Assert.NotEmpty(Equation.FromLatex(latex, display: false).Unknown);
        Assert.NotEmpty(Equation.FromLatex(new string('{', 5000), display: false).Unknown);
    }

    private static bool HasLoneSurrogate(string text) =>
        text.Where((c, i) => char.IsSurrogate(c) && !(char.IsHighSurrogate(c) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]))).Any();

    private static string Body(Equation equation) => BodyPattern().Match(equation.MathMl).Groups[1].Value;

    [GeneratedRegex("<semantics><mrow>(.*)</mrow><annotation")]
    private static partial Regex BodyPattern();
}
