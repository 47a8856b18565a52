using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.OutcomeForms;
using Escalation.Web.Wording;

namespace Escalation.Web.CasePages;

/// <summary>Every staff action that has a page, in the order in which they are listed.</summary>
public static class Moves
{
    private const string Filler = "something";

    public static Move? Find(string path) => All.FirstOrDefault(m => m.Path == path);

    public static Move Outcome { get; } =
        new()
        {
            Path = "outcomes",
            Title = "Record an outcome",
            Button = "Record the outcome",
            Lead = _ =>
                [
                    "Record the outcome of the stage, as the people concerned told you. They need not use their link any more.",
                ],
            IsChecked = true,
            Parts = (r, asked) =>
                new OutcomeQuestions(
                    r.Whole,
                    r.Rules,
                    OutcomeStage(r, asked.Of),
                    asked.Agencies,
                    Contact: null,
                    r.Agency,
                    r.Now
                ).Parts(asked.Values),
            Body = OutcomeReader.Read,
            Tries = OutcomeTries,
            Stage = OutcomeStage,
        };

    public static Move Adopt { get; } =
        new()
        {
            Path = "adopt",
            Title = "Take over a late answer",
            Button = "Make it the outcome of the present stage",
            Listed = false,
            Lead = r =>
                [
                    $"The late answer below becomes the outcome of {r.Inline(r.Whole.Stage.Id)}, with its texts and actions.",
                ],
            Parts = (_, _) => [],
            Body = s => new AdoptBody(Number(s.About)),
            Tries = (_, of) => [new AdoptBody(Number(of))],
            About = (_, of) => Number(of),
        };

    public static Move CompleteDuty { get; } =
        new()
        {
            Path = "complete-duty",
            Title = "Record a duty as done",
            Button = "Record it as done",
            Listed = false,
            Lead = _ => [],
            Parts = (_, _) =>
                [
                    new FormPart.Date("completedOn", "When was it done?") { What = "the date it was done" },
                    new FormPart.Text("note", "Note", 3) { What = "the note", Optional = true },
                ],
            Body = s => new CompleteDutyBody(s.Date("completedOn"), s.Text("note")) { Duty = s.About ?? "" },
            Tries = (r, of) =>
                r
                    .Case.Duties.Where(d => d.Id == of)
                    .Select(d => new CompleteDutyBody(r.Calendar.LocalDate(r.Now), null) { Duty = d.Id }),
            About = (r, of) => r.Events.FirstOrDefault(e => e.Event is DutyArose arose && arose.Id == of)?.Number,
        };

