using System.Text.Json.Serialization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>Whom a stage tells.</summary>
public enum Told
{
    /// <summary>The raising agency's tier only: an internal stage, not known to the other agency.</summary>
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
    /// <summary>A case keeps room for every one.</summary>
    public const int MostLimits = 4;

    /// <summary>What an outcome can carry of <see cref="Requires"/>.</summary>
    public const int MostRequired = 30;

    /// <summary>Other policies to which a stage can lead.</summary>
    public const int MostLeads = 5;

    /// <summary>By which rules name the stage: lower-case letters or digits, as <c>1</c> or <c>informal</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As the text calls it.</summary>
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
    /// Asked of an agency that has nobody in <see cref="Tiers"/> (a flat structure, no such manager); empty: the next stages' tiers are.
    /// </summary>
    public IReadOnlyList<string> InsteadTiers { get; init; } = [];

    /// <summary>What the stage is for: a case of which it does not hold goes by as if the stage were not there. Null: every case.</summary>
    public Condition? When { get; init; }

    /// <summary>What the stage is not for; null: see <see cref="When"/>.</summary>
    public Condition? Unless { get; init; }

    /// <summary>Whoever escalates may pass the stage over, as they judge; null: nobody may.</summary>
    public Basis? Optional { get; init; }

    /// <summary>
    /// The tiers of the parties that get a copy (stages told <see cref="Told.Partnership"/>); empty: their previous
    /// stage's.
    /// </summary>
    public IReadOnlyList<string> CopyTiers { get; init; } = [];

    /// <summary>
    /// In order: one is in force at a time, the first from the opening, the next once what the one before is for has happened. None: the
    /// text gives the stage no limit, and it waits for a person.
    /// </summary>
    public IReadOnlyList<StageLimit> Limits { get; init; } = [];

    /// <summary>
    /// How often its people are reminded while no limit is in force, because there is none or all are met; null: never, where one always
    /// is.
    /// </summary>
    public ReviewRule? Review { get; init; }

    /// <summary>Others who are asked beside the tier, each with a link of their own side, and until when.</summary>
    public IReadOnlyList<AlsoAsked> AlsoAsks { get; init; } = [];

    /// <summary>Other policies to which whoever escalates may take the case from here, the final stage included.</summary>
    public IReadOnlyList<LeadRule> LeadsTo { get; init; } = [];

    /// <summary>Who may say that it is not agreed and goes up: <c>raising</c>, <c>receiving</c> or null for whoever has a part.</summary>
    public Escalating? EscalatedBy { get; init; }

    /// <summary>
    /// Who raises it from here on: they stand for the agency that raised the concern here, instead of <see cref="Tiers"/>, and at later
    /// stages told <see cref="Told.Receiving"/>, until another stage says so. They are asked with a link, and confirm for their agency.
    /// Null: as at the stage before; at first whoever raised the concern.
    /// </summary>
    public RaiserRule? RaisedBy { get; init; }

    /// <summary>What the tier is asked to do, in the text's sense: shown in the email and on the link page.</summary>
    public required string Instruction { get; init; }

    /// <summary>Outcomes that may be recorded, beside <c>escalate</c>, which every stage but the final one allows.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Who takes the final decision here, in words; null where <c>decided</c> is not allowed.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The two who take the final decision here together; null: whoever decides does it alone.</summary>
    public JointRule? Jointly { get; init; }

    /// <summary>Present where the stage is held by a chair, who must be named in the outcome.</summary>
    public ChairRule? Chair { get; init; }

    /// <summary>What must be recorded here, by outcome: the stage's own form. At most 30.</summary>
    public IReadOnlyList<OutcomeField> Requires { get; init; } = [];

    /// <summary>Local time of a reminder on the very day of opening (Suffolk stage 2: same day preferred); null for none.</summary>
    public TimeOnly? SameDayReminder { get; init; }

    /// <summary>What somebody is asked to do here.</summary>
    /// <param name="side">Whose link it is: <c>raising</c>, <c>receiving</c>, <c>partnership</c> or <c>involved</c>.</param>
    /// <param name="tier">Their tier. Whoever has none of the tiers that are asked of this side besides stands in for the first.</param>
    /// <param name="natures">Of the concern.</param>
    public string InstructionFor(string side, string tier, IReadOnlyList<string> natures)
    {
        var asked = AlsoAsks
            .Where(also => also.Who.Agency == side && also.Natures?.Any(natures.Contains) != false)
            .ToList();
        var own = asked.Find(also => also.Who.Tier == tier);
        return (
                own ?? (AsksItself(side) || tier == Policies.Tiers.BusinessManager ? null : asked.FirstOrDefault())
            )?.Instruction
            ?? Instruction;
    }

