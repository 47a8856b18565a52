using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>What a procedure calls things, and what this program calls them where it says nothing.</summary>
public sealed class OwnWordsTests
{
    [Fact]
    public void What_a_document_does_not_name_is_called_as_this_program_calls_it()
    {
        var words = new OwnWords();

        Assert.Equal(("a disagreement", "stage"), (words.ADisagreement(), words.Stage));
        Assert.All(Outcomes.All, o => Assert.Equal(o, words.Called(o)));
        Assert.Equal("resolved by agreement", words.Phrase(Outcomes.Resolved));
        Assert.Equal("fromTheFuture", words.Phrase("fromTheFuture"));
    }

    [Fact]
    public void An_outcome_is_called_as_the_document_calls_it_and_keeps_what_it_does()
    {
        var words = new OwnWords
        {
            Disagreement = "open question",
            Outcomes = [new OutcomeName(Outcomes.Decided, "The panel has decided", "decided by the panel")],
        };

        var decided = words.Called(Outcomes.Find(Outcomes.Decided)!);

        Assert.Equal("an open question", words.ADisagreement());
        Assert.Equal(
            ("The panel has decided", "decided by the panel", "decided", OutcomeEffect.Decides),
            (decided.Choice, decided.Phrase, decided.Condition, decided.Effect)
        );
        Assert.Equal("resolved by agreement", words.Phrase(Outcomes.Resolved));
    }

    [Theory]
    [InlineData(
        """{ "stage": "Step" }""",
        "words.stage",
        "must be words that stand inside a sentence, without a capital"
    )]
    [InlineData("""{ "disagreement": "" }""", "words.disagreement", null)]
    [InlineData(
        """{ "outcomes": [{ "id": "resolvd", "choice": "Agreed", "phrase": "agreed" }] }""",
        "words.outcomes[0]",
        null
    )]
    [InlineData(
        """
            { "outcomes": [
                { "id": "resolved", "choice": "Agreed", "phrase": "agreed" },
                { "id": "resolved", "choice": "Settled", "phrase": "settled" } ] }
            """,
        "words.outcomes[1]",
        "must not repeat resolved"
    )]
    [InlineData("""{ "level": "step" }""", "words.level", null)]
    public void What_can_only_be_a_mistake_is_named_by_its_place(string words, string place, string? why)
    {
        var document = OwnDocument.Of("suffolk", policy => policy["words"] = JsonNode.Parse(words));

        var fault = Assert.Single(PolicyDocument.Read("own.json", Encoding.UTF8.GetBytes(document)).Errors);

        Assert.Equal(place, fault.Field);
        if (why is not null)
            Assert.Equal(why, fault.Reason);
    }
}