    public static IReadOnlyList<Move> All { get; } =
    [
        Outcome,
        new()
        {
            Path = "confirm",
            Title = "Confirm the outcome",
            Button = "Confirm it",
            Lead = r =>
                [
                    $"The outcome counts once it is confirmed. Neither confirmed nor disputed by {Awaited(r)}, it counts as not agreed.",
                ],
            Parts = (r, _) =>
                [.. ForWhom(r), new FormPart.Text("text", "Note", 3) { What = "the note", Optional = true }],
            Body = s => new ConfirmBody(s.Text("text"), s.Text("for")),
            Tries = (r, _) => [new ConfirmBody(null, r.Case.Awaiting?.Deciders.FirstOrDefault())],
            About = (r, _) => r.Case.Awaiting?.Number,
        },
        new()
        {
            Path = "dispute",
            Title = "Dispute what was recorded",
            Button = "Dispute it",
            Warns = true,
            Lead = r =>
                r.Case.Awaiting is null
                    ?
                    [
                        "The contact that was recorded did not happen then, and the time limit for contact stands as before.",
                    ]
                    : ["The outcome does not count as agreed then, and the stage goes on."],
            Parts = (_, _) => [Reason("Why is it disputed?")],
            Body = s => new DisputeBody(s.Text("reason")),
            Tries = (_, _) => [new DisputeBody(Filler)],
            About = (r, _) => r.Case.Awaiting?.Number,
        },
        Adopt,
        new()
        {
            Path = "contact-made",
            Title = "Say that contact was made",
            Button = "Record the contact",
            Lead = _ =>
                [
                    "Its reminders stop but for the last. A time limit for contact is met; any other goes on. An outcome is still needed.",
                ],
            Parts = (_, _) => [new FormPart.Text("text", "Note", 3) { What = "the note", Optional = true }],
            Body = s => new ContactMadeBody(s.Text("text")),
            Tries = (_, _) => [new ContactMadeBody(null)],
        },
        new()
        {
            Path = "notes",
            Title = "Add a note",
            Button = "Add the note",
            Lead = _ => ["A note is part of the record. It cannot be changed or taken back."],
            Parts = (_, _) => [new FormPart.Text("text", "Note", 6) { What = "the note" }],
            Body = s => new NoteBody(s.Text("text")),
            Tries = (_, _) => [new NoteBody(Filler)],
        },
        new()
        {
            Path = "hand-over",
            Title = "Hand over to a colleague",
            Button = "Hand over",
            Lead = _ =>
                [
                    "The colleague, of the same agency, gets a link of their own; "
                        + "the link of whom they replace stops working. The deadline stays as it is.",
                ],
            Parts = (r, asked) =>
                [
                    new FormPart.FromList("from", "Who hands over?", Contacts.Choices(r, Contacts.OfStage(r)))
                    {
                        What = "who hands over",
                    },
                    .. Contacts.Person("The colleague's"),
                ],
            Body = s => new HandOverBody(s.Text("from"), s.Text("name"), s.Text("email"), s.Text("role")),
            Tries = (r, of) =>
                Contacts.OfStage(r).Select(c => new HandOverBody(c, Filler, "somebody@example.org", null)),
        },
        new()
        {
            Path = "send-again",
            Title = "Send the emails again",
            Button = "Send again",
            Lead = r =>
                [
                    r.Case.Awaiting is null
                        ? $"The people of {r.Inline(r.Whole.Stage.Id)} are sent their email and link once more."
                        : "Those who are asked to confirm are sent their email and link once more.",
                ],
            Parts = (_, _) => [new FormPart.Text("reason", "Reason", 2) { What = "the reason", Optional = true }],
            Body = s => new SendAgainBody(s.Text("reason")),
            Tries = (_, _) => [new SendAgainBody(null)],
        },
        new()
        {
            Path = "urgent",
            Title = "Report imminent risk",
            Button = "Report imminent risk",
            Warns = true,
            Lead = r =>
                [
                    r.Policy.Urgent.Instruction,
                    "Both agencies' safeguarding leads, and whom the procedure names, are told at once. The case goes on; a hold ends.",
                    "If your agency reported it within the hour, this is recorded and nobody is emailed again: telephone them.",
                ],
            Parts = (_, _) =>
                [
                    Reason("What is the risk?"),
                    new FormPart.Text("phone", "Your telephone number", Type: "tel")
                    {
                        What = "the telephone number",
                        Optional = true,
                        Hint = "Whom the procedure names is asked to call you, should they not hear from you.",
                    },
                ],
            Body = s => new UrgentBody(s.Text("reason"), s.Text("phone")),
            Tries = (_, _) => [new UrgentBody(Filler, Filler)],
        },
        new()
        {
            Path = "dates",
            Title = "Set a day",
            Button = "Set the day",
            Lead = _ =>
                [
                    "A day that the agencies agree, or that the procedure counts from. "
                        + "The present time limit follows it where it depends on it; both sides are told.",
                ],
            Parts = (r, _) =>
                [
                    new FormPart.OneOf(
                        "date",
                        "Which day is it?",
                        [.. r.Policy.Dates.Select(d => new Choice(d.Id, d.Name))]
                    )
                    {
                        What = "which day it is",
                    },
                    new FormPart.Date("day", "Date"),
                    new FormPart.Text("time", "Time")
                    {
                        What = "the time",
                        Optional = true,
                        Hint = "Where it matters. For example, 2:30pm",
                    },
                    new FormPart.Text("reason", "Note", 2) { What = "the note", Optional = true },
                ],
            Body = s => new SetDateBody(s.Text("date"), DayTyped(s), s.Text("reason")),
            Tries = (r, _) =>
                [
                    .. r.Policy.Dates.Select(d => new SetDateBody(
                        d.Id,
                        DayText.Of(r.Calendar.LocalDate(r.Now), null),
                        null
                    )),
                ],
        },
        new()
        {
            Path = "hold",
            Title = "Put on hold (Stop and Review)",
            Button = "Put on hold",
            Lead = r =>
                [
                    r.Caller.Agency is { } own && r.Case.AgenciesOf(Side.Receiving).Contains(own)
                        ? "The agency that raised the concern, and the business manager, are asked to agree. Until one of them does, "
                            + "the clock goes on."
                        : "The clock stops until the hold ends. At its review date its people are reminded.",
                    "A case is held once; only the partnership may hold it again.",
                    .. r.Policy.Hold is { } rule ? new[] { $"{rule.Basis}." } : [],
                ],
            Parts = (r, _) =>
                [
                    Reason("Why is it put on hold?"),
                    new FormPart.Text("askedBy", "Who asked for it?") { What = "who asked for it" },
                    new FormPart.Tick("managerConsulted", "Their manager was consulted")
                    {
                        Missing = "Say that their manager was consulted",
                    },
                    new FormPart.Date("reviewOn", "Review date")
                    {
                        What = "the review date",
                        Optional = true,
                        Hint =
                            $"A working day, at most {r.Policy.Hold?.MaxWorkingDays} working days on. "
                            + $"If left empty: after {r.Policy.Hold?.ReviewWorkingDays} working days.",
                    },
                ],
            Body = s => new HoldBody(
                s.Text("reason"),
                s.Text("askedBy"),
                s.YesOrNo("managerConsulted"),
                s.Date("reviewOn")
            ),
            Tries = (_, _) => [new HoldBody(Filler, Filler, true, null)],
        },
        new()
        {
            Path = "resume",
            Title = "End the hold",
            Button = "End the hold",
            Lead = _ => ["The clock runs on with what was left of its time."],
            Parts = (r, _) =>
                [
                    new FormPart.OneOf(
                        "review",
                        "How did the review end?",
                        [new("agreed", "In agreement on how to go on"), new("unresolved", "Unresolved", Unresolved(r))]
                    )
                    {
                        What = "how the review ended",
                    },
                    new FormPart.Text("reason", "Note", 3) { What = "the note", Optional = true },
                ],
            Body = s => new ResumeBody(s.Text("review"), s.Text("reason")),
            Tries = (_, _) => [new ResumeBody("agreed", null)],
        },
        new()
        {
            Path = "skip",
            Title = "Skip to a later stage",
            Button = "Skip to that stage",
            Lead = r => [$"The present stage is left, and the chosen one opens at once. {r.Policy.Skip.Basis}."],
            Parts = (r, _) =>
                [
                    new FormPart.OneOf(
                        "to",
                        "To which stage?",
                        [.. Later(r).Select(s => new Choice(s.Id, s.Name, s.Tier))]
                    )
                    {
                        What = "the stage",
                    },
                    Reason("Why are stages skipped?"),
                ],
            Body = s => new SkipBody(s.Text("to"), s.Text("reason")),
            Tries = (r, _) =>
                Later(r).Select(s => new SkipBody(s.Id, Filler)).DefaultIfEmpty(new SkipBody(r.Whole.Stage.Id, Filler)),
        },
        new()
        {
            Path = "withdraw",
            Title = "Withdraw the escalation",
            Button = "Withdraw it",
            Warns = true,
            Lead = _ => ["The case ends. It cannot be opened again; a new escalation can be raised."],
            Parts = (_, _) => [Reason("Why is it withdrawn?")],
            Body = s => new WithdrawBody(s.Text("reason")),
            Tries = (_, _) => [new WithdrawBody(Filler)],
        },
        CompleteDuty,
        .. ManagerMoves.All,
    ];

