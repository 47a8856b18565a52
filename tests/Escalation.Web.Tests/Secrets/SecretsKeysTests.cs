using System.Security.Cryptography;
using Escalation.Web.Secrets;

namespace Escalation.Web.Tests.Secrets;

public sealed class SecretsKeysTests
{
    private const string Place = "secret/intake",
        Secret = "a secret: £";
    private readonly byte[] _key = SecretsKeys.NewKey();

    [Fact]
    public void What_was_sealed_is_opened_at_its_place_and_each_seal_is_another_text()
    {
        var keys = new SecretsKeys(_key);
        var text = keys.Seal(Place, Secret);

        Assert.Equal(Secret, keys.Open(Place, text));
        Assert.NotEqual(text, keys.Seal(Place, Secret));
        Assert.Equal(keys.Name, SecretsKeys.SealedBy(text));
        Assert.DoesNotContain(Convert.ToHexStringLower(_key)[..8], text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_not_opened_at_another_place_with_another_key_or_altered()
    {
        var keys = new SecretsKeys(_key);
        var text = keys.Seal(Place, Secret);
        var start = text.LastIndexOf(':') + 1;
        var bytes = Convert.FromBase64String(text[start..]);
        bytes[^1] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => keys.Open("secret/link-keys", text));
        Assert.ThrowsAny<CryptographicException>(() => new SecretsKeys(SecretsKeys.NewKey()).Open(Place, text));
        Assert.ThrowsAny<CryptographicException>(() => keys.Open(Place, text[..start] + Convert.ToBase64String(bytes)));
        Assert.ThrowsAny<CryptographicException>(() => keys.Open(Place, text[..start] + "c2hvcnQ="));
        Assert.ThrowsAny<CryptographicException>(() => keys.Open(Place, Secret));
    }

    [Fact]
    public void The_first_of_several_keys_seals_and_all_of_them_open()
    {
        var old = new SecretsKeys(_key);
        var both = new SecretsKeys(SecretsKeys.NewKey(), _key);

        Assert.Equal(Secret, both.Open(Place, old.Seal(Place, Secret)));
        Assert.Equal(both.Names.First(), SecretsKeys.SealedBy(both.Seal(Place, Secret)));
        Assert.ThrowsAny<CryptographicException>(() => old.Open(Place, both.Seal(Place, Secret)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("""{"current":"AAAA","previous":null}""")]
    [InlineData("<key id=\"a:b\" xmlns:x=\"c\" />")]
    public void What_is_not_sealed_is_told_from_what_is(string text) => Assert.Null(SecretsKeys.SealedBy(text));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new SecretsKeys(new byte[length]));
}
