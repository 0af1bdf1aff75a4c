using System.Text.RegularExpressions;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Which elements and attributes only show something.</summary>
internal static partial class HtmlRules
{
    private static readonly HashSet<string> Html = Words("""
        a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
        img
        input ins kbd li mark meter ol p pre progress q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th
        thead time tr u ul var wbr svg math
        """);

    private static readonly HashSet<string> Svg = Words("""
        g path rect circle ellipse line polyline polygon text tspan textPath title desc defs clipPath mask pattern linearGradient
        radialGradient
        stop marker symbol use switch metadata style filter feGaussianBlur feOffset feBlend feColorMatrix feMerge feMergeNode feFlood
        feComposite image
        """);

    private static readonly HashSet<string> Math = Words("""
        semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder mover
        munderover mmultiscripts mprescripts mtable mtr mtd menclose
        """);

    private static readonly HashSet<string> Void = Words("br col hr img input wbr");
    private static readonly HashSet<string> Loose = Words("p li td th tr tbody thead tfoot dt dd colgroup rp rt");
    private static readonly HashSet<string> Raw =
        Words("script style iframe object embed template noscript noembed noframes textarea select title xmp math-field audio video "
            + "canvas head");

    private static readonly HashSet<string> Attributes = Words("""
        class id title lang dir role colspan rowspan scope headers width height align alt open start reversed value type checked disabled
        datetime cite tabindex min max low high optimum span abbr style href src name
        """);

    public static bool Allows(string element, bool foreign) =>
        Html.Contains(element) || (foreign && (Svg.Contains(element) || Math.Contains(element))
            && !element.Equals("style", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether what stands inside a refused element goes with it.</summary>
    public static bool HoldsNoText(string element) => Raw.Contains(element);

    public static bool IsVoid(string element) => Void.Contains(element);

    /// <summary>Elements whose end tag HTML lets one leave out.</summary>
    public static bool ClosesItself(string element) => Loose.Contains(element);

    public static bool Allows(string element, string attribute, string value, bool foreign)
    {
        if (!AttributeName().IsMatch(attribute) || attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase)) return false;
        string name = attribute.ToLowerInvariant();
        if (name is "href" or "xlink:href" or "src" or "srcset" or "action" or "formaction" or "data" or "poster" or "background")
            return AllowsAddress(element, name, value, foreign);
        if (name == "style") return HarmlessStyle(value);
        if (value.Contains("url(", StringComparison.OrdinalIgnoreCase) && !LocalUrl().IsMatch(value)) return false;
        return foreign || Attributes.Contains(name) || name.StartsWith("aria-", StringComparison.Ordinal)
            || name.StartsWith("data-", StringComparison.Ordinal);
    }

    private static bool AllowsAddress(string element, string attribute, string value, bool foreign)
    {
        string address = new([.. value.Where(c => c > ' ')]);
        if (element.Equals("img", StringComparison.OrdinalIgnoreCase) || element.Equals("image", StringComparison.OrdinalIgnoreCase))
            return attribute is "src" or "href" or "xlink:href" && DataImage().IsMatch(address);
        if (attribute is not ("href" or "xlink:href")) return false;
        if (address.StartsWith('#')) return true;
        return !foreign && element.Equals("a", StringComparison.OrdinalIgnoreCase)
            && (WebAddress().IsMatch(address) || !address.Split('/', '?', '#')[0].Contains(':'));
    }

    private static bool HarmlessStyle(string value) =>
        !value.Contains('\\') && !value.Contains("expression", StringComparison.OrdinalIgnoreCase) && !value.Contains('@')
        && !value.Contains("position", StringComparison.OrdinalIgnoreCase) && !FetchingFunction().IsMatch(value)
        && (!value.Contains("url(", StringComparison.OrdinalIgnoreCase) || LocalUrl().IsMatch(value));

    private static HashSet<string> Words(string text) =>
        new(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    // Functions of CSS that fetch without url(): a style may not name any of them.
    [GeneratedRegex(@"(image|image-set|cross-fade|src|element)\s*\(|/\*", RegexOptions.IgnoreCase)]
    private static partial Regex FetchingFunction();

    [GeneratedRegex(@"^[A-Za-z_][\w:.-]*$")]
    private static partial Regex AttributeName();

    [GeneratedRegex(@"^(?:(?!url\().)*(?:url\(\s*['""]?#[\w-]+['""]?\s*\)(?:(?!url\().)*)*$", RegexOptions.IgnoreCase)]
    private static partial Regex LocalUrl();

    [GeneratedRegex(@"^data:image/(png|jpeg|gif|webp|svg\+xml)(;charset=[\w-]+)?[;,]", RegexOptions.IgnoreCase)]
    private static partial Regex DataImage();

    [GeneratedRegex(@"^(https?://|mailto:|doi:)", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();
}
