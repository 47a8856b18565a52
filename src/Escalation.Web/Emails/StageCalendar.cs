using System.Globalization;
using System.Text;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>
/// The calendar entry of a stage (RFC 5545): the half hour before its deadline. It is published with every email that asks, and cancelled
/// with the one that says the stage closed. UID and organiser are for all of a stage's entries those of the first that went out, and the
/// sequence goes on from the recipient's last. No link, and nobody's name: calendars are shared.
/// </summary>
internal static class StageCalendar
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>The entry that goes with this notice, or null.</summary>
    public static CalendarEntry? EntryFor(NoticeContext notice, string host) =>
        notice.Queued.Kind switch
        {
            NoticeKinds.StageOpened
            or NoticeKinds.Reminder
            or NoticeKinds.DeadlineMoved
            or NoticeKinds.HoldEnded
            or NoticeKinds.ContactRecorded
            or NoticeKinds.ContactDisputed
                when notice.Record.DeadlineInForce is not null && WasAsked(notice, notice.Record) => Entry(
                notice,
                notice.Record,
                "PUBLISH",
                host
            ),
            NoticeKinds.StageMissed
            or NoticeKinds.StageClosed
            or NoticeKinds.Ended
                when notice.Record is { ClosedAt: not null, Deadline: not null } && WasAsked(notice, notice.Record) =>
                Entry(notice, notice.Record, "CANCEL", host),
            NoticeKinds.StageNews
            or NoticeKinds.StageCopy
                when Before(notice) is { ClosedAt: not null, Deadline: not null } before && WasAsked(notice, before) =>
                Entry(notice, before, "CANCEL", host),
            _ => null,
        };

    private static CalendarEntry Entry(NoticeContext notice, StageRecord record, string method, string host)
    {
        var stage = notice.Policy.Find(record.Id)!;
        var (words, cancelled) = (StageWords.Inline(stage), method == "CANCEL");
        var invitation = InvitationOf(notice, record, cancelled, host);
        var by = UkDates.Time(notice.Calendar.LocalTime(record.Deadline!.At));
        var content = new StringBuilder(1024);
        Line(content, "BEGIN:VCALENDAR");
        Line(content, "VERSION:2.0");
        Line(content, "PRODID:-//Escalation//Deadlines//EN");
        Line(content, "CALSCALE:GREGORIAN");
        Line(content, $"METHOD:{method}");
        Line(content, "BEGIN:VEVENT");
        Line(content, $"UID:{invitation.Uid}");
        Line(content, $"SEQUENCE:{invitation.Sequence}");
        Line(content, $"DTSTAMP:{Utc(notice.Now)}");
        Line(content, $"DTSTART:{Utc(record.Deadline!.At - Length)}");
        Line(content, $"DTEND:{Utc(record.Deadline!.At)}");
        if (invitation.Organiser is { } organiser)
            Line(content, $"ORGANIZER:mailto:{organiser}");
        Line(content, $"SUMMARY:{Escaped($"{notice.Case.Reference} {words}: answer by {by}")}");
        var closes = cancelled ? "has closed." : "closes then. The link to answer is in the email.";
        Line(content, $"DESCRIPTION:{Escaped($"{notice.Policy.Name}: {words} {closes}")}");
        Line(content, $"STATUS:{(cancelled ? "CANCELLED" : "CONFIRMED")}");
        Line(content, "TRANSP:TRANSPARENT");
        Line(content, "CLASS:CONFIDENTIAL");
        Line(content, "END:VEVENT");
        Line(content, "END:VCALENDAR");
        return new CalendarEntry(method, content.ToString(), invitation);
    }

    private static Invitation InvitationOf(NoticeContext notice, StageRecord record, bool cancelled, string host)
    {
        var before = notice.Case.Notices.Where(n => n.Invitation?.Stage == record.Id).ToList();
        var first = before.FirstOrDefault()?.Invitation;
        var last = before.LastOrDefault(n => n.Queued.Contact == notice.Queued.Contact)?.Invitation;
        return new Invitation(
            record.Id,
            first?.Uid ?? $"{notice.Case.Reference}-{record.Id}@{host}",
            first is null ? notice.ManagerAddress : first.Organiser,
            Sequence(record, cancelled, last),
            record.Deadline!.At,
            cancelled
        );
    }

    /// <summary>
    /// As the recipient's last entry has it where nothing changed, else higher. Without one that was kept, it is the minutes from the
    /// stage's opening to its deadline, and one more once it is cancelled: RFC 5545 asks only that the number grows with each change.
    /// </summary>
    private static int Sequence(StageRecord record, bool cancelled, Invitation? last)
    {
        var minutes = (int)(record.Deadline!.At - record.OpenedAt).TotalMinutes + (cancelled ? 1 : 0);
        if (last is null)
            return minutes;
        return last.Ends == record.Deadline!.At && last.Cancelled == cancelled
            ? last.Sequence
            : Math.Max(minutes, last.Sequence + 1);
    }

    private static bool WasAsked(NoticeContext notice, StageRecord record) =>
        notice.Queued.Action is NoticeAction.Outcome && notice.Queued.Stage == record.Id
        || notice.Case.Notices.Exists(n =>
            n.Queued.Contact == notice.Queued.Contact
            && n.Queued.Stage == record.Id
            && n.Queued.Action is NoticeAction.Outcome
            && n.Status is NoticeState.Sent or NoticeState.Delivered
        );

    private static StageRecord? Before(NoticeContext notice) =>
        notice.Case.Stages.FindIndex(s => s.Id == notice.Record.Id) is var at and > 0
            ? notice.Case.Stages[at - 1]
            : null;

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>RFC 5545, 3.3.11.</summary>
    private static string Escaped(string text) =>
        LetterText
            .OneLine(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal);

    /// <summary>Lines of at most 75 octets, never cut inside a character (RFC 5545, 3.1).</summary>
    private static void Line(StringBuilder content, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                content.Append("\r\n ");
                octets = 1;
            }
            content.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        content.Append("\r\n");
    }
}
