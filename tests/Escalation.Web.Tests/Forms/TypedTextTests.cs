using Escalation.Web.Forms;

namespace Escalation.Web.Tests.Forms;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData(" rosa@example.org\t")]
    [InlineData("\u200brosa@example.org\ufeff")]
    [InlineData("\u00a0rosa@example.org\r\n")]
    [InlineData("\u202arosa@example.org\u202c")]
    public void What_people_paste_along_is_trimmed(string pasted) =>
        Assert.Equal("rosa@example.org", TypedText.Trim(pasted));

    [Theory]
    [InlineData("a\u200bb")]
    [InlineData("\u202ea")]
    [InlineData("a b")]
    public void What_is_seen_or_stands_inside_stays(string text) => Assert.Equal(text, TypedText.Trim(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u200b\r\n")]
    public void Nothing_typed_is_nothing(string? text) => Assert.Null(TypedText.OrNull(text));
}
