using Escalation.Core.Calendars;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Partnerships;

/// <summary>A partnership whose directory or calendar a manager opened. The directory is as stored now, not as kept.</summary>
/// <param name="Policies">At least one.</param>
/// <param name="Today">Local date.</param>
public sealed record OpenedPartnership(
    string Id,
    IReadOnlyList<Policy> Policies,
    PartnershipDirectory Directory,
    WorkingCalendar Calendar,
    DateOnly Today
)
{
    public string Name => Policies[0].PartnershipName;

    /// <summary>Where its directory is.</summary>
    public string Url => $"/directory/{Id}";

    public string UrlOf(string agency) => $"{Url}/{agency}";

    public bool IsOwn(string agency) => agency == Id;

    /// <summary>Null when there is no such partnership for this caller.</summary>
    internal static async Task<OpenedPartnership?> FindAsync(
        HttpContext context,
        string partnership,
        RuleBook rules,
        IRecords records
    )
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, partnership) is not { } policies)
            return null;
        var calendar = (
            await rules.PartnershipAsync(partnership, context.Arrived(), context.RequestAborted)
        ).CalendarFor(policies[0]);
        var directory = await StoredDirectory.LoadAsync(records, partnership, context.RequestAborted);
        return new OpenedPartnership(partnership, policies, directory, calendar, calendar.LocalDate(context.Arrived()));
    }
}