    internal static FormPart.Text Reason(string label) => new("reason", label, 4) { What = "the reason" };

    internal static int Number(string? of) =>
        int.TryParse(
            of,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;

    private static string OutcomeStage(CaseReading r, string? of) =>
        r.Case.Stages.Any(s => s.Id == of) ? of! : r.Whole.Stage.Id;

    /// <summary>
    /// Only for an open case, though one that has ended takes late answers: what comes after the end is for a form that
    /// was open before it.
    /// </summary>
    private static IEnumerable<MoveBody> OutcomeTries(CaseReading r, string? of)
    {
        var (today, stage) = (r.Calendar.LocalDate(r.Now), OutcomeStage(r, of));
        if (!r.Case.IsOpen && of is null)
            return [new ContactMadeBody(null)];
        return Outcomes.All.Select(o => Whole(r, stage, o.Id, today));
    }

    /// <summary>An outcome with everything that a policy may ask.</summary>
    private static OutcomeBody Whole(CaseReading r, string stage, string outcome, DateOnly today) =>
        new()
        {
            Outcome = outcome,
            Method = r.Policy.Methods.First(m => m.Refused is null).Id,
            DiscussedOn = today,
            Summary = Filler,
            Chair = new Speaker("an organisation that is not involved", Filler, null),
            RecordKeeper = r.Case.Raising.Agency,
            Outstanding = Filler,
            Actions = [new AgreedAction(Filler, Filler, r.Case.Raising.Agency, today)],
            Fields = r.Policy.Find(stage)!.Requires.ToDictionary(f => f.Id, f => Taken(f, today)),
        };

    /// <summary>An answer that the field takes.</summary>
    private static string Taken(OutcomeField field, DateOnly today) =>
        field.Kind switch
        {
            FieldKinds.Text => Filler,
            FieldKinds.Yes => "yes",
            FieldKinds.Choice => field.Options[0].Id,
            FieldKinds.Date => today.ToString(FieldKinds.DateFormat, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"Nothing is known of a field of the kind {field.Kind}."),
        };

    /// <summary>A time that cannot be read is left out of nothing: the day is then none.</summary>
    private static string? DayTyped(FormReader form) =>
        form.Date("day") is not { } day ? null
        : form.Text("time") is not { } text ? DayText.Of(day, null)
        : TypedTime.TryParse(text, out var time) ? DayText.Of(day, time)
        : null;

    private static IEnumerable<Stage> Later(CaseReading r)
    {
        var from = r.Policy.IndexOf(r.Whole.Stage.Id);
        return r.Policy.Stages.Skip(from + 1).Where(s => r.Policy.CanSkip(r.Whole.Stage.Id, s.Id, r.Case.ImminentRisk));
    }

    /// <summary>Where two decide together and neither has confirmed it: for which of them the partnership does.</summary>
    private static IEnumerable<FormPart> ForWhom(CaseReading r) =>
        r.Case.Awaiting is { Deciders: { Count: > 1 } deciders }
            ?
            [
                new FormPart.OneOf(
                    "for",
                    "Who confirms it?",
                    [.. deciders.Select(d => new Choice(d, StageWords.Capital(r.Confirm.Decider(d))))]
                )
                {
                    What = "who confirms it",
                },
            ]
            : [];

    private static string Awaited(CaseReading r) => r.Case.Awaiting is { } awaiting ? r.Moment(awaiting.By) : "then";

    private static string? Unresolved(CaseReading r) =>
        r.Policy.Hold is { UnresolvedGoesTo: { } to, UnresolvedWhen: { } when }
        && r.Case.Circumstances.Contains(when)
        && r.Policy.IndexOf(to) > r.Policy.IndexOf(r.Whole.Stage.Id)
            ? $"The case goes to {r.Inline(to)}"
            : null;
}