    /// <summary>Whether this side may say that it is not agreed and goes up, where there is a stage above.</summary>
    /// <param name="side">As in <see cref="InstructionFor"/>.</param>
    public bool IsEscalatedBy(string side) =>
        EscalatedBy is not { } escalating
        || side == "partnership"
        || side == escalating.Side
        || (side == "involved" && escalating.Side == "raising");

    internal Stage AsRead(IReadOnlyList<LimitReading> readings) =>
        readings.Count == 0
            ? this
            : this with
            {
                Limits =
                [
                    .. Limits.Select(l =>
                        readings.FirstOrDefault(r => r.For == l.For) is { } read ? l.AsRead(read) : l
                    ),
                ],
            };

    /// <summary>With each limit's length for such a concern; a limit that has none there is left out.</summary>
    internal Stage ForConcern(ConcernFacts facts) =>
        this with
        {
            Limits = [.. Limits.Select(l => l.ForConcern(facts)).OfType<StageLimit>()],
        };

    internal bool IsFor(ConcernFacts facts) => When?.Holds(facts) != false && Unless?.Holds(facts) != true;

    /// <summary>
    /// Whether what a limit is for is this side's to do: not of those who are asked for something else beside the stage's people.
    /// </summary>
    public bool IsTheirs(LimitFor what, string side) =>
        what is LimitFor.Referral ? side is "raising" or "involved" : AsksItself(side);

    private bool AsksItself(string side) =>
        Told switch
        {
            Told.Raising => side == "raising",
            Told.Receiving => side == "receiving",
            Told.Partnership => side == "partnership",
            Told.Both => side != "partnership",
            _ => throw new InvalidOperationException($"Nobody knows whom {Told} asks."),
        };

    /// <summary>Whether a miss moves the case up by itself, where there is a stage above.</summary>
    /// <param name="inForce">The limit that is in force; null: none is.</param>
    public bool MovesUp(StageLimit? inForce) =>
        (inForce ?? Limits.LastOrDefault()) is { Missed: null or { Does: MissDoes.Escalate } };

    /// <summary>Working days from one telling of a miss to the next, where the miss moves nothing.</summary>
    /// <param name="limit">Its place in <see cref="Limits"/>; one past them: an agreement that nobody confirmed.</param>
    public int ToldAgainEvery(Policy policy, int limit) =>
        Limits.ElementAtOrDefault(limit)?.Missed?.EveryWorkingDays ?? policy.FinalMissed.EveryWorkingDays;

    /// <summary>No limit may be in force while the stage is open: it has none, or a person can meet the last and leave it open.</summary>
    internal bool CanBeWithoutLimit =>
        Limits.Count == 0
        || Limits[^1].For is not (LimitFor.Outcome or LimitFor.Decision)
        || Limits.Any(l => l.HasOnlyADay)
        || Limits[^1] is { Lengths.Count: > 0, Limit: null, Cap: null };
}

/// <summary>A deadline that holds whatever the stage's own limit gives; the earlier of the two counts.</summary>
/// <param name="From"> <c>raised</c> (the concern was raised), <c>opened:1</c> (stage 1 opened), <c>day:1</c> (the day
/// of stage 1: its discussion, or if none was held the day it closed), <c>date:ID</c> (a date of the policy, as the case was given it),
/// or <c>opened</c> (this stage). </param>
public sealed record StageCap(TimeLimit Limit, string From);

/// <summary>What must have happened for a limit to be met. An outcome that closes the stage meets whatever is in force.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitFor>))]
public enum LimitFor
{
    /// <summary>The sides have spoken: recorded as contact made.</summary>
    [JsonStringEnumMemberName("contact")]
    Contact,

    /// <summary>They have discussed it: recorded as contact made.</summary>
    [JsonStringEnumMemberName("discussion")]
    Discussion,

    /// <summary>An answer was given: <c>responded</c>.</summary>
    [JsonStringEnumMemberName("answer")]
    Answer,

    /// <summary>The raising side has referred the matter: <c>referred</c>. A miss of it is no overdue stage.</summary>
    [JsonStringEnumMemberName("referral")]
    Referral,

    /// <summary>It is settled or goes up.</summary>
    [JsonStringEnumMemberName("outcome")]
    Outcome,

    /// <summary>It is decided.</summary>
    [JsonStringEnumMemberName("decision")]
    Decision,
}

/// <summary>How long a stage has for one thing.</summary>
public sealed record StageLimit
{
    public required LimitFor For { get; init; }

    /// <summary>How long it may take; null: only the cap limits it, or the day of <see cref="By"/>.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>
    /// The first whose condition holds is the length instead of <see cref="Limit"/>. Where none holds and that is not given, nor a cap, nor
    /// a day, there is no such limit.
    /// </summary>
    public IReadOnlyList<ConditionalLength> Lengths { get; init; } = [];

    /// <summary>
    /// A date of the policy at whose close it ends at the latest, where the case has been given it. A limit that has nothing else counts
    /// only once it has.
    /// </summary>
    public string? By { get; init; }

