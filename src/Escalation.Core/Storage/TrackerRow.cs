using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>
/// A case in the tracker, as those who run the partnership see it. No personal data. <c>overdue</c> is worked out when it is read.
/// </summary>
public sealed record TrackerRow
{
    public required string Reference { get; init; }
    public required string Partnership { get; init; }
    public required string Policy { get; init; }
    public required string Status { get; init; }

    /// <summary>Both null where the present stage is not the reader's to know.</summary>
    public string? Stage { get; init; }
    public string? StageName { get; init; }
    public bool FinalStage { get; init; }
    public required IReadOnlyList<Party> Parties { get; init; }
    public required IReadOnlyList<string> Natures { get; init; }
    public bool Urgent { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>
    /// From when it is overdue, or escalates by itself: the stage's deadline, or when an agreed outcome must be confirmed by; null on hold,
    /// where no limit is in force, until a matter is referred, and after the end.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>By when the raising side is to refer the matter; null: no such limit is in force.</summary>
    public DateTimeOffset? ReferBy { get; init; }

    /// <summary>Where no limit is in force: when the people of the stage are reminded next.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary><c>target</c> or <c>maximum</c>.</summary>
    public string? Limit { get; init; }
    public DateOnly? HoldReviewOn { get; init; }

    /// <summary>On hold: from when it is overdue, the close of the day of its review.</summary>
    public DateTimeOffset? HoldReviewBy { get; init; }

    [JsonIgnore]
    public DateTimeOffset? OverdueAt => Deadline ?? HoldReviewBy;
    public string? Outcome { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int NoticesQueued { get; init; }
    public int NoticesFailed { get; init; }
    public int DutiesOpen { get; init; }
    public int DutiesOverdue { get; init; }
    public int LateResponses { get; init; }

    /// <summary>An agency that the present stage asks has nobody of the stage's tiers: somebody else was told, or nobody.</summary>
    public bool NobodyToTell { get; init; }
    public DateTimeOffset? NextWake { get; init; }

    /// <summary>
    /// What the tracker sorts by: an open case's deadline (or the hold's review, or its next reminder), an ended one's end. Null, and after
    /// all others, where the present stage is not the reader's to know.
    /// </summary>
    public DateTimeOffset? SortAt { get; init; }

    /// <summary>The case for those of its agencies that may not know all of it, by their ids; null where there are none.</summary>
    public IReadOnlyDictionary<string, TrackerRow>? ByAgency { get; init; }

    /// <summary>The case as an agency that sees it may know it.</summary>
    public TrackerRow For(string agency) => ByAgency?.GetValueOrDefault(agency) ?? this;

    public static TrackerRow Of(CaseDocument document, Policy policy)
    {
        var others = Audience
            .Of(document.Case, policy)
            .Distinct(StringComparer.Ordinal)
            .Select(agency =>
                (Agency: agency, Case: new ReadableCase(document, policy, new CaseReader(agency, Addresses: false)))
            )
            .Where(o => !o.Case.IsWhole)
            .ToDictionary(o => o.Agency, o => Of(o.Case, policy), StringComparer.Ordinal);
        return Of(new ReadableCase(document, policy, CaseReader.Partnership), policy) with
        {
            ByAgency = others.Count == 0 ? null : others,
        };
    }

    private static TrackerRow Of(ReadableCase c, Policy policy)
    {
        var stage = policy.Find(c.Stage?.Id);
        return new TrackerRow
        {
            Reference = c.Reference,
            Partnership = c.Partnership,
            Policy = c.Policy.Id,
            Status = c.Status,
            Stage = stage?.Id,
            StageName = stage?.Name,
            FinalStage = stage?.Id == policy.FinalStage.Id,
            Parties = c.Parties,
            Natures = c.Natures,
            Urgent = c.ImminentRisk,
            RaisedAt = c.RaisedAt,
            Deadline = c.Hold is null ? c.OverdueAt : null,
            ReferBy = c.OverdueAt is null ? c.EscalatesAt : null,
            ReviewAt = c is { IsOpen: true, Status: CaseStatus.Open, Deadline: null } ? c.Stage?.Again : null,
            Limit =
                c.OverdueAt is null || c.Hold is not null
                    ? null
                    : c.Stage!.Deadline?.Kind.ToString().ToLowerInvariant(),
            HoldReviewOn = c.Hold?.ReviewOn,
            HoldReviewBy = c.Hold?.ReviewBy,
            Outcome = c.Outcome,
            EndedAt = c.EndedAt,
            NoticesQueued = c.Notices.Count(n => n.Status == NoticeState.Queued),
            NoticesFailed = c.Notices.Count(n => n.Status == NoticeState.Failed),
            DutiesOpen = c.Duties.Count(d => !d.IsDone),
            DutiesOverdue = c.Duties.Count(d => d is { IsDone: false, Overdue: true }),
            LateResponses = c.LateResponses.Count(l => !l.Adopted),
            NobodyToTell = c.IsOpen && stage is not null && HasNobody(c, stage),
            NextWake = c.NextWake,
            SortAt = c.EndedAt ?? c.EscalatesAt ?? c.Hold?.ReviewBy ?? c.Stage?.Again ?? c.Stage?.Deadline?.At,
        };
    }

    /// <summary>A hand-over or a contact that was found later mends it: their notice is nobody's fallback.</summary>
    private static bool HasNobody(ReadableCase c, Stage stage)
    {
        IEnumerable<string> asked =
            stage.Told is Told.Partnership
                ? [c.Partnership]
                : c.Parties.Where(p => Audience.IsAsked(stage.Told, p.Side)).Select(p => p.Agency);
        return asked.Any(agency => !c.Notices.Any(n => Asks(n.Queued, stage) && n.Queued.Agency == agency));
    }

    private static bool Asks(NoticeQueued queued, Stage stage) =>
        queued is { InsteadOf: null, Action: not NoticeAction.None } && queued.Stage == stage.Id;
}
