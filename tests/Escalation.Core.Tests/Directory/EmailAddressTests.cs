using Escalation.Core.Directory;

namespace Escalation.Core.Tests.Directory;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("rosa@oak-primary.example.org")]
    [InlineData("Rosa.Raiser+sand_well@EXAMPLE.org")]
    [InlineData("o'brien@example.co.uk")]
    [InlineData("zoë@example.org")]
    [InlineData("zoe@schüle.example")]
    [InlineData("a@b.cd")]
    [InlineData("1@2.a3")]
    public void What_every_mailer_can_send_to_is_usable(string address) => Assert.True(EmailAddress.IsUsable(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rosa")]
    [InlineData("@example.org")]
    [InlineData("rosa@")]
    [InlineData("rosa@example")]
    [InlineData("rosa@@example.org")]
    [InlineData("rosa@example..org")]
    [InlineData("rosa@.example.org")]
    [InlineData("rosa@example.org.")]
    [InlineData("rosa@-example.org")]
    [InlineData("rosa@exa_mple.org")]
    [InlineData("rosa@127.0.0.1")]
    [InlineData("rosa@[127.0.0.1]")]
    [InlineData(".rosa@example.org")]
    [InlineData("rosa.@example.org")]
    [InlineData("ro..sa@example.org")]
    [InlineData("rosa raiser@example.org")]
    [InlineData("\"rosa raiser\"@example.org")]
    [InlineData("rosa(comment)@example.org")]
    [InlineData("Rosa <rosa@example.org>")]
    [InlineData("rosa@example.org,robin@example.org")]
    [InlineData("rosa@example.org;")]
    [InlineData("mailto:rosa@example.org")]
    [InlineData("rosa@example.org\r\nBcc: eve@example.org")]
    [InlineData("rosa\u200b@example.org")]
    [InlineData(" rosa@example.org")]
    public void What_some_mailer_cannot_send_to_is_not(string? address) => Assert.False(EmailAddress.IsUsable(address));

    [Fact]
    public void The_longest_parts_are_usable_and_one_more_character_is_not()
    {
        var domain = $"{new string('d', 61)}.{new string('e', 61)}.{new string('f', 62)}.uk";
        Assert.True(EmailAddress.IsUsable($"{new string('a', 64)}@{domain}"));
        Assert.False(EmailAddress.IsUsable($"{new string('a', 65)}@{domain}"));
        Assert.False(EmailAddress.IsUsable($"{new string('a', 64)}@d{domain}"));
        Assert.False(EmailAddress.IsUsable($"a@{new string('d', 64)}.uk"));
    }
}
