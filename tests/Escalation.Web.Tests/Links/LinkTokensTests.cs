using System.Buffers.Text;
using System.Security.Cryptography;
using Escalation.Core.Cases;
using Escalation.Web.Tokens;

namespace Escalation.Web.Tests.Links;

public sealed class LinkTokensTests
{
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)9, 32)];
    private static readonly LinkClaims Claims = new(
        "SAN-7K3M-Q9XA",
        "1",
        "oak-primary/lineManager",
        Side.Raising,
        LinkAction.Outcome
    );
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static TheoryData<string, string, string, Side, LinkAction> Every()
    {
        var data = new TheoryData<string, string, string, Side, LinkAction>();
        foreach (var side in Enum.GetValues<Side>())
        foreach (var action in Enum.GetValues<LinkAction>())
            data.Add("SAN-7K3M-Q9XA", "informal", "intake/receivedBy.0", side, action);
        data.Add("BW-00000000", "pre", "agence-é/ü", Side.Raising, LinkAction.Outcome);
        return data;
    }

    [Theory, MemberData(nameof(Every))]
    public void Read_gives_back_what_Make_was_given(
        string reference,
        string stage,
        string contact,
        Side side,
        LinkAction action
    )
    {
        var tokens = new LinkTokens(new LinkKeys(New, null));
        var claims = new LinkClaims(reference, stage, contact, side, action);
        Assert.Equal(claims, Assert.IsType<LinkReading.Signed>(tokens.Read(tokens.Make(claims))).Claims);
    }

    [Fact]
    public void Read_refuses_every_token_with_one_character_changed()
    {
        var tokens = new LinkTokens(new LinkKeys(New, null));
        var good = tokens.Make(Claims);
        for (var i = 0; i < good.Length; i++)
            foreach (var letter in Letters.Where(l => l != good[i]))
                Assert.IsType<LinkReading.Bad>(tokens.Read(good[..i] + letter + good[(i + 1)..]));
    }

    [Fact]
    public void Read_refuses_every_token_with_a_character_missing_or_added()
    {
        var tokens = new LinkTokens(new LinkKeys(New, null));
        var good = tokens.Make(Claims);
        for (var i = 0; i < good.Length; i++)
        {
            Assert.IsType<LinkReading.Bad>(tokens.Read(good.Remove(i, 1)));
            Assert.IsType<LinkReading.Bad>(tokens.Read(good.Insert(i, "A")));
            Assert.IsType<LinkReading.Bad>(tokens.Read(good[..i]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("====")]
    [InlineData("not a token")]
    [InlineData("%00")]
    [InlineData("../../etc/passwd")]
    public void Read_refuses_what_was_never_a_token(string text) =>
        Assert.IsType<LinkReading.Bad>(new LinkTokens(new LinkKeys(New, null)).Read(text));

    [Fact]
    public void Read_refuses_a_padded_token_and_one_with_a_space_in_it()
    {
        var tokens = new LinkTokens(new LinkKeys(New, null));
        var good = tokens.Make(Claims);
        Assert.IsType<LinkReading.Bad>(tokens.Read(good + "="));
        Assert.IsType<LinkReading.Bad>(tokens.Read(good.Insert(8, " ")));
        Assert.IsType<LinkReading.Bad>(tokens.Read(good + "\n"));
    }

    /// <summary>Whoever knows the format can make everything but the tag.</summary>
    [Fact]
    public void Read_refuses_other_claims_under_a_good_tag()
    {
        var tokens = new LinkTokens(new LinkKeys(New, null));
        var bytes = Base64Url.DecodeFromChars(tokens.Make(Claims));
        for (var bit = 0; bit < (bytes.Length - 4) * 8; bit++)
        {
            var altered = bytes.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            SHA256.HashData(altered.AsSpan(0, altered.Length - 4))[..4].CopyTo(altered, altered.Length - 4);
            Assert.IsNotType<LinkReading.Signed>(tokens.Read(Base64Url.EncodeToString(altered)));
        }
    }

    [Fact]
    public void After_a_rotation_old_links_work_and_new_ones_bear_the_new_key()
    {
        var before = new LinkTokens(new LinkKeys(Old, null));
        var after = new LinkTokens(new LinkKeys(New, Old));
        Assert.IsType<LinkReading.Signed>(after.Read(before.Make(Claims)));
        Assert.Equal(new LinkTokens(new LinkKeys(New, null)).Make(Claims), after.Make(Claims));
    }

    [Fact]
    public void After_retirement_an_old_link_is_told_apart_from_a_damaged_one()
    {
        var old = new LinkTokens(new LinkKeys(Old, null)).Make(Claims);
        var now = new LinkTokens(new LinkKeys(New, null));
        Assert.IsType<LinkReading.Retired>(now.Read(old));
        Assert.IsType<LinkReading.Bad>(now.Read(old[..^1] + (old[^1] == 'A' ? 'B' : 'A')));
    }

    [Fact]
    public void Make_gives_another_token_for_another_case_stage_contact_side_or_action()
    {
        var tokens = new LinkTokens(new LinkKeys(New, null));
        LinkClaims[] all =
        [
            Claims,
            Claims with
            {
                Reference = "SAN-7K3M-Q9XB",
            },
            Claims with
            {
                Stage = "2",
            },
            Claims with
            {
                Contact = "oak-primary/x",
            },
            Claims with
            {
                Side = Side.Receiving,
            },
            Claims with
            {
                Action = LinkAction.Confirm,
            },
        ];
        Assert.Equal(all.Length, all.Select(tokens.Make).Distinct().Count());
    }

    [Fact]
    public void A_key_shorter_than_32_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => new LinkTokens(new LinkKeys(new byte[16], null)));
}
