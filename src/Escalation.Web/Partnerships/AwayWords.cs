using Escalation.Core.Calendars;
using Escalation.Core.Directory;

namespace Escalation.Web.Partnerships;

/// <summary>Absences in words.</summary>
internal static class AwayWords
{
    /// <summary>"away until Monday 4 January 2027; Jo Hale stands in". Null for somebody who is here on that day.</summary>
    public static string? Of(Agency agency, Contact contact, DateOnly date)
    {
        if (!contact.IsAway(date))
            return null;
        var until = contact.Absences.Where(a => a.From <= date && date <= a.To).Max(a => a.To);
        return $"away until {UkDates.Date(until)}; {StandsIn(agency, contact, date)}";
    }

    /// <summary>"Thursday 24 December 2026 to Monday 4 January 2027", or the one day.</summary>
    public static string Period(Absence absence) =>
        absence.From == absence.To
            ? UkDates.Date(absence.From)
            : $"{UkDates.Date(absence.From)} to {UkDates.Date(absence.To)}";

    /// <summary>Who is told on a day while this contact is away.</summary>
    public static string StandsIn(Agency agency, Contact contact, DateOnly date) =>
        agency.Contacts.FirstOrDefault(c => c.Id == contact.Deputy) switch
        {
            null => "nobody stands in",
            { } deputy when deputy.IsAway(date) => $"{deputy.Name}, the deputy, is away too",
            { } deputy => $"{deputy.Name} stands in",
        };
}
