using Escalation.Core.Calendars;
using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What decides a case beside its own events: its policy, and the partnership's calendar and directory as they are now.</summary>
public sealed record Rules(Policy Policy, WorkingCalendar Calendar, PartnershipDirectory Directory)
{
    /// <summary>
    /// Of each policy to which a stage of this one leads, the version in force. None that this program cannot use.
    /// </summary>
    public IReadOnlyList<Rules> LeadsTo { get; init; } = [];
}
