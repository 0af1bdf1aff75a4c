using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>
/// KaTeX in a Node process: equations are set while the page is written, so that the page needs no script for them and never shows
/// raw LaTeX. What KaTeX does not know, or cannot set in ten seconds, is left to the caller.
/// </summary>
internal sealed partial class KatexProcess : IDisposable
{
    // A line of JSON in, a line of JSON out: the equation as HTML, or null when KaTeX refuses it.
    private const string Program = """
        const katex = require(process.argv[1]);
        require('readline').createInterface({ input: process.stdin }).on('line', line => {
          const { latex, display } = JSON.parse(line);
          let html = null;
          try {
            const options = { displayMode: display, throwOnError: true, strict: 'ignore', trust: false, maxExpand: 200 };
            html = katex.renderToString(latex, options);
          } catch { }
          process.stdout.write(JSON.stringify(html) + '\n');
        });
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("neuronotebooks-katex-");
    private readonly Dictionary<(string, bool), string?> known = [];
    private Process? node;

    private KatexProcess(byte[] script)
    {
        string file = Path.Combine(folder.FullName, "katex.js");
        File.WriteAllBytes(file, script);
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])["-e", Program, "--", file]) start.ArgumentList.Add(argument);
        node = Process.Start(start)!;
        node.ErrorDataReceived += (_, _) => { };
        node.BeginErrorReadLine();
    }

    /// <summary>Starts it; null when there is no Node, or no KaTeX.</summary>
    public static KatexProcess? Start(ObtainedPackage? katex)
    {
        if (katex is null || !katex.Files.TryGetValue("dist/katex.min.js", out byte[]? script)) return null;
        try
        {
            return new(script);
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>An equation as HTML with MathML for screen readers; null when KaTeX cannot set it.</summary>
    public string? Set(string latex, bool display)
    {
        if (known.TryGetValue((latex, display), out string? html)) return html;
        // Jupyter numbers no equation, so neither do the pages; KaTeX numbers environments without a star.
        string unnumbered = Numbered().Replace(latex, "$1{$2*}");
        return known[(latex, display)] = node is null ? null : Ask(node, new JsonObject { ["latex"] = unnumbered, ["display"] = display });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        folder.Delete(recursive: true);
    }

    private string? Ask(Process process, JsonObject question)
    {
        try
        {
            process.StandardInput.WriteLine(question.ToJsonString());
            process.StandardInput.Flush();
            Task<string?> answer = process.StandardOutput.ReadLineAsync();
            if (answer.Wait(Patience) && answer.Result is { } line) return JsonSerializer.Deserialize<string?>(line);
        }
        catch (Exception e) when (e is IOException or AggregateException or JsonException)
        {
            // It ended or speaks nonsense: the rest goes without it.
        }
        Stop();
        return null;
    }

    private void Stop()
    {
        if (node is null) return;
        if (!node.HasExited) node.Kill(entireProcessTree: true);
        node.WaitForExit();
        node.Dispose();
        node = null;
    }

    [GeneratedRegex(@"(\\begin|\\end)\{(equation|align|alignat|gather)\}")]
    private static partial Regex Numbered();
}
