using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>The ways from one policy to another: only what is there can be named.</summary>
public sealed class PolicyWaysTests
{
    public static TheoryData<string, Action<JsonNode>, Action<JsonNode>> Faults =>
        new()
        {
            {
                "stages[1].leadsTo[0].policy must be another policy of the partnership, one of essex-plans; did you mean essex-plans?",
                d => LedCase.Lead(d, "2", "essex-plan"),
                _ => { }
            },
            {
                "elsewhere[0].policy must be another policy of the partnership, one of essex-plans",
                d => Elsewhere(d, "sandwell"),
                _ => { }
            },
            {
                "stages[1].leadsTo[0].policy must be for everybody whom this stage may lead there: essex-plans is not for family",
                _ => { },
                d => d["parties"]!["personKinds"] = new JsonArray("child")
            },
            {
                "stages[1].leadsTo[0].policy must have a receiving side exactly where this one has: essex-plans has none",
                _ => { },
                d =>
                {
                    d["parties"]!["receiving"] = false;
                    d["hold"] = null;
                }
            },
            {
                "stages[1].leadsTo[0].stage must be a stage of essex-plans that is for every concern, one of 1, 3, 4, 5",
                d => LedCase.Lead(d, "2", LedCase.Plans, """, "stage": "2" """),
                d => OwnDocument.Stage(d, "2")["unless"] = JsonNode.Parse("""{ "personKinds": ["child"] }""")
            },
            {
                "stages[2].leadsTo[0].policy must make a way of 7 stages at most, not 8: a case keeps room for every one",
                d =>
                {
                    OwnDocument.Stage(d, "2").AsObject().Remove("leadsTo");
                    LedCase.Lead(d, "3", LedCase.Plans);
                },
                _ => { }
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_way_that_leads_nowhere_or_where_not_every_case_can_go_on_is_a_fault(
        string fault,
        Action<JsonNode> from,
        Action<JsonNode> to
    )
    {
        var (policy, other) = (OwnDocument.Read(LedCase.From(from)), OwnDocument.Read(LedCase.To(to)));
        var found = Assert.Single(PolicyWays.Faults(policy, [policy, other]));
        Assert.Equal(fault, $"{found.Field} {found.Reason}");
    }

    [Fact]
    public void A_way_to_where_every_case_can_go_on_is_none_and_built_in_policies_of_others_are_not_looked_at()
    {
        void Both(JsonNode d)
        {
            Elsewhere(d, LedCase.Plans);
            LedCase.Lead(d, "3", LedCase.Plans, """, "stage": "3", "when": { "personKinds": ["child"] }""");
        }
        var (policy, other) = (OwnDocument.Read(LedCase.From(Both)), OwnDocument.Read(LedCase.To()));
        Assert.Empty(PolicyWays.Faults(policy, [.. PolicyCatalogue.BuiltIn.All, other]));
        Assert.Equal(
            ["must not be there: the partnership has no other policy"],
            PolicyWays.Faults(policy, PolicyCatalogue.BuiltIn.All).Select(f => f.Reason).Distinct()
        );
    }

    [Fact]
    public void A_version_that_no_longer_fits_where_another_policy_leads_to_is_a_fault_of_that_version()
    {
        var from = OwnDocument.Read(LedCase.From());
        var to = OwnDocument.Read(LedCase.To(d => d["parties"]!["personKinds"] = new JsonArray("child")));
        var fault = Assert.Single(PolicyWays.Faults(to, [from]));
        Assert.Equal(
            "document must stay fit for essex, whose stage 2 leads here; what it names must be for everybody whom this stage may lead "
                + "there: essex-plans is not for family",
            $"{fault.Field} {fault.Reason}"
        );
        Assert.Empty(PolicyWays.Faults(OwnDocument.Read(LedCase.To()), [from]));
    }

    [Theory]
    [InlineData("essex", "stages[1].leadsTo[0].policy must be another policy than this one")]
    [InlineData("Essex plans", "stages[1].leadsTo[0].policy " + PolicyWords.SlugReason)]
    public void What_a_document_alone_can_tell_is_told_without_the_others(string policy, string fault)
    {
        var reading = OwnPolicyDocument.Read(
            "own",
            System.Text.Encoding.UTF8.GetBytes(LedCase.From(d => LedCase.Lead(d, "2", policy)))
        );
        Assert.Equal($"own: {fault}", Assert.Single(reading.Errors).ToString());
    }

    [Fact]
    public async Task What_leads_to_another_is_stored_after_it_and_never_before()
    {
        var own = new OwnPolicyStore();
        var refused = Assert.IsType<PolicyStoring.Refused>(await own.AddAsync(LedCase.From()));
        Assert.Equal("stages[1].leadsTo[0].policy", Assert.Single(refused.Why).Field);
        Assert.Empty((await PolicyRegister.ReadAsync(own.Store, default)).Versions);
        Assert.IsType<PolicyStoring.Stored>(await own.AddAsync(LedCase.To()));
        Assert.IsType<PolicyStoring.Stored>(await own.AddAsync(LedCase.From()));
        Assert.IsType<PolicyStoring.Known>(await own.AddAsync(LedCase.From()));
        var narrower = LedCase.To(d =>
        {
            d["version"] = 1001;
            d["parties"]!["personKinds"] = new JsonArray("child");
        });
        Assert.IsType<PolicyStoring.Refused>(await own.AddAsync(narrower));
    }

    private static void Elsewhere(JsonNode document, string policy) =>
        document["elsewhere"] = JsonNode.Parse(
            $$"""
            [{ "when": { "natures": ["informationSharing"] }, "text": "Use the other procedure.", "policy": "{{policy}}",
               "basis": { "where": "Part 1", "text": "Not for that" } }]
            """
        );
}
