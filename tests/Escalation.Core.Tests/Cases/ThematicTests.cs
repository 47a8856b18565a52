using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A concern about how agencies work together, and about no one person, where a procedure has them.</summary>
public sealed class ThematicTests
{
    private static readonly Person Theme = new("theme", null, null, null);

    [Fact]
    public void It_goes_through_the_stages_and_names_nobody()
    {
        var story = Opened(Theme);
        Assert.Equal(("theme", (string?)null), (story.Case.PersonKind, story.Case.Intake!.Person!.Name));
        story.ToStage("3");
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Raising));
        // Nobody's birthday counts: six years, as for an adult.
        Assert.Equal(story.Case.EndedAt!.Value.AddYears(6), story.Case.RetainUntil);
    }

    [Fact]
    public void A_name_a_date_of_birth_or_an_address_is_refused_with_it_and_not_kept()
    {
        var named = Theme with { Name = "Sam", DateOfBirth = new DateOnly(2015, 3, 4), Address = "1 Road" };
        var story = Record.Exception(() => Opened(named));
        Assert.NotNull(story);
        foreach (var field in new[] { "person.name", "person.dateOfBirth", "person.address" })
            Assert.Contains(field, story.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_built_in_procedure_takes_one() =>
        Assert.All(PolicyCatalogue.BuiltIn.All, p => Assert.DoesNotContain("theme", p.Parties.PersonKinds));

    private static CaseStory Opened(Person person)
    {
        var own = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d["parties"]!["personKinds"] = new JsonArray("child", "theme");
            }
        );
        return CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { Person = person },
            rules: Sample.Rules("suffolk") with
            {
                Policy = OwnDocument.Read(own),
            }
        );
    }
}
