namespace Escalation.Core.Policies;

/// <summary>What an outcome does to its case, once it stands.</summary>
public enum OutcomeEffect
{
    /// <summary>The case moves to the next stage. Every stage but the final one allows it, without listing it.</summary>
    Escalates,

    /// <summary>The case stays open at its stage, whose deadline is met.</summary>
    KeepsOpen,

    /// <summary>The case ends by agreement, once the other side has confirmed it.</summary>
    Agrees,

    /// <summary>The case ends by somebody's decision.</summary>
    Decides,

    /// <summary>The case ends where nobody decides (mediation): there was no agreement.</summary>
    EndsUndecided,

    /// <summary>The case ends because nobody pursues the concern any more.</summary>
    Withdraws,
}

/// <summary>Who may record an outcome, beside the partnership.</summary>
public enum OutcomeRecorder
{
    /// <summary>Every agency that has a part in the stage.</summary>
    Anybody,

    /// <summary>The agency that raised the concern; where nobody receives, every agency involved.</summary>
    Raiser,

    /// <summary>The agency that raised the concern, or the partnership to which the matter was referred.</summary>
    RaiserOrPartnership,

    /// <summary>The side that the stage asks, where that is one; where it asks both, the partnership alone.</summary>
    Asked,
}

/// <summary>
/// An outcome that people record at a stage: what it does, who may record it and what it is called. All that the program
/// knows of an outcome stands here; at which stages it may be recorded, the policies say.
/// </summary>
public sealed record Outcome
{
    /// <summary>As in the HTTP contract, in policy documents and in stored events.</summary>
    public required string Id { get; init; }

    public required OutcomeEffect Effect { get; init; }

    public OutcomeRecorder Recorder { get; init; } = OutcomeRecorder.Anybody;

    /// <summary>The choice on a form, to which the form adds where it escalates to, or <see cref="NamesDecider"/>.</summary>
    public required string Choice { get; init; }

    /// <summary>The choice says who takes the decision.</summary>
    public bool NamesDecider { get; init; }

    /// <summary>After "If it is", over the fields that go with it.</summary>
    public required string Condition { get; init; }

    /// <summary>As a short phrase: "resolved by agreement".</summary>
    public required string Phrase { get; init; }

    /// <summary>The label of the cases that ended so, in reports; null: it ends none.</summary>
    public string? Ending { get; init; }

    /// <summary>How cases ended, after their number: "3 by a final decision". Null: by <see cref="Phrase"/>.</summary>
    public string? Counted { get; init; }

    public bool EndsCase => Effect is not (OutcomeEffect.Escalates or OutcomeEffect.KeepsOpen);
}

/// <summary>The outcomes there are. Their order is the order of forms and reports.</summary>
public static class Outcomes
{
    public const string Resolved = "resolved",
        Escalate = "escalate",
        Decided = "decided",
        WithoutAgreement = "withoutAgreement",
        Responded = "responded",
        Referred = "referred",
        NoLongerDisagrees = "noLongerDisagrees",
        Registered = "registered",
        FurtherAction = "furtherAction";

    public static IReadOnlyList<Outcome> All { get; } =
    [
        new()
        {
            Id = Resolved,
            Effect = OutcomeEffect.Agrees,
            Choice = "Resolved: a way forward was agreed",
            Condition = "resolved",
            Phrase = "resolved by agreement",
            Ending = "Resolved",
        },
        new()
        {
            Id = Escalate,
            Effect = OutcomeEffect.Escalates,
            Choice = "Not agreed",
            Condition = "not agreed and escalated",
            Phrase = "not agreed, escalated",
        },
        new()
        {
            Id = Decided,
            Effect = OutcomeEffect.Decides,
            Recorder = OutcomeRecorder.Asked,
            Choice = "Decided: a final decision",
            NamesDecider = true,
            Condition = "decided",
            Phrase = "a final decision",
            Ending = "Decided",
            Counted = "by a final decision",
        },
        new()
        {
            Id = WithoutAgreement,
            Effect = OutcomeEffect.EndsUndecided,
            Recorder = OutcomeRecorder.Asked,
            Choice = "Ended without agreement: nobody decides in this procedure",
            Condition = "ended without agreement",
            Phrase = "no agreement, and nobody decides",
            Ending = "Without agreement",
            Counted = "without agreement, where nobody decides",
        },
        new()
        {
            Id = Responded,
            Effect = OutcomeEffect.KeepsOpen,
            Recorder = OutcomeRecorder.Asked,
            Choice = "Responded: an answer was given, and the case stays open",
            Condition = "responded to",
            Phrase = "a response, with the case still open",
        },
        new()
        {
            Id = Referred,
            Effect = OutcomeEffect.KeepsOpen,
            Recorder = OutcomeRecorder.RaiserOrPartnership,
            Choice = "Referred: the matter was referred, and the case stays open",
            Condition = "referred",
            Phrase = "referred, with the case still open",
        },
        new()
        {
            Id = NoLongerDisagrees,
            Effect = OutcomeEffect.Withdraws,
            Recorder = OutcomeRecorder.Raiser,
            Choice = "No longer disagrees: the concern is not pursued",
            Condition = "not pursued",
            Phrase = "no longer disagrees",
            Ending = "No longer disagrees",
            Counted = "because the raiser no longer disagreed",
        },
        new()
        {
            Id = Registered,
            Effect = OutcomeEffect.Decides,
            Recorder = OutcomeRecorder.Asked,
            Choice = "Registered: recorded on the risk register",
            Condition = "registered",
            Phrase = "recorded on the risk register",
            Ending = "Risk registered",
        },
        new()
        {
            Id = FurtherAction,
            Effect = OutcomeEffect.Decides,
            Recorder = OutcomeRecorder.Asked,
            Choice = "Further action is needed",
            Condition = "for further action",
            Phrase = "further action is needed",
            Ending = "Further action",
            Counted = "with further action needed",
        },
    ];

    /// <summary>Those that a policy lists at a stage.</summary>
    public static IReadOnlyList<string> Listed { get; } =
    [.. All.Where(o => o.Effect is not OutcomeEffect.Escalates).Select(o => o.Id)];

    /// <summary>Null: none of this program's.</summary>
    public static Outcome? Find(string? id) => All.FirstOrDefault(o => o.Id == id);

    /// <summary>False for an id that is none of this program's.</summary>
    public static bool Has(string? id, OutcomeEffect effect) => Find(id)?.Effect == effect;

    /// <summary>A short phrase; an id that is none of this program's stands for itself.</summary>
    public static string Phrase(string id) => Find(id)?.Phrase ?? id;
}
