using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>axe-core, the checker of accessibility, pinned and checked by hash as the pages' own packages are.</summary>
internal static class Axe
{
    private static readonly Lazy<ObtainedPackage> Obtained = new(() => PackageCache.OfUser().Obtain(new("axe-core", "4.14.1",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==", ["axe.min.js"])));

    /// <summary>Why it cannot be had here; null when it can.</summary>
    public static string? Missing => Obtained.Value.Reason;

    public static string Script => Encoding.UTF8.GetString(Obtained.Value.Files["axe.min.js"]);

    /// <summary>What the checker finds of serious or critical impact, a line each; the page was opened with <see cref="Script"/> in it.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        JsonElement found = (await page.EvaluateAsync<JsonElement?>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(rule => ['serious', 'critical'].includes(rule.impact))
              .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
            """))!.Value;
        return [.. found.EnumerateArray().Select(line => line.GetString()!)];
    }
}
