using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>One change to a good document, and exactly what the loader says of it.</summary>
public sealed class PolicyDocumentTests
{
    [Theory]
    [MemberData(nameof(PolicyFaults.Each), MemberType = typeof(PolicyFaults))]
    [MemberData(nameof(RuleFaults.Each), MemberType = typeof(RuleFaults))]
    [MemberData(nameof(ConcernFaults.Each), MemberType = typeof(ConcernFaults))]
    [MemberData(nameof(FormFaults.Each), MemberType = typeof(FormFaults))]
    [MemberData(nameof(DecidingFaults.Each), MemberType = typeof(DecidingFaults))]
    public void One_fault_is_named_by_field_and_reason(
        string policy,
        string set,
        string? json,
        string field,
        string reason
    )
    {
        var document = Document(policy);
        OwnDocument.Set(document, set, json);
        var reading = Read(document.ToJsonString());
        Assert.Null(reading.Policy);
        Assert.Equal(new PolicyError("own.json", field, reason), Assert.Single(reading.Errors));
    }

    [Theory]
    [MemberData(nameof(ConcernFaults.Good), MemberType = typeof(ConcernFaults))]
    public void What_depends_on_the_concern_is_without_fault(string policy, string set, string json)
    {
        var document = Document(policy);
        OwnDocument.Set(document, set, json);
        Assert.Equal([], Read(document.ToJsonString()).Errors);
    }

    [Fact]
    public void A_stage_after_which_none_may_be_there_has_to_let_the_case_end()
    {
        var document = Document("sandwell");
        OwnDocument.Set(document, "stages[4].unless", "{\"personKinds\":[\"child\"]}");
        OwnDocument.Set(document, "stages[3].outcomes", "[\"responded\"]");
        Assert.Equal(
            new PolicyError(
                "own.json",
                "stages[3].outcomes",
                "must let the stage end the case: the stages after it are not there for every case"
            ),
            Assert.Single(Read(document.ToJsonString()).Errors)
        );
    }

    [Fact]
    public void All_faults_of_shape_are_reported_together()
    {
        var document = Document("suffolk");
        OwnDocument.Set(document, "version", "\"1\"");
        OwnDocument.Set(document, "stages[2].limits[0].limit.basis.where", null);
        OwnDocument.Set(document, "natures[0].shade", "1");
        Assert.Equal(
            ["version", "stages[2].limits[0].limit.basis.where", "natures[0].shade"],
            Read(document.ToJsonString()).Errors.Select(e => e.Field)
        );
    }

    [Fact]
    public void All_faults_of_meaning_are_reported_together()
    {
        var document = Document("suffolk");
        OwnDocument.Set(document, "version", "0");
        OwnDocument.Set(document, "stages[2].limits[0].limit.workingDays", "99");
        OwnDocument.Set(document, "hold.maxWorkingDays", "0");
        Assert.Equal(
            ["version", "stages[2].limits[0].limit.workingDays", "hold.maxWorkingDays", "hold.reviewWorkingDays"],
            Read(document.ToJsonString()).Errors.Select(e => e.Field)
        );
    }

    [Theory]
    [InlineData("tells", "must name 30 at most")]
    [InlineData("duties", "must name 30 at most")]
    public void No_more_rules_than_a_case_keeps_room_for(string list, string reason)
    {
        var document = Document("sandwell");
        var rules = document[list]!.AsArray();
        for (var i = 0; rules.Count < 30; i++)
            rules.Add(Another(i));
        Assert.Empty(Read(document.ToJsonString()).Errors);
        rules.Add(Another(30));
        Assert.Equal(new PolicyError("own.json", list, reason), Assert.Single(Read(document.ToJsonString()).Errors));

        JsonNode Another(int number)
        {
            var rule = rules[0]!.DeepClone();
            if (rule["id"] is not null)
                rule["id"] = $"another{number}";
            return rule;
        }
    }

    [Theory]
    [InlineData("", "must be JSON without comments or trailing commas; it stops making sense in line 1")]
    [InlineData(
        "{\n\"id\": \"a\",\n}",
        "must be JSON without comments or trailing commas; it stops making sense in line 3"
    )]
    [InlineData("{\n// why\n}", "must be JSON without comments or trailing commas; it stops making sense in line 2")]
    [InlineData("[]", "must be an object")]
    [InlineData("null", "must be an object")]
    [InlineData("{\"id\": \"\\ud800\"}", "must not hold half a surrogate pair (\\ud800 to \\udfff alone)")]
    public void What_is_no_document_at_all_is_said_of_the_document(string text, string reason) =>
        Assert.Equal(new PolicyError("own.json", "document", reason), Assert.Single(Read(text).Errors));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused() =>
        Assert.Equal(
            [new PolicyError("own.json", "document", "must be UTF-8")],
            PolicyDocument.Read("own.json", [(byte)'"', 0xC3, 0x28, (byte)'"']).Errors
        );

