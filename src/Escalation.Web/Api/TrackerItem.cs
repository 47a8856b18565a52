using Escalation.Core.Cases;
using Escalation.Core.Storage;

namespace Escalation.Web.Api;

/// <summary>A page of the tracker.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record TrackerView(IReadOnlyList<TrackerItem> Items, string? Next);

/// <summary>A case in the tracker: no personal data.</summary>
/// <param name="Stage">This and <paramref name="StageName"/> are null while the present stage is internal to another agency.</param>
/// <param name="Overdue">Now is at or after the deadline in force, or the close of the day on which a hold was to be reviewed.</param>
public sealed record TrackerItem(
    string Reference,
    string Partnership,
    string Policy,
    string Status,
    bool Overdue,
    string? Stage,
    string? StageName,
    bool FinalStage,
    IReadOnlyList<Party> Parties,
    IReadOnlyList<string> Natures,
    bool Urgent,
    DateTimeOffset RaisedAt,
    DateTimeOffset? Deadline,
    string? Limit,
    DateOnly? HoldReviewOn,
    string? Outcome,
    DateTimeOffset? EndedAt,
    int NoticesQueued,
    int NoticesFailed,
    int DutiesOpen,
    int DutiesOverdue,
    int LateResponses,
    DateTimeOffset? NextWake
)
{
    public static TrackerItem Of(TrackerRow row, DateTimeOffset now) =>
        new(
            row.Reference,
            row.Partnership,
            row.Policy,
            row.Status,
            row.OverdueAt <= now,
            row.Stage,
            row.StageName,
            row.FinalStage,
            row.Parties,
            row.Natures,
            row.Urgent,
            row.RaisedAt,
            row.Deadline,
            row.Limit,
            row.HoldReviewOn,
            row.Outcome,
            row.EndedAt,
            row.NoticesQueued,
            row.NoticesFailed,
            row.DutiesOpen,
            row.DutiesOverdue,
            row.LateResponses,
            row.NextWake
        );
}
