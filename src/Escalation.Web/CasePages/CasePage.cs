using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.CasePages;

/// <summary>What the case page shows.</summary>
/// <param name="Recorded">What the caller has just recorded, by its event; null: nothing.</param>
public sealed record CasePage(
    CaseReading Reading,
    EventLine? Recorded,
    EventList Events,
    IReadOnlyList<StageRow> Stages,
    StageDrawing Drawing,
    IReadOnlyList<Offer> Offers
)
{
    public static CasePage Of(CaseReading r, int? recorded, EventsAsked events)
    {
        var stages = StageRows.Of(r);
        var banner = r.Events.FirstOrDefault(e => e.Number == recorded);
        return new CasePage(
            r,
            banner is null ? null : EventLines.LineOf(r, banner),
            EventLines.Of(r, events),
            stages,
            StageDrawing.Of(r, stages),
            OffersOf(r)
        );
    }

    /// <summary>What the caller can do now.</summary>
    public static IReadOnlyList<Offer> OffersOf(CaseReading r) =>
        [.. Moves.All.Where(m => m.Listed).Select(m => Offer.For(r, m, null)).Where(o => o.WhyNot is null)];

    public ReadableCase Case => Reading.Case;

    /// <summary>The deadline and the time left; null where none is in force, or none that the caller may know of.</summary>
    public string? Deadline =>
        Case.Deadline is { } at
            ? $"{Reading.Moment(at)} ({EventWords.Kind(Case.Stage!.Deadline!.Kind)}): {TimeWords.Left(Reading.Now, at)}"
            : null;

    /// <summary>What the deadline is for: "Answer by".</summary>
    public string DeadlineLabel => LimitForWords.Asked(Case.Stage!.For);

    /// <summary>Where no limit is in force: when its people are reminded next; else null.</summary>
    public string? Review =>
        Case is { IsOpen: true, Status: CaseStatus.Open, Stage: { IsWithoutLimit: true, Again: { } again } }
            ? $"None runs. The people of the {Reading.Policy.Words.Stage} are reminded next on {Reading.Moment(again)}"
            : null;

    public (string Words, string Tag) Status =>
        Case.Status switch
        {
            CaseStatus.OnHold when IsOverdue => ("On hold, its review overdue", "govuk-tag--red"),
            _ when IsOverdue => ("Open, overdue", "govuk-tag--red"),
            CaseStatus.OnHold => ("On hold", "govuk-tag--yellow"),
            CaseStatus.AwaitingConfirmation => ("Awaiting confirmation", "govuk-tag--yellow"),
            CaseStatus.Resolved => ("Resolved by agreement", "govuk-tag--green"),
            CaseStatus.Decided => ("Decided", "govuk-tag--green"),
            CaseStatus.WithoutAgreement => ("Ended without agreement", "govuk-tag--grey"),
            CaseStatus.Withdrawn => ("Withdrawn", "govuk-tag--grey"),
            _ => ("Open", "govuk-tag--blue"),
        };

    public IEnumerable<DutyLine> Duties => DutyLines.Of(Reading);

    public IEnumerable<NobodyToTell> NobodyToTell => Reading.Events.Select(e => e.Event).OfType<NobodyToTell>();

    private bool IsOverdue => Case.OverdueAt <= Reading.Now;
}

/// <param name="MayComplete">Whether the caller may record it as done.</param>
public sealed record DutyLine(
    Duty Duty,
    string What,
    string Owner,
    string? Addressee,
    string? Due,
    string Basis,
    string Status,
    string Tag,
    bool MayComplete
);

public static class DutyLines
{
    public static IEnumerable<DutyLine> Of(CaseReading r) => r.Case.Duties.Select(duty => LineOf(r, duty));

    private static DutyLine LineOf(CaseReading r, Duty duty)
    {
        var rule = r.Policy.FindDuty(duty.Rule);
        var (status, tag) = duty switch
        {
            { IsDone: true, InTime: true } => ($"Done on {UkDates.Date(duty.CompletedOn!.Value)}", "govuk-tag--green"),
            { IsDone: true } => ($"Done late, on {UkDates.Date(duty.CompletedOn!.Value)}", "govuk-tag--orange"),
            { Overdue: true } => ("Overdue", "govuk-tag--red"),
            _ => ("To do", "govuk-tag--blue"),
        };
        return new DutyLine(
            duty,
            What(duty, rule),
            r.Agency(duty.Owner),
            duty.Addressee is { } to ? r.Agency(to) : null,
            duty.Due is { } due ? r.Moment(due) : null,
            rule?.Basis.ToString() ?? "Agreed with the outcome; who keeps the record checks it at its date",
            status,
            tag,
            Offer.For(r, Moves.CompleteDuty, duty.Id).WhyNot is null
        );
    }

    private static string What(Duty duty, DutyRule? rule) =>
        rule?.What ?? (duty.Action is { } action ? $"{action.What} ({action.ByWhom})" : "An agreed action");
}
