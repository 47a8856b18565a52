using Escalation.Core.Cases;
using Escalation.Core.Notices;

namespace Escalation.Core.Reporting;

/// <summary>A case in the tracker. No personal data. <c>overdue</c> is worked out when it is read.</summary>
public sealed record TrackerRow
{
    public required string Reference { get; init; }
    public required string Partnership { get; init; }
    public required string Policy { get; init; }
    public required string Status { get; init; }
    public required string Stage { get; init; }
    public required string StageName { get; init; }
    public bool FinalStage { get; init; }
    public required IReadOnlyList<Party> Parties { get; init; }
    public required IReadOnlyList<string> Natures { get; init; }
    public bool Urgent { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it escalates by itself: the stage's deadline, or when an agreed outcome must be confirmed by; null on hold, after a response and after the end.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary><c>target</c> or <c>maximum</c>.</summary>
    public string? Limit { get; init; }
    public DateOnly? HoldReviewOn { get; init; }
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

    public static TrackerRow Of(CaseDocument document, Policies.Policy policy)
    {
        var c = document.Case;
        var stage = policy.Find(c.Stage.Id)!;
        var deadline = c.Status == CaseStatus.OnHold ? null : c.Awaiting?.By ?? c.Stage.DeadlineInForce;
        return new TrackerRow
        {
            Reference = c.Reference,
            Partnership = c.Partnership,
            Policy = c.Policy.Id,
            Status = c.Status,
            Stage = stage.Id,
            StageName = stage.Name,
            FinalStage = stage.Id == policy.FinalStage.Id,
            Parties = c.Parties,
            Natures = c.Natures,
            Urgent = c.ImminentRisk,
            RaisedAt = c.RaisedAt,
            Deadline = deadline,
            Limit = deadline is null ? null : c.Stage.Deadline.Kind.ToString().ToLowerInvariant(),
            HoldReviewOn = c.Hold?.ReviewOn,
            Outcome = c.IsOpen ? null : c.Stage.Outcome,
            EndedAt = c.EndedAt,
            NoticesQueued = c.Notices.Count(n => n.Status == Notice.IsQueued),
            NoticesFailed = c.Notices.Count(n => n.Status == Notice.IsFailed),
            DutiesOpen = c.Duties.Count(d => !d.IsDone),
            DutiesOverdue = c.Duties.Count(d => d is { IsDone: false, Overdue: true }),
            LateResponses = c.LateResponses.Count(l => !l.Adopted),
            NobodyToTell = c.IsOpen && HasNobody(c, stage),
            NextWake = document.NextWake,
        };
    }

    /// <summary>A hand-over or a contact that was found later mends it: their notice is nobody's fallback.</summary>
    private static bool HasNobody(Case c, Policies.Stage stage) =>
        (stage.Told is Policies.Told.Partnership ? [c.Partnership] : c.Parties.Where(p => Addressing.IsTold(stage.Told, p.Side)).Select(p => p.Agency))
        .Any(agency => !c.Notices.Exists(n => n.Queued is { InsteadOf: null, Action: not NoticeAction.None } q && q.Stage == stage.Id && q.Agency == agency));
}
