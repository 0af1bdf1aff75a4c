namespace NeuroNotebooks.Runner.Equations;

/// <summary>What each LaTeX command stands for, as characters.</summary>
internal static class EquationSymbols
{
    /// <summary>Letters and letter-like signs, set in italics unless <see cref="Upright"/> holds them.</summary>
    public static readonly Dictionary<string, string> Letters = Table("""
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ
        mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ
        emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠ degree ° prime ′ backprime ‵ square □ blacksquare ■
        triangle △ diamondsuit ♢ clubsuit ♣ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ checkmark ✓ S § P ¶ pounds £ dagger † ddagger ‡
        ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ vdots ⋮ ddots ⋱ complement ∁ eth ð mho ℧ O Ø AA Å
        """);

    /// <summary>Names from <see cref="Letters"/> that stand upright.</summary>
    public static bool Upright(string name) =>
        char.IsUpper(name[0]) || !IsGreek(Letters[name][0]) && name is not ("ell" or "imath" or "jmath" or "hbar" or "hslash");

    /// <summary>Relations and binary operators, spaced by the browser's own table.</summary>
    public static readonly Dictionary<string, string> Operators = Table("""
        pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ dagger † wedge ∧ land ∧ vee ∨
        lor ∨
        cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ uplus ⊎ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ lnot ¬ neg ¬ diamond ⋄ triangleleft ◁ triangleright ▷
        leq ≤ le ≤ leqslant ⩽ geq ≥ ge ≥ geqslant ⩾ ll ≪ gg ≫ lll ⋘ ggg ⋙ neq ≠ ne ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝ asymp ≍
        doteq ≐
        prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
        sqsubseteq ⊑ sqsupseteq ⊒ in ∈ notin ∉ ni ∋ perp ⟂ parallel ∥ nparallel ∦ mid ∣ nmid ∤ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ bowtie ⋈
        lesssim ≲ gtrsim ≳ lessgtr ≶ triangleq ≜ coloneqq ≔ eqqcolon ≕ therefore ∴ because ∵ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ colon :
        to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⟹ Leftarrow ⇐ impliedby ⟸ Leftrightarrow ⇔ iff ⟺
        mapsto ↦ longmapsto ⟼ longrightarrow ⟶ longleftarrow ⟵ Longrightarrow ⟹ Longleftarrow ⟸ longleftrightarrow ⟷ hookrightarrow ↪
        hookleftarrow ↩
        uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ leftharpoonup ↼
        rightleftharpoons ⇌ leftrightharpoons ⇋ rightsquigarrow ⇝ leadsto ⇝ rightrightarrows ⇉ leftleftarrows ⇇ circlearrowleft ↺
        circlearrowright ↻
        """);

    /// <summary>Operators that grow in displayed equations, with their limits above and below; integrals have them at the side.</summary>
    public static readonly Dictionary<string, string> Large = Table("""
        sum ∑ prod ∏ coprod ∐ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
        int ∫ iint ∬ iiint ∭ oint ∮ intop ∫ smallint ∫
        """);

    public static bool IsIntegral(string name) => name.Contains("int", StringComparison.Ordinal) && name != "intop";

    /// <summary>Functions with an upright name.</summary>
    public static readonly HashSet<string> Functions = Words("""
        sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp ln log lg ker dim deg hom arg
        """);

    /// <summary>Functions whose subscript stands below in displayed equations.</summary>
    public static readonly Dictionary<string, string> LimitFunctions = Table("""
        lim lim max max min min sup sup inf inf limsup lim_sup liminf lim_inf det det gcd gcd Pr Pr argmax arg_max argmin arg_min plim plim
        """);

    /// <summary>Delimiters as they follow <c>\left</c>, <c>\right</c> and <c>\big</c>, or stand alone.</summary>
    public static readonly Dictionary<string, string> Delimiters = Table("""
        ( ( ) ) [ [ ] ] | | / / < ⟨ > ⟩ { { } } lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ vert | lvert | rvert | Vert ‖ lVert ‖
        rVert ‖ ‖ ‖
        lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ uparrow ↑ downarrow ↓ updownarrow ↕ backslash \ lgroup ⟮ rgroup ⟯ ulcorner ⌜ urcorner ⌝ llbracket
        ⟦ rrbracket ⟧
        """);

    public static bool Opens(string delimiter) => "([{⟨⌊⌈⟮⌜⟦".Contains(delimiter, StringComparison.Ordinal);

    /// <summary>Marks above a letter.</summary>
    public static readonly Dictionary<string, string> Accents = Table("""
        hat ^ widehat ^ check ˇ tilde ~ widetilde ~ acute ´ grave ` dot ˙ ddot ¨ dddot ⃛ breve ˘ bar ¯ overline ‾ vec → mathring ˚
        overrightarrow → overleftarrow ← overbrace ⏞
        """);

