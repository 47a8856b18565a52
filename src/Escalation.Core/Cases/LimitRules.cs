using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>A limit of the present stage is met by what it is for, or a contact is said not to have happened.</summary>
internal static class LimitRules
{
    /// <summary>
    /// A contact, or a discussion: the people need no more reminders, and a limit for it is met. Once the raising side has said that a
    /// contact did not happen, one that a receiving side records is kept and meets nothing.
    /// </summary>
    public static void ContactMade(CaseChange change, MakeContact m)
    {
        var stage = change.Case.Stage.Id;
        change.Add(new ContactMade(stage, m.By.Agency) { Words = PrivateWords.Of(m.By, "text", m.Text) });
        if (change.Case.Status == CaseStatus.Open)
            MeetByContact(change);
    }

    /// <summary>What was recorded while the clock was held counts once it goes on.</summary>
    public static void MeetByContact(CaseChange change)
    {
        var c = change.Case;
        if (c.Stage.ContactBy is not { } agency)
            return;
        Meet(change, agency, LimitFor.Contact, LimitFor.Discussion);
    }

    /// <summary>The limit in force is met where it is for one of these; else nothing happens.</summary>
    /// <param name="agency">Whose word it is.</param>
    public static void Meet(CaseChange change, string agency, params ReadOnlySpan<LimitFor> what)
    {
        var (c, stage) = (change.Case, change.Case.Stage);
        if (StageClock.InForce(change.Stage, stage) is not { } met || !what.Contains(met.For))
            return;
        var calendar = change.Rules.Calendar;
        var next = StageClock.LimitAfter(change.Stage, stage);
        var deadline = StageClock.NextDeadline(
            change.Stage,
            calendar,
            CaseTimes.Of(c, change.Policy),
            stage,
            change.At
        );
        var reminders = StageClock.Reminders(change.Stage, next, calendar, change.At, deadline);
        change.Add(
            new LimitMet(
                stage.Id,
                met.For,
                agency,
                deadline,
                reminders,
                Named(next),
                Again(change, change.Stage, deadline)
            )
        );
    }

    /// <summary>
    /// The raising side says that the contact did not happen: the limit stands as before, and is missed at once if it has passed.
    /// </summary>
    public static Decision Dispute(CaseChange change, Dispute m)
    {
        var c = change.Case;
        if (c.SideOf(m.By.Agency) is not (Side.Raising or Side.Partnership))
            return Decider.Refuse(
                Codes.NotAllowed,
                "Only the agency that raised the concern can say that the contact did not happen."
            );
        var (met, calendar) = (c.Stage.Met[^1], change.Rules.Calendar);
        var limit = change.Stage.Limits[c.Stage.Met.Count - 1];
        var reminders = StageClock.Reminders(change.Stage, limit, calendar, change.At, met.Deadline);
        change.Add(
            new ContactDisputed(c.Stage.Id, m.By.Agency, met.Deadline, reminders)
            {
                Words = PrivateWords.Of(m.By, "reason", m.Reason),
            }
        );
        Due.CarryOut(change);
        return change.Accepted();
    }

    /// <summary>Whether a miss at the present stage moves the case up by itself.</summary>
    public static bool Escalates(CaseChange change) =>
        !change.AtFinalStage && change.Stage.MovesUp(StageClock.InForce(change.Stage, change.Case.Stage));

    /// <summary>As events name it: an outcome goes without saying.</summary>
    public static LimitFor? Named(StageLimit? limit) => limit is null or { For: LimitFor.Outcome } ? null : limit.For;

    /// <summary>When the people of a stage without a limit in force are reminded first; null where one is.</summary>
    public static DateTimeOffset? Again(CaseChange change, Stage stage, Deadline? deadline) =>
        deadline is null && stage.Review is { } review ? Due.MorningAfter(change, review.EveryWorkingDays) : null;
}
