using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;

namespace Escalation.Web.CasePages;

/// <summary>An event as a line of the page.</summary>
/// <param name="Who">Who spoke, where the caller may read it; else how it came.</param>
/// <param name="Texts">What people wrote with it, where the caller may read it.</param>
/// <param name="Warns">Something went wrong and may need a person.</param>
public sealed record EventLine(
    int Number,
    string When,
    DateTimeOffset At,
    string Sentence,
    string? Who,
    string Came,
    IReadOnlyList<(string Label, string Text)> Texts,
    bool Warns
);

/// <summary>Which events are shown, and in which order: <c>?order=newest&amp;events=main&amp;cursor=…</c>.</summary>
/// <param name="All">Emails and reminders too.</param>
/// <param name="After">The place of the last event of the page before; null: the first page.</param>
public sealed record EventsAsked(bool NewestFirst, bool All, string? After)
{
    /// <summary>Newest first, as every event is.</summary>
    public static EventsAsked Everything { get; } = new(NewestFirst: true, All: true, null);

    public string Url(CaseReading r, string? cursor = null)
    {
        var first = $"{r.Path}?order={(NewestFirst ? "newest" : "oldest")}&events={(All ? "all" : "main")}";
        return cursor is null ? first : $"{first}&{Paging.CursorName}={cursor}";
    }

    /// <summary>The address of one event: of a page that begins with it.</summary>
    public string Url(CaseReading r, int number) =>
        Url(r, Cursor.Of(PlaceOf(NewestFirst ? number + 1 : number - 1))) + Anchor(number);

    public static string Anchor(int number) => $"#event-{number.ToString(CultureInfo.InvariantCulture)}";

    internal string PlaceOf(int number) =>
        (NewestFirst ? int.MaxValue - number : number).ToString("D10", CultureInfo.InvariantCulture);
}

/// <param name="Hidden">How many events belong to a stage that the caller may not know of.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record EventList(IReadOnlyList<EventLine> Lines, EventsAsked Asked, int Total, int Hidden, string? Next)
{
    /// <summary>The address of one event: on this page, or on one that begins with it.</summary>
    public string UrlOf(CaseReading r, int number) =>
        Lines.Any(l => l.Number == number) ? EventsAsked.Anchor(number) : EventsAsked.Everything.Url(r, number);
}

public static class EventLines
{
    /// <summary>Events on a page.</summary>
    private const int Most = 50;

    private const string OfStage = "fields.";

    public static EventList Of(CaseReading r, EventsAsked asked)
    {
        var page = new Paging(asked.After, Most).Of(
            asked.All ? r.Events : r.Events.Where(IsMain),
            e => asked.PlaceOf(e.Number)
        );
        return new EventList(
            [.. page.Items.Select(e => LineOf(r, e))],
            asked,
            r.Events.Count,
            r.Case.Withheld,
            page.Next
        );
    }

    /// <summary>Every main event, oldest first: for the record, which is one document.</summary>
    public static IReadOnlyList<EventLine> Record(CaseReading r) =>
        [.. r.Events.Where(IsMain).Select(e => LineOf(r, e))];

    public static EventLine LineOf(CaseReading r, PlacedEvent placed)
    {
        var words = placed.Event.Words;
        return new EventLine(
            placed.Number,
            r.Moment(placed.Recorded.At),
            placed.Recorded.At,
            EventWords.Sentence(r, placed),
            Who(words?.By),
            Came(placed.Recorded.Command, r),
            [.. words is null || placed.Event is CaseOpened ? [] : Texts(r, words), .. Themes(r, placed)],
            Warns(placed.Event)
        );
    }

    /// <summary>The traffic of emails is left out unless something went wrong with it.</summary>
    private static bool IsMain(PlacedEvent placed) =>
        placed.Event
            is not (NoticeQueued or NoticeSent or NoticeDelivered or NoticeSuperseded or ReminderDue or DutyReminded);

    private static bool Warns(CaseEvent e) =>
        e
            is DeadlineMissed
                or NoticeFailed
                or NobodyToTell
                or PeopleLeftOut
                or MailDelayed
                or DutyOverdue
                or OverdueTold
                or UrgentRaised
                or OutcomeDisputed
                or UnknownEvent
                or StageClosed { Untold: true };

    private static string? Who(PersonName? by) =>
        by is null ? null
        : by.Role is { Length: > 0 } role ? $"{by.Name}, {role}"
        : by.Name;

    private static string Came(CommandMark? command, CaseReading r) =>
        command?.Actor switch
        {
            null => "by itself",
            "intake" => "through the intake form",
            "mail" => "reported by the mail provider",
            var actor when actor.StartsWith(CaseCommand.LinkActor, StringComparison.Ordinal) =>
                "through an emailed link",
            var actor when r.Caller.IsManager && actor.StartsWith("key:", StringComparison.Ordinal) =>
                $"signed in as {actor[4..]}",
            _ => "signed in",
        };

    private static IEnumerable<(string Label, string Text)> Texts(CaseReading r, PrivateWords words)
    {
        foreach (var (name, text) in words.Texts ?? new Dictionary<string, string>())
            yield return (Label(r, name), Said(r, name, text));
        if (words.Chair is { } chair)
            yield return (
                "Chair",
                string.Join(
                    ", ",
                    new[]
                    {
                        chair.Name,
                        chair.Role,
                        chair.Agency is { } agency ? r.Agency(agency) : null,
                    }.OfType<string>()
                )
            );
        foreach (var action in words.Actions ?? [])
            yield return (
                "Action",
                $"{action.What}\n{action.ByWhom}, {r.Agency(action.Agency)}, by {UkDates.Date(action.Due)}"
            );
    }

    /// <summary>They stay when retention removes what people wrote.</summary>
    private static IEnumerable<(string Label, string Text)> Themes(CaseReading r, PlacedEvent placed)
    {
        var themes = placed.Event switch
        {
            OutcomeRecorded said => said.Themes,
            LateResponseRecorded said => said.Themes,
            _ => null,
        };
        var policy = r.Policy.AsOf(placed.Number);
        if (themes is not null)
            yield return (
                "What the lessons are about",
                string.Join('\n', themes.Select(id => policy.Themes.FirstOrDefault(t => t.Id == id)?.Name ?? id))
            );
    }

    private static string Label(CaseReading r, string name) =>
        name switch
        {
            "summary" => "Summary",
            "reason" => "Reason",
            "text" or "note" => "Note",
            "askedBy" => "Asked for by",
            "consulted" => "Who was consulted",
            "methodology" => "How it was worked through",
            "recordKeeper" => "Keeps the record",
            "outstanding" => "Outstanding issues",
            "lessons" => "Lessons",
            "comments" => "Comments",
            "issues" => "Issues referred",
            "result" => "Outcome",
            _ when name.StartsWith(OfStage, StringComparison.Ordinal) => Asked(r, name)?.Name ?? name[OfStage.Length..],
            _ => name,
        };

    private static string Said(CaseReading r, string name, string text) =>
        name == "recordKeeper" ? r.Agency(text)
        : Asked(r, name) is { } field ? field.InWords(text)
        : text;

    /// <summary>What a stage requires of outcomes, by the name of its text; null: another text.</summary>
    private static OutcomeField? Asked(CaseReading r, string name) =>
        name.StartsWith(OfStage, StringComparison.Ordinal)
            ? r.Policy.Stages.SelectMany(s => s.Requires).FirstOrDefault(f => f.Id == name[OfStage.Length..])
            : null;
}
