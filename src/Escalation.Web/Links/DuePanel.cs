using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>The panel at the head of a link's page: by when, how much time is left, and what the words beside it say.</summary>
/// <param name="Label">What the date is for: "Answer by".</param>
/// <param name="When">The instant in local words.</param>
/// <param name="Left">How much time is left, or why none is counted; null where the tags say it all.</param>
/// <param name="Tags">In words; a colour only stands beside them.</param>
public sealed record DuePanel(string Label, string When, string? Left, IReadOnlyList<DueTag> Tags)
{
    /// <summary>True once the instant is past while somebody is still asked.</summary>
    public bool IsOverdue => Tags.Any(t => t.Words == DueTag.Overdue.Words);

    public static DuePanel Of(LinkContext link)
    {
        var (c, record, calendar) = (link.Case, link.Standing.Stage, link.Rules.Calendar);
        if (record.Deadline is not { } deadline)
            return new("Time limit", "None is printed", null, record.ClosedAt is null ? [] : [DueTag.Closed]);
        var when = TimeWords.Moment(calendar, deadline.At);
        var kind = DueTag.Of(deadline.Kind);
        if (record.ClosedAt is not null)
            return new("The deadline was", when, null, [DueTag.Closed, kind]);
        if (record is { IsWithoutLimit: true, RespondedAt: null })
            return new(
                "The deadline was",
                when,
                $"No time limit runs any more: {LimitForWords.Happened(record.Met[^1].For)}.",
                [kind]
            );
        if (record is { IsWithoutLimit: true })
            return new("The deadline was", when, "A response was recorded.", [DueTag.Responded, kind]);
        var label = LimitForWords.Label(record.For, link.Stage.IsTheirs(record.For, link.Claims.Side.Word()));
        if (c.Status == CaseStatus.OnHold)
            return new(
                label,
                when,
                "The clock stands still. This date moves when the hold ends.",
                [DueTag.OnHold, kind]
            );
        var tag =
            deadline.At <= link.Now ? (record.For is LimitFor.Referral ? null : DueTag.Overdue)
            : c.Awaiting is not null ? DueTag.Waiting
            : calendar.LocalDate(deadline.At) == calendar.LocalDate(link.Now) ? DueTag.Today
            : null;
        return new(label, when, TimeWords.Left(link.Now, deadline.At), [.. tag is null ? new[] { kind } : [tag, kind]]);
    }

    /// <summary>The time for confirming an outcome.</summary>
    public static DuePanel ToConfirm(LinkContext link, Awaiting awaiting) =>
        new(
            "Confirm or dispute by",
            TimeWords.Moment(link.Rules.Calendar, awaiting.By),
            TimeWords.Left(link.Now, awaiting.By),
            []
        );
}

/// <param name="Style">Ending of a GOV.UK tag's class.</param>
public sealed record DueTag(string Words, string Style)
{
    public static readonly DueTag Overdue = new("Overdue", "red"),
        Today = new("Due today", "orange"),
        OnHold = new("On hold", "yellow"),
        Waiting = new("Waits for confirmation", "yellow"),
        Responded = new("Responded", "green"),
        Closed = new("Closed", "grey");

    public static DueTag Of(LimitKind kind) =>
        kind is LimitKind.Maximum ? new("Maximum", "purple") : new("Target", "blue");
}
