using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>A browser and two galleries of one paper as it was saved: one with its packages, one that could obtain none.</summary>
public sealed class GalleryFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("gallery-").FullName;

    public const string Paper = "competition-ei";

    public Browser Browser { get; } = new();

    public string Full => Path.Combine(folder, "full");

    public string Bare => Path.Combine(folder, "bare");

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        Directory.CreateDirectory(Full);
        Directory.CreateDirectory(Bare);
        if (Tools.Missing(["packages"]) is null) SavedGallery.Write(Full, PackageCache.OfUser(), SavedGallery.Paper(Paper));
        SavedGallery.Write(Bare, PackageCache.None, SavedGallery.Paper(Paper));
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
