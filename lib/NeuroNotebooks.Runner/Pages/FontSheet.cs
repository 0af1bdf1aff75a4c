using System.Text;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>
/// Style sheets with their fonts inside. A browser may take every file of a folder for a foreign site, and then refuses a font beside
/// the page, but not one in the sheet.
/// </summary>
internal static partial class FontSheet
{
    /// <summary>A sheet of a package: each face whose WOFF2 file was obtained, with that file as data; other faces are left out.</summary>
    /// <param name="package">The package.</param>
    /// <param name="sheet">The sheet's path in it.</param>
    public static string Inline(ObtainedPackage package, string sheet)
    {
        string folder = sheet[..(sheet.LastIndexOf('/') + 1)];
        string css = Comment().Replace(Encoding.UTF8.GetString(package.Files[sheet]), "");
        return Face().Replace(css, face =>
        {
            if (Source().Match(face.Value) is not { Success: true } source
                || !package.Files.TryGetValue(folder + source.Groups[1].Value, out byte[]? font)) return "";
            string data = $"src:url(data:font/woff2;base64,{Convert.ToBase64String(font)}) format(\"woff2\")";
            return Sources().Replace(face.Value, data);
        }).Trim() + "\n";
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@font-face\s*\{[^}]*\}")]
    private static partial Regex Face();

    [GeneratedRegex(@"url\(['""]?(?:\./)?([\w./-]+\.woff2)['""]?\)")]
    private static partial Regex Source();

    [GeneratedRegex(@"src:[^;}]*")]
    private static partial Regex Sources();
}
