using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Simple TeX between dollar signs as pseudo-HTML: letters, scripts, fractions in a line. A page without scripts has no MathJax.</summary>
internal static class LatexText
{
    private static readonly Dictionary<string, string> Symbols = ("""
        alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ
        sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω
        cdot · times × pm ± mp ∓ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ~ propto ∝ infty ∞ partial ∂ nabla ∇ sum Σ int ∫
        rightarrow → to → leftarrow ← leftrightarrow ↔ in ∈ langle ⟨ rangle ⟩ ldots … cdots ⋯ degree ° circ ° prime ′ ell ℓ hbar ℏ star ⋆
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The text with each <c>$...$</c> rewritten; a lone dollar sign stays.</summary>
    public static string ToMarkup(string source)
    {
        string[] parts = source.Split('$');
        if (parts.Length < 3 || parts.Length % 2 == 0) return source;
        var text = new StringBuilder();
        for (int i = 0; i < parts.Length; i++)
        {
            int at = 0;
            text.Append(i % 2 == 0 ? parts[i] : Group(parts[i], ref at, depth: 0));
        }
        return text.ToString();
    }

    private static string Group(string tex, ref int at, int depth)
    {
        var text = new StringBuilder();
        while (at < tex.Length && tex[at] != '}') text.Append(Atom(tex, ref at, depth));
        if (at < tex.Length) at++;
        return text.ToString();
    }

    private static string Atom(string tex, ref int at, int depth)
    {
        if (at >= tex.Length) return "";
        char c = tex[at++];
        switch (c)
        {
            case '{' when depth < 20: return Group(tex, ref at, depth + 1);
            case '^' when depth < 20: return $"<sup>{Atom(tex, ref at, depth + 1)}</sup>";
            case '_' when depth < 20: return $"<sub>{Atom(tex, ref at, depth + 1)}</sub>";
            case '\\' when depth < 20: return Command(tex, ref at, depth + 1);
            case '-': return "−";
            case '<': return "&lt;";
            case '>': return "&gt;";
            case '{' or '}': return "";
            default: return char.IsAsciiLetter(c) && depth < 20 ? $"<i>{c}</i>" : c.ToString();
        }
    }

    private static string Command(string tex, ref int at, int depth)
    {
        int start = at;
        while (at < tex.Length && char.IsAsciiLetter(tex[at])) at++;
        if (at == start) return at < tex.Length && tex[at++] is var mark && mark is not (',' or ';' or '!' or ':') ? mark.ToString() : " ";
        string name = tex[start..at];
        switch (name)
        {
            case "frac":
                string over = Atom(tex, ref at, depth), under = Atom(tex, ref at, depth);
                return $"{over}/{under}";
            case "sqrt":
                return $"√{Atom(tex, ref at, depth)}";
            case "mathrm" or "text" or "mathbf" or "mathit" or "operatorname" or "rm" or "bf":
                string plain = Atom(tex, ref at, depth).Replace("<i>", "", StringComparison.Ordinal).Replace("</i>", "", StringComparison.Ordinal);
                return name is "mathbf" or "bf" ? $"<b>{plain}</b>" : plain;
            case "left" or "right" or "displaystyle" or "quad" or "limits":
                return name == "quad" ? " " : "";
            default:
                return Symbols.TryGetValue(name, out string? symbol) ? symbol : name;
        }
    }
}
