using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>Forms in a policy's document.</summary>
public sealed class PolicyFormTests
{
    [Fact]
    public void Every_fault_of_a_form_is_told_in_one_pass()
    {
        var document = OwnDocument.Node("sandwell");
        OwnDocument.Set(document, "forms[0].fromStage", "\"7\"");
        OwnDocument.Set(document, "forms[0].sections[0].lines[0].shows", "[\"personNmae\",\"blank\"]");
        OwnDocument.Set(document, "forms[0].sections[3].lines", "[]");
        OwnDocument.Set(document, "forms[1].sections[0].lines[2].label", null);
        Assert.Equal(
            [
                "forms[0].fromStage",
                "forms[0].sections[0].lines[0].shows[0]",
                "forms[0].sections[0].lines[0].shows[1]",
                "forms[0].sections[3].lines",
                "forms[1].sections[0].lines[2].label",
            ],
            PolicyDocument.Read("own", Encoding.UTF8.GetBytes(document.ToJsonString())).Errors.Select(e => e.Field)
        );
    }

    [Fact]
    public void The_largest_form_that_is_allowed_is_without_fault()
    {
        var document = OwnDocument.OfEssex(change: d =>
            d["forms"] = new JsonArray([.. Enumerable.Range(0, 5).Select(_ => Form(sections: 20, lines: 30))])
        );
        Assert.Equal([], PolicyDocument.Read("own", Encoding.UTF8.GetBytes(document)).Errors);
    }

    [Fact]
    public void A_stage_that_is_not_for_every_concern_is_none_from_which_a_form_is_printed()
    {
        var document = OwnDocument.Node("sefton");
        OwnDocument.Set(document, "stages[1].when", "{\"personKinds\":[\"child\"]}");
        Assert.Equal(
            new PolicyError("own", "forms[0].fromStage", "must name a stage of this policy that is for every concern"),
            Assert.Single(PolicyDocument.Read("own", Encoding.UTF8.GetBytes(document.ToJsonString())).Errors)
        );
    }

    [Fact]
    public void The_forms_are_among_the_rules_in_words()
    {
        var rules = RuleTable.ToMarkdown([Sample.Policy("sefton")]);
        Assert.Contains(
            "- Printed from stage 2 on: Agency escalation summary log. A log with a line for each case, from step 2 (local setting: ",
            rules,
            StringComparison.Ordinal
        );
    }

    private static JsonNode Form(int sections, int lines)
    {
        var line =
            $$"""{ "label": "{{new string('l', 200)}}", "shows": ["details", "evidence", "concern", "outcomeSought"] }""";
        var section =
            $$"""{ "heading": "{{new string('h', 200)}}", "lines": [{{string.Join(',', Enumerable.Repeat(line, lines))}}] }""";
        return JsonNode.Parse(
            $$"""
            { "title": "{{new string('t', 200)}}", "basis": { "where": "Here", "text": "So" },
              "sections": [{{string.Join(',', Enumerable.Repeat(section, sections))}}] }
            """
        )!;
    }
}
