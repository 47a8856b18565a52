using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.CasePages;

/// <summary>How a stage stands.</summary>
public enum StageState
{
    /// <summary>It closed in time, by a person.</summary>
    Done,

    /// <summary>It closed by a person, at or after its deadline.</summary>
    DoneLate,

    /// <summary>Its deadline passed, and the case moved up by itself.</summary>
    Missed,

    /// <summary>A person left it for a later stage.</summary>
    Left,

    /// <summary>It never opened: the case passed over it.</summary>
    PassedOver,
    Open,
    Overdue,
    OnHold,
    Awaiting,
    Responded,

    /// <summary>It opens, and is due, then, if nobody answers.</summary>
    Planned,

    /// <summary>Still to come, and nobody knows when.</summary>
    Unknown,
}

/// <summary>A stage of the case as the page shows it. Instants are UTC.</summary>
/// <param name="From">Null: it never opened, or nobody knows when it opens.</param>
/// <param name="To">When it closed; for an open or planned stage its deadline.</param>
public sealed record StageRow(
    Stage Stage,
    StageState State,
    DateTimeOffset? From,
    DateTimeOffset? To,
    Deadline? Deadline,
    StageRecord? Record
)
{
    public string Words =>
        State switch
        {
            StageState.Done => "Done",
            StageState.DoneLate => "Done, late",
            StageState.Missed => "Missed",
            StageState.Left => "Skipped: left early",
            StageState.PassedOver => "Skipped",
            StageState.Open => "Open",
            StageState.Overdue => "Open, overdue",
            StageState.OnHold => "On hold",
            StageState.Awaiting => "Awaiting confirmation",
            StageState.Responded => "Responded, still open",
            StageState.Planned => "Planned",
            _ => "To come",
        };

    /// <summary>Stands beside every colour.</summary>
    public string Mark =>
        State switch
        {
            StageState.Done => "✓",
            StageState.DoneLate => "✓ late",
            StageState.Missed => "✗ missed",
            StageState.Left => "» skipped",
            StageState.PassedOver => "skipped",
            StageState.Open => "open",
            StageState.Overdue => "! overdue",
            StageState.OnHold => "‖ on hold",
            StageState.Awaiting => "? to confirm",
            StageState.Responded => "responded",
            StageState.Planned => "planned",
            _ => "to come",
        };

    public string Style =>
        State switch
        {
            StageState.Done or StageState.Responded => "done",
            StageState.DoneLate => "late",
            StageState.Missed or StageState.Overdue => "missed",
            StageState.Left or StageState.PassedOver => "skipped",
            StageState.Open => "open",
            StageState.OnHold or StageState.Awaiting => "hold",
            _ => "planned",
        };

    public string Tag =>
        Style switch
        {
            "done" => "govuk-tag--green",
            "late" => "govuk-tag--orange",
            "missed" => "govuk-tag--red",
            "hold" => "govuk-tag--yellow",
            "open" => "govuk-tag--blue",
            _ => "govuk-tag--grey",
        };
}

public static class StageRows
{
    /// <summary>The stages of the policy in their order; those internal to another agency are left out.</summary>
    public static IReadOnlyList<StageRow> Of(CaseReading r)
    {
        var ahead = Timeline.Ahead(r.Whole, r.Policy, r.Calendar).ToDictionary(s => s.Id, StringComparer.Ordinal);
        return
        [
            .. r
                .Policy.Stages.Where(s => r.MayRead(s.Id))
                .Select(s => RowOf(r, s, ahead.GetValueOrDefault(s.Id)))
                .OfType<StageRow>(),
        ];
    }

    private static StageRow? RowOf(CaseReading r, Stage stage, TimelineStage? planned)
    {
        var c = r.Case;
        if (c.Stages.LastOrDefault(s => s.Id == stage.Id) is { } record)
            return new StageRow(stage, StateOf(r, record), record.OpenedAt, EndOf(r, record), record.Deadline, record);
        if (r.Policy.IndexOf(stage.Id) < r.Policy.IndexOf(r.Whole.Stage.Id))
            return new StageRow(stage, StageState.PassedOver, null, null, null, null);
        if (!c.IsOpen)
            return null;
        // Of stages after one that the caller may not know of, only that they are to come is said.
        return planned is null || c.Stage is null
            ? new StageRow(stage, StageState.Unknown, null, null, null, null)
            : new StageRow(stage, StageState.Planned, planned.Opens, planned.Deadline?.At, planned.Deadline, null);
    }

    private static DateTimeOffset? EndOf(CaseReading r, StageRecord record) =>
        record.ClosedAt ?? (r.Case.Awaiting?.By is { } by && !(by <= record.Deadline?.At) ? by : record.Deadline?.At);

    private static StageState StateOf(CaseReading r, StageRecord record) =>
        record switch
        {
            { ClosedAt: not null, By: ClosedBy.Deadline } => StageState.Missed,
            { ClosedAt: not null, Outcome: StageEnding.Skipped } => StageState.Left,
            { ClosedAt: not null, Late: true } => StageState.DoneLate,
            { ClosedAt: not null } => StageState.Done,
            _ when r.Case.Status == CaseStatus.OnHold => StageState.OnHold,
            _ when r.Case.Awaiting is not null => StageState.Awaiting,
            { For: LimitFor.Referral, IsWithoutLimit: false } => StageState.Open,
            { MissedAt: not null } => StageState.Overdue,
            { RespondedAt: not null, IsWithoutLimit: true } => StageState.Responded,
            _ => record.DeadlineInForce <= r.Now ? StageState.Overdue : StageState.Open,
        };

    /// <summary>What became of a stage, in a sentence.</summary>
    public static string Became(CaseReading r, StageRow row) =>
        row switch
        {
            { Record: { ClosedAt: { } closed } record } =>
                $"It {StageWords.Closed(r.Policy, record)}, on {r.Moment(closed)}"
                    + (record is { Late: true, By: not ClosedBy.Deadline } ? " (late)." : ".")
                    + (record.Untold ? " None of its people had been sent their email." : ""),
            { State: StageState.PassedOver } => "The case passed over it.",
            { State: StageState.Planned } => $"If nobody answers, it opens on {r.Moment(row.From!.Value)}.",
            { State: StageState.Unknown } => "To come.",
            { State: StageState.OnHold } => "Its clock is on hold.",
            { State: StageState.Responded, Record.RespondedAt: { } at } =>
                $"A response was recorded on {r.Moment(at)}; the case stays open until it is resolved or decided.",
            { State: StageState.Awaiting } =>
                $"{ConfirmWords.What(r.Case.Awaiting!.Said)} waits for confirmation until {r.Moment(r.Case.Awaiting.By)}.",
            { Record: { IsWithoutLimit: true, Again: { } again } } =>
                $"No time limit runs; its people are reminded next on {r.Moment(again)}.",
            { Deadline: null } => "No time limit is printed for it.",
            { State: StageState.Overdue } => $"Its deadline {TimeWords.Left(r.Now, row.Deadline!.At)}.",
            _ => TimeWords.Left(r.Now, row.Deadline!.At) + ".",
        };
}
