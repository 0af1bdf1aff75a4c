using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Jupyter;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

public class KernelMessageTests
{
    private static readonly MessageSigner Signer = new("key"u8.ToArray());

    [Fact]
    public void A_signature_is_that_of_the_well_known_example() =>
        // HMAC-SHA256 of this sentence with the key "key", as in the examples of RFC implementations; here it comes in four parts
        Assert.Equal("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8", Encoding.ASCII.GetString(
            Signer.Sign("The quick "u8.ToArray(), "brown fox "u8.ToArray(), "jumps over "u8.ToArray(), "the lazy dog"u8.ToArray())));

    [Fact]
    public void A_signature_holds_for_its_parts_alone()
    {
        byte[] signature = Signer.Sign([1], [2]);
        Assert.True(Signer.Verify(signature, [1], [2]));
        Assert.False(Signer.Verify(signature, [1], [3]));
        Assert.False(Signer.Verify(signature.AsSpan(0, signature.Length - 1), [1], [2]));
        Assert.False(Signer.Verify([], [1], [2]));
        Assert.False(new MessageSigner("other"u8.ToArray()).Verify(signature, [1], [2]));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_all_is_believed()
    {
        var open = new MessageSigner([]);
        Assert.Empty(open.Sign([1]));
        Assert.True(open.Verify([9, 9], [1]));
    }

    [Fact]
    public void A_message_that_was_written_is_read_again()
    {
        var written = Message();
        var read = KernelMessage.Read(written.Frames(Signer), Signer);
        Assert.Equal(("execute_request", "é🧠"), (read.Type, (string?)read.Content["code"]));
        Assert.Equal("client"u8.ToArray(), Assert.Single(read.Identities));
        Assert.Equal(written.Header, read.Header);
        Assert.Equal("{\"msg_id\":\"p\"}", Encoding.UTF8.GetString(read.ParentHeader));
    }

    [Fact]
    public void Buffers_behind_the_content_are_passed_over() =>
        Assert.Equal("execute_request", KernelMessage.Read([.. Message().Frames(Signer), [0, 1, 2], []], Signer).Type);

    [Theory]
    [InlineData("[]", "{}", "no JSON object")]
    [InlineData("{", "{}", "not JSON")]
    [InlineData("{}", "{}", "names no msg_type")]
    [InlineData("{\"msg_type\":3,\"msg_id\":\"a\"}", "{}", "names no msg_type")]
    [InlineData("{\"msg_type\":\"x\"}", "{}", "holds no msg_id")]
    [InlineData("{\"msg_type\":\"x\",\"msg_type\":\"y\",\"msg_id\":\"a\"}", "{}", "not JSON")]
    [InlineData("{\"msg_type\":\"x\",\"msg_id\":\"a\"}", "{\"code\":\"\\ud800\"}", "not JSON")]
    [InlineData("{\"msg_type\":\"x\",\"msg_id\":\"a\"}", "null", "no JSON object")]
    public void What_is_signed_and_yet_no_message_says_what_is_wrong(string header, string content, string reason)
    {
        byte[][] parts = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), Encoding.UTF8.GetBytes(content)];
        var error = Assert.Throws<MalformedMessageException>(() => KernelMessage.Read(["<IDS|MSG>"u8.ToArray(), Signer.Sign(parts), .. parts], Signer));
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Too_many_frames_and_too_few_are_refused()
    {
        Assert.Contains("300 frames", Assert.Throws<MalformedMessageException>(() => KernelMessage.Read([.. Enumerable.Repeat(Array.Empty<byte>(), 300)], Signer)).Message);
        Assert.Contains("ends before", Assert.Throws<MalformedMessageException>(() => KernelMessage.Read(["<IDS|MSG>"u8.ToArray(), []], Signer)).Message);
        Assert.Contains("no <IDS|MSG>", Assert.Throws<MalformedMessageException>(() => KernelMessage.Read([], Signer)).Message);
    }

    [Fact]
    public void A_deeply_nested_content_is_refused()
    {
        byte[][] parts = ["{\"msg_type\":\"x\",\"msg_id\":\"a\"}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(),
            Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}")];
        Assert.Throws<MalformedMessageException>(() => KernelMessage.Read(["<IDS|MSG>"u8.ToArray(), Signer.Sign(parts), .. parts], Signer));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Five_thousand_mutated_messages_are_read_or_refused_with_a_reason(bool hasKey)
    {
        var signer = hasKey ? Signer : new MessageSigner([]);
        var frames = Message().Frames(signer);
        var random = new Random(7);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5_000; i++)
        {
            var changed = Mutations.Frames(frames, random);
            try
            {
                Assert.NotEmpty(KernelMessage.Read(changed, signer).Type);
            }
            catch (MalformedMessageException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000 * 256 * 1024);
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("abc", 2, 2)]
    [InlineData("🧠b", 1, 2)]
    [InlineData("a🧠🧠b", 3, 5)]
    public void Code_points_and_characters_are_counted_both_ways(string text, int codePoints, int index)
    {
        Assert.Equal(index, CodePoints.Index(text, codePoints));
        Assert.Equal(codePoints, CodePoints.Count(text, index));
    }

    [Fact]
    public void A_cursor_beyond_the_text_is_at_its_end()
    {
        Assert.Equal(3, CodePoints.Index("abc", int.MaxValue));
        Assert.Equal(0, CodePoints.Index("abc", -5));
    }

    private static KernelMessage Message() => KernelMessage.New(
        ["client"u8.ToArray()], "execute_request", "session", "{\"msg_id\":\"p\"}"u8.ToArray(),
        new JsonObject { ["code"] = "é🧠", ["silent"] = false }, DateTimeOffset.UnixEpoch);
}
