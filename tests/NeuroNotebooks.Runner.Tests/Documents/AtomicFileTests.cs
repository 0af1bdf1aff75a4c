using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Documents;

public class AtomicFileTests
{
    [Fact]
    public void A_save_replaces_the_file_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("n.ipynb", "old");
        AtomicFile.Write(file, "new ü");
        Assert.Equal("new ü"u8.ToArray(), File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_link_stays_a_link_and_rights_stay_as_they_were()
    {
        if (OperatingSystem.IsWindows()) return;            // links and modes are another matter there
        using var folder = new TemporaryFolder();
        string file = folder.Write("real.ipynb", "old"), link = folder.File("link.ipynb");
        File.CreateSymbolicLink(link, file);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(file, mode);
        AtomicFile.Write(link, "new");
        Assert.Equal("new", File.ReadAllText(file));
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
        Assert.Equal(mode, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "none", "n.ipynb");
        var error = Assert.Throws<SaveException>(() => AtomicFile.Write(file, "text"));
        Assert.Contains($"the folder {Path.Combine(folder.Path, "none")} does not exist", error.Message);
    }

    [Fact]
    public void A_folder_of_that_name_is_told_and_the_temporary_file_is_gone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("n.ipynb"));
        var error = Assert.Throws<SaveException>(() => AtomicFile.Write(folder.File("n.ipynb"), "text"));
        Assert.Contains("a folder has that name", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    public static TheoryData<int, string> SystemErrors => new()
    {
        { 28, "the disk is full" },                                     // ENOSPC
        { unchecked((int)0x80070070), "the disk is full" },             // ERROR_DISK_FULL
        { unchecked((int)0x80070020), "another program has it open" },  // ERROR_SHARING_VIOLATION
        { unchecked((int)0x80070021), "another program has it open" },  // ERROR_LOCK_VIOLATION
        { 5, "input/output error" },                                    // EIO: the system's own words
    };

    [Theory, MemberData(nameof(SystemErrors))]
    public void A_failing_disk_leaves_the_old_file_and_a_readable_reason(int code, string reason)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("n.ipynb", "old");
        var error = Assert.Throws<SaveException>(() =>
            AtomicFile.Write(file, [1, 2, 3], path => throw new IOException(File.Exists(path) ? "left over" : "input/output error", code)));
        Assert.Contains(reason, error.Message);
        Assert.Contains("untouched", error.Message);
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_disk_that_fills_up_half_way_leaves_no_piece()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("n.ipynb", "old");
        Assert.Throws<SaveException>(() => AtomicFile.Write(file, new byte[100_000], path => new FillingStream(path)));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_read_only_folder_is_told()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<SaveException>(() =>
            AtomicFile.Write(folder.File("n.ipynb"), [1], _ => throw new UnauthorizedAccessException("denied")));
        Assert.Contains("read-only for you", error.Message);
    }

    [Fact]
    public void What_a_killed_save_left_is_removed_by_the_next_one()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.ipynb");
        string left = folder.Write($".n.ipynb.{int.MaxValue}-1.tmp", "half"), running = folder.Write(".n.ipynb.1-1.tmp", "half");
        AtomicFile.Write(file, "new");
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(running), "process 1 runs: its file is its own");
    }

    private sealed class FillingStream(string path) : FileStream(path, FileMode.Create)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..1000]);
            throw new IOException("No space left on device", 28);
        }
    }
}