    /// <summary>Marks below.</summary>
    public static readonly Dictionary<string, string> Underscripts = Table("underline _ underbrace ⏟ underrightarrow → underleftarrow ←");

    /// <summary>Accents that grow with what they stand over.</summary>
    public static bool Stretches(string name) =>
        name is "widehat" or "widetilde" or "overline" || name.StartsWith("over", StringComparison.Ordinal)
        || name.StartsWith("under", StringComparison.Ordinal);

    /// <summary>Spaces, in em.</summary>
    public static readonly Dictionary<string, string> Spaces = Table("""
        , 0.1667 thinspace 0.1667 : 0.2222 > 0.2222 medspace 0.2222 ; 0.2778 thickspace 0.2778 ! -0.1667 negthinspace -0.1667
        quad 1 qquad 2 enspace 0.5 enskip 0.5 space 0.3333
        """);

    /// <summary>Characters that a backslash makes ordinary.</summary>
    public static readonly HashSet<string> Escaped = ["$", "%", "&", "#", "_"];

    /// <summary>A letter in another alphabet; characters that the alphabet lacks stay as they are.</summary>
    public static string InAlphabet(string alphabet, string text) =>
        string.Concat(text.EnumerateRunes().Select(r => InAlphabet(alphabet, r)));

    private static string InAlphabet(string alphabet, System.Text.Rune rune)
    {
        int c = rune.Value;
        if (Exception(alphabet, (char)Math.Min(c, 0xFFFF)) is { } special) return special;
        var (upper, lower, digit, greekUpper, greekLower) = alphabet switch
        {
            "mathbf" or "bf" or "textbf" => (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
            "boldsymbol" or "bm" => (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736),
            "mathcal" or "mathscr" => (0x1D49C, 0x1D4B6, 0, 0, 0),
            "mathfrak" => (0x1D504, 0x1D51E, 0, 0, 0),
            "mathbb" => (0x1D538, 0x1D552, 0x1D7D8, 0, 0),
            "mathsf" => (0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0),
            "mathtt" => (0x1D670, 0x1D68A, 0x1D7F6, 0, 0),
            _ => (0, 0, 0, 0, 0),
        };
        int mapped = c switch
        {
            >= 'A' and <= 'Z' when upper > 0 => upper + c - 'A',
            >= 'a' and <= 'z' when lower > 0 => lower + c - 'a',
            >= '0' and <= '9' when digit > 0 => digit + c - '0',
            >= 'Α' and <= 'Ω' when greekUpper > 0 => greekUpper + c - 'Α',
            >= 'α' and <= 'ω' when greekLower > 0 => greekLower + c - 'α',
            'ϕ' when greekLower > 0 => greekLower + 0x1D6DF - 0x1D6C2,      // the order of Unicode's bold Greek variants
            'ϵ' when greekLower > 0 => greekLower + 0x1D6DC - 0x1D6C2,
            '∇' when greekUpper > 0 => greekUpper + 0x1D6C1 - 0x1D6A8,
            _ => c,
        };
        return char.ConvertFromUtf32(mapped);
    }

    /// <summary>Letters that Unicode encoded before the mathematical alphabets, and left holes for.</summary>
    private static string? Exception(string alphabet, char c) => (alphabet, c) switch
    {
        ("mathcal" or "mathscr", 'B') => "ℬ", ("mathcal" or "mathscr", 'E') => "ℰ", ("mathcal" or "mathscr", 'F') => "ℱ",
        ("mathcal" or "mathscr", 'H') => "ℋ", ("mathcal" or "mathscr", 'I') => "ℐ", ("mathcal" or "mathscr", 'L') => "ℒ",
        ("mathcal" or "mathscr", 'M') => "ℳ", ("mathcal" or "mathscr", 'R') => "ℛ", ("mathcal" or "mathscr", 'e') => "ℯ",
        ("mathcal" or "mathscr", 'g') => "ℊ", ("mathcal" or "mathscr", 'o') => "ℴ",
        ("mathfrak", 'C') => "ℭ", ("mathfrak", 'H') => "ℌ", ("mathfrak", 'I') => "ℑ", ("mathfrak", 'R') => "ℜ", ("mathfrak", 'Z') => "ℨ",
        ("mathbb", 'C') => "ℂ", ("mathbb", 'H') => "ℍ", ("mathbb", 'N') => "ℕ", ("mathbb", 'P') => "ℙ", ("mathbb", 'Q') => "ℚ",
        ("mathbb", 'R') => "ℝ", ("mathbb", 'Z') => "ℤ",
        _ => null,
    };

    private static bool IsGreek(char c) => c is >= 'Ͱ' and <= 'Ͽ';

    private static Dictionary<string, string> Table(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var table = new Dictionary<string, string>();
        for (int i = 0; i + 1 < words.Length; i += 2) table[words[i]] = words[i + 1];
        return table;
    }

    private static HashSet<string> Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
