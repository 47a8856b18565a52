using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>Whom a stage tells.</summary>
public enum Told
{
    /// <summary>The raising agency's tier only: an internal stage, never the opponent.</summary>
    Raising,

    /// <summary>The tier of every agency in the case.</summary>
    Both,

    /// <summary>The partnership's final tier, with action links; the parties get a copy without.</summary>
    Partnership,

    /// <summary>The receiving agency's tier only (a request for review sent to it).</summary>
    Receiving,
}

/// <summary>A step of the procedure: who is asked, by when, and what may come of it.</summary>
public sealed record Stage
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The tier in words, as people know it.</summary>
    public required string Tier { get; init; }

    /// <summary>
    /// Directory tiers that are asked, all of them together: <c>practitioner</c> (the people named at intake), <c>lineManager</c>,
    /// <c>safeguardingLead</c>, … In stages told <see cref="Told.Partnership"/>, tiers of the partnership's own directory entry.
    /// </summary>
    public required IReadOnlyList<string> Tiers { get; init; }
    public required Told Told { get; init; }

    /// <summary>
    /// The tiers of the parties that get a copy (stages told <see cref="Told.Partnership"/>); empty: their previous
    /// stage's.
    /// </summary>
    public IReadOnlyList<string> CopyTiers { get; init; } = [];

    /// <summary>The stage's own limit. Absent: the stage has only its cap, or the close of the next working day.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>What <see cref="Limit"/> is counted from; <c>opened</c> unless given. Same words as <see cref="StageCap.From"/>.</summary>
    public string LimitFrom { get; init; } = "opened";
    public StageCap? Cap { get; init; }

    /// <summary>What the tier is asked to do, in the text's sense: shown in the email and on the link page.</summary>
    public required string Instruction { get; init; }

    /// <summary>Outcomes that may be recorded, beside <c>escalate</c>, which every stage but the final one allows.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Who takes the final decision here, in words; null where <c>decided</c> is not allowed.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Present where the stage is held by a chair, who must be named in the outcome.</summary>
    public ChairRule? Chair { get; init; }

    /// <summary>What must be recorded here, by outcome.</summary>
    public IReadOnlyList<OutcomeField> Requires { get; init; } = [];

    /// <summary>Local time of a reminder on the very day of opening (Suffolk stage 2: same day preferred); null for none.</summary>
    public TimeOnly? SameDayReminder { get; init; }

    /// <summary>
    /// Working days from one reminder to the next while the case stays open after <c>responded</c> met the limit; null:
    /// none is sent.
    /// </summary>
    public int? RespondedEvery { get; init; }
}

/// <summary>A deadline that holds whatever the stage's own limit gives; the earlier of the two counts.</summary>
/// <param name="From"> <c>raised</c> (the concern was raised), <c>opened:1</c> (stage 1 opened), <c>day:1</c> (the day
/// of stage 1: its discussion, or if none was held the day it closed), or <c>opened</c> (this stage). </param>
public sealed record StageCap(TimeLimit Limit, string From);

/// <param name="NotFromParty">True: the chair must come from an organisation that is not a party.</param>
public sealed record ChairRule(string Who, bool NotFromParty, Basis Basis);

/// <summary>Something an outcome at this stage must carry, under <c>fields</c>.</summary>
/// <param name="On">The outcomes that need it.</param>
/// <param name="Kind"><c>text</c>, or <c>yes</c>: must be answered yes.</param>
public sealed record OutcomeField(string Id, string Name, IReadOnlyList<string> On, string Kind);
