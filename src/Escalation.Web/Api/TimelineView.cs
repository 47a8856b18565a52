using Escalation.Core.Calendars;

namespace Escalation.Web.Api;

/// <param name="Calendar">The edition it was counted with, and what was asked on top.</param>
public sealed record TimelineView(
    string Policy,
    int Version,
    DateTimeOffset Raised,
    string Calendar,
    IReadOnlyList<TimelineStageView> Stages
);

/// <param name="Deadline">Null for a stage without a limit, which is the last of the list: what follows waits for a person.</param>
public sealed record TimelineStageView(
    string Id,
    string Name,
    DateTimeOffset Opens,
    DateTimeOffset? Deadline,
    LimitKind? Limit,
    Explanation? Explanation,
    IReadOnlyList<DateTimeOffset> Reminders
);