    /// <summary>
    /// What <see cref="Limit"/> is counted from: <c>opened</c> (this stage opened), <c>raised</c>, <c>opened:1</c>, <c>day:1</c> or
    /// <c>date:ID</c> as in a cap, <c>previousLimit</c>, the deadline of the stage's limit before it, or <c>previousMet</c>, when what that
    /// one is for happened.
    /// </summary>
    public string From { get; init; } = "opened";
    public StageCap? Cap { get; init; }

    /// <summary>The reading alone says how long it is; what a miss does stays.</summary>
    internal StageLimit AsRead(LimitReading reading) =>
        this with
        {
            Limit = reading.Limit,
            Lengths = [],
            By = null,
            From = reading.From,
            Cap = reading.Cap,
        };

    /// <summary>For such a concern; null: there is no such limit.</summary>
    internal StageLimit? ForConcern(ConcernFacts facts)
    {
        var limit = Lengths.FirstOrDefault(l => l.When.Holds(facts))?.Limit ?? Limit;
        return Lengths.Count > 0 && limit is null && Cap is null && By is null
            ? null
            : this with
            {
                Limit = limit,
                Lengths = [],
            };
    }

    /// <summary>Whether its deadline follows from this date of the policy.</summary>
    internal bool DependsOn(string date) =>
        By == date || From == $"{CaseDate.Anchor}:{date}" || Cap?.From == $"{CaseDate.Anchor}:{date}";

    /// <summary>Whether nothing but a day that a case may not have been given says when it ends.</summary>
    public bool HasOnlyADay => Limit is null && Cap is null && By is not null;

    /// <summary>What a miss does; null: it moves the case up, or at the final stage is told again and again.</summary>
    public MissedRule? Missed { get; init; }
}

/// <summary>What happens when a limit is missed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MissDoes>))]
public enum MissDoes
{
    /// <summary>The next stage opens by itself.</summary>
    [JsonStringEnumMemberName("escalate")]
    Escalate,

    /// <summary>The stage stays open and overdue; its people and the business manager are told again and again.</summary>
    [JsonStringEnumMemberName("remind")]
    Remind,
}

/// <param name="EveryWorkingDays">Working days from one telling to the next, where it reminds; null: as at the final
/// stage.</param>
public sealed record MissedRule(MissDoes Does, Basis Basis, int? EveryWorkingDays = null);

/// <param name="EveryWorkingDays">Working days from one reminder to the next.</param>
public sealed record ReviewRule(int EveryWorkingDays, Basis Basis);

/// <param name="Instruction">What they are asked to do: shown in their email and on their link's page, instead of the stage's.</param>
/// <param name="Natures">Only where the concern is of one of these; null: always.</param>
/// <param name="Until">The limit that they are asked for: once it is met they are asked no more. Null: as long as the stage is
/// open.</param>
public sealed record AlsoAsked(
    Recipients Who,
    string Instruction,
    Basis Basis,
    LimitFor? Until = null,
    IReadOnlyList<string>? Natures = null
);

/// <param name="Side"><c>raising</c> or <c>receiving</c>; the partnership may, too.</param>
public sealed record Escalating(string Side, Basis Basis);

/// <param name="Who">Who holds the chair, in the text's words.</param>
/// <param name="NotFromParty">True: the chair must come from an organisation that is not a party.</param>
public sealed record ChairRule(string Who, bool NotFromParty, Basis Basis);

/// <summary>Something an outcome at this stage must carry, under <c>fields</c>.</summary>
/// <param name="Id">One word in camelCase, under which a case keeps the answer.</param>
/// <param name="Name">The label on the form.</param>
/// <param name="On">The outcomes that need it.</param>
/// <param name="Kind"><c>text</c>; <c>yes</c>: must be answered yes; <c>choice</c>, with options; <c>date</c>.</param>
/// <param name="Optional">It may be left out; not with <c>yes</c>.</param>
/// <param name="UnlessAt">An earlier stage at which it is asked too: asked here of the side that was asked there, at a stage of the
/// partnership of the partnership too, and only where that stage was passed over or left without it, by a clock or a skip. Null:
/// always.</param>
/// <param name="AskedOf"><c>raising</c> or <c>receiving</c>: only of that side, and of the partnership, which speaks for it. Null: of
/// whoever records such an outcome.</param>
/// <param name="Basis">Where it is printed, or that it is a local setting; null: the stage's own.</param>
public sealed record OutcomeField(
    string Id,
    string Name,
    IReadOnlyList<string> On,
    string Kind,
    bool Optional = false,
    string? UnlessAt = null,
    string? AskedOf = null,
    Basis? Basis = null
) : IFormField
{
    /// <summary>What a choice offers; not given for the other kinds.</summary>
    public IReadOnlyList<Term> Options { get; init; } = [];
}
