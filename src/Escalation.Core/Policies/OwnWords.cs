namespace Escalation.Core.Policies;

/// <summary>What the procedure's text calls things. Whatever is left out is called as this program calls it.</summary>
public sealed record OwnWords
{
    /// <summary>What a case is about, a noun without its article: <c>difference of view</c>, <c>shared risk</c>.</summary>
    public string Disagreement { get; init; } = "disagreement";

    /// <summary>One step of the procedure, a noun: <c>step</c>, <c>level</c>.</summary>
    public string Stage { get; init; } = "stage";

    /// <summary>To take it to the next one, before "to stage 2": <c>refer it</c>.</summary>
    public string Escalate { get; init; } = "escalate";

    /// <summary>That it was, after "was": <c>referred</c>.</summary>
    public string Escalated { get; init; } = "escalated";

    /// <summary>What may be recorded.</summary>
    public IReadOnlyList<OutcomeName> Outcomes { get; init; } = [];

    /// <summary>"a disagreement", "an open question".</summary>
    public string ADisagreement() => $"{("aeiou".Contains(Disagreement[0]) ? "an" : "a")} {Disagreement}";

    /// <summary>The outcome, with this procedure's words for it.</summary>
    public Outcome Called(Outcome outcome) =>
        Outcomes.FirstOrDefault(o => o.Id == outcome.Id) is { } own
            ? outcome with
            {
                Choice = own.Choice,
                Phrase = own.Phrase,
                Condition = own.Condition ?? outcome.Condition,
                NamesDecider = false,
            }
            : outcome;

    /// <summary>An outcome as a short phrase; an id that is none of this program's stands for itself.</summary>
    public string Phrase(string outcome) =>
        Policies.Outcomes.Find(outcome) is { } found ? Called(found).Phrase : outcome;
}

/// <summary>What an outcome is called.</summary>
/// <param name="Id">The outcome, <c>escalate</c> too.</param>
/// <param name="Choice">On a form: "Agreed: both sign the plan". To that of <c>escalate</c> the form adds where it goes.</param>
/// <param name="Phrase">In a sentence, after "the outcome was": "agreed by both".</param>
/// <param name="Condition">After "If it is", over the fields that go with it; null: as this program says.</param>
public sealed record OutcomeName(string Id, string Choice, string Phrase, string? Condition = null);
