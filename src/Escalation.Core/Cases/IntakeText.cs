using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// What is said in free words when a concern is raised, as the command, the HTTP contract's body and its answer hold it. What each of them
/// is called, and how long it may be, <see cref="IntakeText.All"/> says.
/// </summary>
public abstract record IntakeTexts
{
    public string? NatureOther { get; init; }
    public string? Concern { get; init; }
    public string? Details { get; init; }
    public string? Evidence { get; init; }
    public string? OutcomeSought { get; init; }
}

/// <summary>
/// A text that is asked for when a concern is raised. From here it is asked on the form, read from what was sent, checked, kept in the
/// case, shown on its page and in the API's answer, and printed.
/// </summary>
/// <param name="Id">As the HTTP contract, forms and the case's document name it.</param>
/// <param name="Label">What it is called where the answer stands.</param>
/// <param name="Question">What the form asks.</param>
public sealed record IntakeText(
    string Id,
    string Label,
    string Question,
    Func<IntakeTexts, string?> Of,
    Func<IntakeTexts, string?, IntakeTexts> With
)
{
    public static IntakeText NatureOther { get; } =
        new(
            "natureOther",
            "Nature, in their words",
            "In your own words",
            t => t.NatureOther,
            (t, text) => t with { NatureOther = text }
        )
        {
            Most = Faults.ShortText,
            What = "what it is about in your own words",
            Hint = _ => "Where none of these says it.",
        };

    public static IntakeText Concern { get; } =
        new("concern", "Concern", "The concern in a few words", t => t.Concern, (t, text) => t with { Concern = text })
        {
            Rows = 3,
        };

    public static IntakeText Details { get; } =
        new("details", "Details", "Details", t => t.Details, (t, text) => t with { Details = text })
        {
            IsRequired = true,
            Rows = 8,
            What = "the details",
            Hint = policy =>
                policy.Parties.Receiving
                    ? "What happened, what was decided, and why you disagree."
                    : "What the risk is, and why it cannot be managed.",
        };

    public static IntakeText Evidence { get; } =
        new("evidence", "Evidence", "Evidence", t => t.Evidence, (t, text) => t with { Evidence = text })
        {
            Rows = 4,
            What = "the evidence",
            Hint = _ => "Facts, dates, assessments.",
        };

    public static IntakeText OutcomeSought { get; } =
        new(
            "outcomeSought",
            "Outcome sought",
            "What you want to happen",
            t => t.OutcomeSought,
            (t, text) => t with { OutcomeSought = text }
        )
        {
            Rows = 4,
        };

    /// <summary>In the order of the form.</summary>
    public static IReadOnlyList<IntakeText> All { get; } = [NatureOther, Concern, Details, Evidence, OutcomeSought];

    /// <summary>Characters, inclusive.</summary>
    public int Most { get; init; } = Faults.LongText;
    public bool IsRequired { get; init; }

    /// <summary>Lines that the form shows; 0: a single line, which is all that may be typed.</summary>
    public int Rows { get; init; }

    /// <summary>The answer inside a sentence, "the details".</summary>
    public string What
    {
        get => field ?? char.ToLowerInvariant(Question[0]) + Question[1..];
        init;
    }

    /// <summary>Null: the question says enough.</summary>
    public Func<Policy, string?> Hint { get; init; } = _ => null;

    /// <summary>With every text as it is found by its id.</summary>
    public static T Fill<T>(T texts, Func<string, string?> find)
        where T : IntakeTexts =>
        (T)All.Aggregate((IntakeTexts)texts, (filled, text) => text.With(filled, find(text.Id)));

    /// <summary>With every text as another has it.</summary>
    public static T Copy<T>(IntakeTexts from, T to)
        where T : IntakeTexts => (T)All.Aggregate((IntakeTexts)to, (filled, text) => text.With(filled, text.Of(from)));
}
