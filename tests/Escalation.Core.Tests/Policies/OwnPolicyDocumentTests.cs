using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

public sealed class OwnPolicyDocumentTests
{
    [Fact]
    public void A_version_below_1000_is_the_programs_own() =>
        Assert.Equal(
            ["own: version must be 1000 or more: lower numbers are the program's own"],
            Faults(OwnDocument.OfEssex(999))
        );

    [Fact]
    public void A_document_that_comes_with_the_program_passes() =>
        Assert.Equal(
            Sample.Policy("suffolk").Hash,
            OwnPolicyDocument.Read("own", PolicyDocument.BytesOf(Sample.Policy("suffolk")).Span).Policy!.Hash
        );

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_document()
    {
        var document = Encoding.UTF8.GetBytes(OwnDocument.OfEssex());
        byte[] marked = [0xEF, 0xBB, 0xBF, .. document];
        Assert.Equal(
            OwnPolicyDocument.Read("own", document).Policy!.Hash,
            OwnPolicyDocument.Read("own", marked).Policy!.Hash
        );
    }

    [Fact]
    public void A_document_over_256_KB_is_not_looked_at() =>
        Assert.Equal(
            ["own: document must be 256 KB at the most"],
            Faults(OwnDocument.OfEssex() + new string(' ', OwnPolicyDocument.MostBytes))
        );

    [Fact]
    public void Every_text_and_list_that_is_too_long_is_told()
    {
        var faults = Faults(
            OwnDocument.OfEssex(
                1000,
                d =>
                {
                    d["purpose"] = new string('x', 2_001);
                    d["stages"]![1]!["instruction"] = new string('x', 2_001);
                    d["guidance"] = new JsonArray([.. Enumerable.Range(0, 101).Select(i => (JsonNode)$"{i}")]);
                }
            )
        );
        Assert.Equal(
            [
                "own: guidance must have 100 entries at the most",
                "own: purpose must be 2,000 characters at the most",
                "own: stages[1].instruction must be 2,000 characters at the most",
            ],
            faults.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("all")]
    [InlineData("other")]
    [InlineData("other-agency")]
    [InlineData("raising")]
    [InlineData("receiving")]
    [InlineData("reporting")]
    [InlineData("parties")]
    [InlineData("partnership")]
    [InlineData("missing")]
    public void A_partnership_cannot_be_named_by_a_word_that_means_something_else(string partnership) =>
        Assert.Equal(
            [
                "own: partnership must not be all, missing, other, parties, partnership, raising, receiving, reporting "
                    + "or begin with other-",
            ],
            Faults(OwnDocument.OfEssex(1000, d => d["partnership"] = partnership))
        );

    [Fact]
    public void A_policy_cannot_have_the_address_of_the_page_that_adds_one() =>
        Assert.Equal(["own: id must not be add"], Faults(OwnDocument.OfEssex(1000, d => d["id"] = "add")));

    [Theory]
    [InlineData("", "document must be JSON")]
    [InlineData("[", "document must be JSON")]
    [InlineData("null", "document must be an object")]
    [InlineData("\"\\ud800\"", "document must")]
    public void What_is_no_document_is_told_as_such(string text, string reason) =>
        Assert.Contains(reason, Assert.Single(Faults(text)), StringComparison.Ordinal);

    private static IEnumerable<string> Faults(string document) =>
        OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(document)).Errors.Select(e => e.ToString());
}
