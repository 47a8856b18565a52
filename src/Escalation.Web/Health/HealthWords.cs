using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Emails;
using Escalation.Web.Wording;

namespace Escalation.Web.Health;

/// <summary>The facts of the store, the calendar and the program as lines.</summary>
public static class HealthWords
{
    private const int OldEdition = 400,
        EndsSoon = 183;

    /// <summary>"Wednesday 23 December 2026 at 10am", UK time.</summary>
    public static string Moment(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, LondonTime.Zone).DateTime;
        return UkDates.Moment(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    public static IEnumerable<HealthLine> Of(StoreCounts counts, DateTimeOffset now) =>
        [
            new(
                "Escalations",
                HealthState.Well,
                $"{CountWords.Number(counts.Open)} open, {CountWords.Number(counts.Cases)} in all"
            ),
            Wakes(counts, now),
            counts.Failing == 0
                ? new("Cases backing off", HealthState.Well, "None")
                : new(
                    "Cases backing off",
                    HealthState.Act,
                    $"{CountWords.Number(counts.Failing)} could not be advanced",
                    "The program’s log names each case with its fault. "
                        + "A case is tried again by itself, ever more slowly, and goes on once the fault is mended."
                ),
            counts.Queued == 0
                ? new("Emails waiting", HealthState.Well, "None")
                : new(
                    "Emails waiting",
                    HealthState.Look,
                    $"{CountWords.Number(counts.Queued)} queued and not yet sent",
                    "An email goes within a minute. If this number stays, look at what is said here of sending email, and at the log."
                ),
            counts.Failed == 0
                ? new("Emails that failed", HealthState.Well, "None")
                : new(
                    "Emails that failed",
                    HealthState.Look,
                    $"{CountWords.Number(counts.Failed)} failed",
                    "Somebody else was asked instead, and the business manager was told. "
                        + "Correct the address in the directory, then send again from the case."
                ),
        ];

    /// <param name="today">Local date.</param>
    public static HealthLine Calendar(WorkingCalendar calendar, CalendarEdition edition, DateOnly today)
    {
        const string what = "Bank holidays",
            toDo =
                "On one machine: refresh the calendar from gov.uk’s bank-holidays.json; it merges, and never removes a past date. "
                + "On Azure: install a newer release.";
        var age = today.DayNumber - edition.Date.DayNumber;
        var old = age <= 0 ? "" : $", {CountWords.Of(age, "day")} old";
        var figure = string.Create(
            CultureInfo.InvariantCulture,
            $"{calendar.Name}{old}; it holds bank holidays to the end of {calendar.LastYear}"
        );
        var left = new DateOnly(calendar.LastYear, 12, 31).DayNumber - today.DayNumber;
        return left switch
        {
            < 0 => new(
                what,
                HealthState.Act,
                figure,
                $"Deadlines are counted without the bank holidays of {today.Year}. {toDo}"
            ),
            < EndsSoon => new(
                what,
                HealthState.Look,
                figure,
                $"It ends soon, and deadlines beyond it are counted without bank holidays. {toDo}"
            ),
            _ when age > OldEdition => new(
                what,
                HealthState.Look,
                figure,
                $"It is old: a bank holiday declared since is not in it. {toDo}"
            ),
            _ => new(what, HealthState.Well, figure),
        };
    }

    /// <param name="covers">Whether the reader has to do with a partnership.</param>
    public static IEnumerable<HealthLine> Policies(InstalledPolicies installed, Func<string, bool> covers)
    {
        const string what = "Procedures";
        var mine = installed.Catalogue.All.Where(p => covers(p.Partnership)).ToList();
        yield return new(
            what,
            HealthState.Well,
            $"{CountWords.Of(mine.Count, "procedure")}, {CountWords.Number(mine.Count(p => p.IsOwn))} in a partnership’s own version"
        );
        foreach (var fault in installed.Faults.Where(f => covers(f.Key.Partnership)))
            yield return new(
                what,
                HealthState.Act,
                $"{fault.Key.Id}, version {fault.Key.Version}, {fault.Reason}",
                "Run the version of the program that knows it, or store a version with a higher number. The other procedures go on."
            );
    }

    public const string Sending = "Sending email";

    /// <param name="outage">Null: it works.</param>
    /// <param name="how">How email goes out.</param>
    public static HealthLine Mail(MailOutage? outage, string how) =>
        outage is null
            ? new(Sending, HealthState.Well, how)
            : new(
                Sending,
                HealthState.Act,
                $"Not since {Moment(outage.Since)}, because {MailWords.Because(outage.Fault)} ({outage.Fault})",
                $"{MailWords.ToDo(outage.Fault)} Nobody is counted as not reached meanwhile: what waits goes out soon after it is mended."
            );

    /// <param name="hasWebhook">Whether there is more than the log.</param>
    public static HealthLine SecondChannel(bool hasWebhook) =>
        hasWebhook
            ? new("Second channel", HealthState.Well, "A webhook, and the log")
            : new(
                "Second channel",
                HealthState.Look,
                "The log alone",
                "Set a webhook: it tells you when emails cannot be sent, or nobody can be told."
            );

    /// <param name="faults">Of the host's probes, one each; null: ready.</param>
    public static IEnumerable<HealthLine> Probes(IReadOnlyList<string?> faults)
    {
        var found = faults.OfType<string>().ToList();
        if (found.Count == 0 && faults.Count > 0)
            yield return new(
                "What the host needs",
                HealthState.Well,
                $"{CountWords.Of(faults.Count, "check")}, all well"
            );
        foreach (var fault in found)
            yield return new(
                "What the host needs",
                HealthState.Act,
                fault,
                "Until this is mended the host says that it is not ready."
            );
    }

    private static string? Version =>
        typeof(HealthWords).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    public static HealthLine Program { get; } =
        new("Program", HealthState.Well, $"Escalation {Version} on {RuntimeInformation.FrameworkDescription}");

    private static HealthLine Wakes(StoreCounts counts, DateTimeOffset now) =>
        counts switch
        {
            { OverdueWakes: 0 } or { OldestOverdueWake: null } => new(
                "Deadlines and reminders",
                HealthState.Well,
                "All carried out"
            ),
            { OldestOverdueWake: { } oldest } when Readiness.WakesAreLate(counts, now) => new(
                "Deadlines and reminders",
                HealthState.Act,
                $"{CountWords.Of((int)counts.OverdueWakes, "case")} not advanced in time; "
                    + $"the first should have been on {Moment(oldest)} ({TimeWords.Left(now, oldest)})",
                "The host does not keep up, or does not run. Look at its log; what fell due is carried out as soon as it can be."
            ),
            _ => new(
                "Deadlines and reminders",
                HealthState.Well,
                $"{CountWords.Of((int)counts.OverdueWakes, "case")} just now being carried out"
            ),
        };
}