    [Fact]
    public void A_member_given_twice_is_refused()
    {
        var text = Document("suffolk").ToJsonString();
        var errors = Read("{\"version\":2," + text[1..]).Errors;
        Assert.Equal([new PolicyError("own.json", "version", "must be given once")], errors);
    }

    [Fact]
    public void The_hash_is_the_SHA_256_of_the_bytes_and_a_space_more_changes_it()
    {
        var text = Document("suffolk").ToJsonString();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(hash, Read(text).Policy!.Hash);
        Assert.NotEqual(hash, Read(text + " ").Policy!.Hash);
    }

    [Fact]
    public void A_final_stage_at_which_nothing_but_a_response_can_be_recorded_is_refused_as_it_never_ends_the_case()
    {
        var document = Document("surrey-adults-risk");
        OwnDocument.Set(document, "stages[1].requires", "[]");
        OwnDocument.Set(document, "stages[1].outcomes", "[\"responded\"]");
        OwnDocument.Set(document, "stages[1].limits[0].for", "\"answer\"");
        OwnDocument.Set(document, "stages[1].review", """{"everyWorkingDays":5,"basis":{"where":"w","text":"t"}}""");
        Assert.Equal(
            [new PolicyError("own.json", "stages[1].outcomes", "must let the final stage end the case")],
            Read(document.ToJsonString()).Errors
        );
        OwnDocument.Set(document, "stages[1].outcomes", "[\"responded\", \"registered\"]");
        Assert.Empty(Read(document.ToJsonString()).Errors);
    }

    [Theory]
    [InlineData("suffolk", "stages[2].limits[0].limit.workingDays", "60")]
    [InlineData("suffolk", "stages[2].limits[0].limit.workingDays", "0")]
    [InlineData("berkshire-west-disagreement", "stages[1].limits[0].limit.hours", "240")]
    [InlineData("berkshire-west-disagreement", "stages[1].limits[0].limit.hours", "1")]
    [InlineData("suffolk", "stages[4].review.everyWorkingDays", "60")]
    [InlineData("suffolk", "stages[4].review.everyWorkingDays", "1")]
    [InlineData("suffolk", "stages[3].limits[0].cap.from", "\"opened:4\"")]
    [InlineData("suffolk", "stages[3].limits[0].cap.from", "\"day:3\"")]
    [InlineData("suffolk", "stages[2].limits[0].from", "\"opened:2\"")]
    [InlineData("suffolk", "workingTime.close", "\"16:30\"")]
    [InlineData("suffolk", "retention.years", "1")]
    [InlineData("surrey-adults", "retention.years", "100")]
    [InlineData("suffolk", "retention.years", "25")]
    [InlineData("suffolk", "retention.children.untilAge", "18")]
    [InlineData("suffolk", "retention.children.untilAge", "100")]
    [InlineData("suffolk", "retention.children.yearsWithoutBirthDate", "6")]
    [InlineData("suffolk", "retention.children.yearsWithoutBirthDate", "100")]
    [InlineData("suffolk", "retention.children", null)]
    [InlineData("suffolk", "finalMissed.everyWorkingDays", "60")]
    [InlineData("suffolk", "hold", null)]
    [InlineData(
        "berkshire-west",
        "stages[1].limits[0].limit",
        """{"workingDays":1,"kind":"target","basis":{"where":"the partnership's choice","text":"1 working day","local":true}}"""
    )]
    [InlineData("sefton", "methods[3].refused", "null")]
    [InlineData(
        "suffolk",
        "stages[2].limits[0].missed",
        """{"does":"remind","basis":{"where":"w","text":"t","local":true}}"""
    )]
    [InlineData("sefton", "tiers", """[{"id":"houseMaster","name":"House master"}]""")]
    [InlineData("suffolk", "agencies", """[{"id":"the-school","name":"The school"}]""")]
    [InlineData("sandwell", "duties[3].circumstances", "[\"lookedAfter\"]")]
    [InlineData("sandwell", "tells[0].when", "\"ended\"")]
    [InlineData("suffolk", "duties[0].when", "\"outcomeAt:2:decided\"")]
    public void A_partnership_can_change_the_setting(string policy, string set, string? json)
    {
        var document = Document(policy);
        OwnDocument.Set(document, set, json);
        if (set == "duties[0].when")
            OwnDocument.Set(document, "duties[0].byStageDeadline", null);
        Assert.Empty(Read(document.ToJsonString()).Errors);
    }

    private static PolicyReading Read(string text) => PolicyDocument.Read("own.json", Encoding.UTF8.GetBytes(text));

    private static JsonNode Document(string id) =>
        JsonNode.Parse(PolicyDocument.BytesOf(PolicyCatalogue.BuiltIn.Find(id)!).Span)!;
}
