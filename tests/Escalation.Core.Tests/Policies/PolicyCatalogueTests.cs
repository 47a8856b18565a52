using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

public sealed class PolicyCatalogueTests
{
    private static readonly Policy Sandwell = Sample.Policy("sandwell");

    private static readonly PolicyCatalogue BuiltIn = PolicyCatalogue.BuiltIn;

    [Fact]
    public void A_hash_finds_its_version_and_an_unknown_one_finds_nothing()
    {
        var sefton = BuiltIn.Find("sefton")!;
        Assert.Same(sefton, BuiltIn.FindByHash(sefton.Hash));
        Assert.Null(BuiltIn.FindByHash(new string('0', 64)));
        Assert.Null(BuiltIn.Find("nowhere"));
    }

    [Fact]
    public void A_document_read_again_from_its_stored_bytes_has_the_same_hash()
    {
        foreach (var policy in BuiltIn.All)
            Assert.Equal(policy.Hash, PolicyDocument.Read("stored", PolicyDocument.BytesOf(policy).Span).Policy!.Hash);
    }

    [Fact]
    public void A_higher_version_is_used_for_new_cases_and_the_older_stays_at_hand()
    {
        var own = Changed("sandwell", d => d["version"] = 1000);
        var catalogue = BuiltIn.With(own).Catalogue;
        Assert.Same(own, catalogue.Find("sandwell"));
        Assert.Equal(8, catalogue.All.Count);
        Assert.Same(Sandwell, catalogue.FindByHash(Sandwell.Hash));
        Assert.Same(Sandwell, BuiltIn.Find("sandwell"));
    }

    [Fact]
    public void An_older_version_added_later_stays_behind()
    {
        var newer = Changed("sandwell", d => d["version"] = 13);
        var older = Changed("sandwell", d => d["version"] = 12);
        var catalogue = BuiltIn.With(newer).Catalogue.With(older).Catalogue;
        Assert.Same(newer, catalogue.Find("sandwell"));
        Assert.Same(older, catalogue.FindByHash(older.Hash));
    }

    [Fact]
    public void The_same_document_added_again_changes_nothing() =>
        Assert.Same(BuiltIn, BuiltIn.With(BuiltIn.Find("suffolk")!).Catalogue);

    [Fact]
    public void Other_content_under_a_version_that_exists_is_refused_and_changes_nothing() =>
        Refused(
            Changed("sandwell", d => d["name"] = "Another name"),
            $"sandwell@{Sandwell.Version}",
            "version",
            $"must be a new number: version {Sandwell.Version} exists with other content"
        );

    [Fact]
    public void Another_partnership_cannot_take_a_policys_id() =>
        Refused(
            Changed(
                "sandwell",
                d =>
                {
                    d["version"] = 1000;
                    d["partnership"] = "elsewhere";
                }
            ),
            "sandwell@1000",
            "partnership",
            "must be sandwell, whose policy sandwell is"
        );

    [Fact]
    public void Another_partnership_cannot_take_a_reference_prefix() =>
        Refused(
            Changed(
                "sandwell",
                d =>
                {
                    d["id"] = "elsewhere";
                    d["partnership"] = "elsewhere";
                }
            ),
            $"elsewhere@{Sandwell.Version}",
            "referencePrefix",
            "must be one for each partnership: sandwell has SAN"
        );

    [Fact]
    public void A_partnership_cannot_have_two_reference_prefixes() =>
        Refused(
            Changed(
                "sandwell",
                d =>
                {
                    d["id"] = "sandwell-two";
                    d["referencePrefix"] = "SWT";
                }
            ),
            $"sandwell-two@{Sandwell.Version}",
            "referencePrefix",
            "must be one for each partnership: sandwell has SAN"
        );

    [Fact]
    public void A_new_partnership_with_its_own_prefix_is_added()
    {
        var added = BuiltIn.With(
            Changed(
                "sandwell",
                d =>
                {
                    d["id"] = "elsewhere";
                    d["partnership"] = "elsewhere";
                    d["referencePrefix"] = "ELS";
                }
            )
        );
        Assert.Empty(added.Refusals);
        Assert.Equal(9, added.Catalogue.All.Count);
    }

    private static void Refused(Policy policy, string file, string field, string reason)
    {
        var added = BuiltIn.With(policy);
        Assert.Equal(new PolicyError(file, field, reason), added.Refusals[0]);
        Assert.Same(BuiltIn, added.Catalogue);
    }

    private static Policy Changed(string id, Action<JsonNode> change)
    {
        var document = JsonNode.Parse(PolicyDocument.BytesOf(BuiltIn.Find(id)!).Span)!;
        change(document);
        return PolicyDocument.Read("changed", Encoding.UTF8.GetBytes(document.ToJsonString())).Policy!;
    }
}
