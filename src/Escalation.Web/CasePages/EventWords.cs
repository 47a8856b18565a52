using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.CasePages;

/// <summary>What happened, in a sentence for every type of event. Texts that people wrote stand beside it, never in it.</summary>
public static class EventWords
{
    public static string Sentence(CaseReading r, PlacedEvent placed) =>
        placed.Event switch
        {
            CaseOpened e => Opened(r, e),
            StageOpened e => $"{r.Stage(e.Stage)} opened{Because(r.Policy.Words, e.Because)}. "
                + Until(r, e.Deadline, e.For),
            LimitMet e => $"{r.Stage(e.Stage)}: {LimitForWords.Happened(e.Met)}, which meets its time limit for that. "
                + Until(r, e.Deadline, e.For),
            ContactDisputed e => $"{r.Agency(e.Agency)} said that the contact at {r.Inline(e.Stage)} did not happen: "
                + $"its time limit stands as before, {r.Moment(e.Deadline.At)}.",
            StageClosed e => $"{r.Stage(e.Stage)} closed: {ClosedAs(r.Policy.Words, e)}"
                + (e is { Late: true, By: not ClosedBy.Deadline } ? ", after its deadline." : ".")
                + (e.Untold ? " None of its people had been sent their email." : ""),
            StagesSkipped e =>
                $"The case went from {r.Inline(e.From)} straight to {r.Inline(e.To)}, for {r.Agency(e.Agency)}.{Passed(r, e)}",
            LedToPolicy e =>
                $"{r.Agency(e.Agency)} took the case from {r.Inline(e.From)} to another procedure: {Procedure(r, e)}.",
            OutcomeRecorded e => Recorded(r, e),
            OutcomeConfirmed { Decider: { } decider } e =>
                $"The decision recorded at {r.Inline(e.Stage)} was confirmed by {r.Confirm.Decider(decider)}.",
            OutcomeConfirmed e => $"{r.Agency(e.Agency)} confirmed the agreed outcome of {r.Inline(e.Stage)}.",
            OutcomeDisputed { Decider: { } decider } e =>
                $"The decision recorded at {r.Inline(e.Stage)} was disputed by {r.Confirm.Decider(decider)}: it does not count.",
            OutcomeDisputed e =>
                $"{r.Agency(e.Agency)} disputed the outcome recorded at {r.Inline(e.Stage)}: it does not count as agreed.",
            LateResponseRecorded e => Late(r, e),
            DeadlineMissed e => Missed(r, e),
            DeadlineMoved e => $"The deadline of {r.Inline(e.Stage)} moved from {r.Moment(e.From)} "
                + $"to {r.Moment(e.Deadline.At)}, because the calendar changed.",
            ReminderDue e => $"The people of {r.Inline(e.Stage)} were reminded.",
            OverdueTold e => $"The people of {r.Inline(e.Stage)} and the business manager were told "
                + $"that the case is overdue; they are told again on {r.Moment(e.Again)}.",
            DateSet e => $"{r.Agency(e.Agency)} set the day of “{r.Policy.DateName(e.Date)}”: {DayWords(e.Day)}."
                + (e.Deadline is null ? "" : $" {Until(r, e.Deadline, e.For)}"),
            HoldAsked e =>
                $"{r.Agency(e.Agency)} asked to put {r.Inline(e.Stage)} on hold (Stop and Review), to be reviewed on "
                    + $"{UkDates.Date(e.ReviewOn)}. "
                    + "The clock goes on unless the agency that raised the concern, or the partnership, agrees.",
            HoldPlaced e =>
                $"{r.Agency(e.Agency)} put {r.Inline(e.Stage)} on hold (Stop and Review), to be reviewed on {UkDates.Date(e.ReviewOn)}.",
            HoldReviewDue e => $"The hold of {r.Inline(e.Stage)} was due for review.",
            HoldEnded e => $"The hold of {r.Inline(e.Stage)} ended ({HoldEnd(e.How)}) "
                + $"after {Count(e.WorkingDaysHeld, "working day")}. "
                + (
                    e.Deadline is null
                        ? "No time limit runs."
                        : $"To be answered by {TimeWords.By(r.Calendar, e.Deadline.At)}."
                ),
            CaseWithdrawn e => $"{r.Agency(e.Agency)} withdrew the escalation.",
            CaseEnded e =>
                $"The case ended: {StageWords.Status(e.Status)}. Its personal data is kept until {r.Day(e.RetainUntil)}"
                    + (e.RetainUntilAge is { } age ? $", or until the child is {age} where that is later." : "."),
            ContactMade e =>
                $"{r.Agency(e.Agency)} said that contact was made at {r.Inline(e.Stage)}: its reminders stop but for the last.",
            UrgentRaised { Repeated: true } e => $"{r.Agency(e.Agency)} reported imminent risk again. "
                + "The urgent contacts had been told within the hour: nobody was emailed.",
            UrgentRaised e => $"{r.Agency(e.Agency)} reported imminent risk. The urgent contacts were told at once.",
            HandedOver e =>
                $"{r.Recipient(e.From, e.Contact.Agency)} handed {r.Inline(e.Stage)} over to {Person(r, e.Contact)}.{Waits(e.Contact)}",
            ContactChanged { From: { } from } e =>
                $"{Person(r, e.Contact)} takes the place of {r.Recipient(from, e.Contact.Agency)}.",
            ContactChanged e => $"{Person(r, e.Contact)} was added as a contact ({StageWords.Tier(e.Contact.Tier)}).",
            ContactAccepted e => $"The address of {r.Name(e.Contact) ?? "a contact"} was accepted.",
            NoteAdded e => $"{r.Agency(e.Agency)} added a note.",
            SentAgain e => $"The emails of {r.Inline(e.Stage)} were sent again.",
            PartnershipReviewed e => "The business manager's part of the form was recorded"
                + (e.ReceivedOn is { } day ? $": received on {UkDates.Date(day)}" : "")
                + $"{Referred(e)}.",
            LegalHoldChanged e => e.On
                ? "The case was put on legal hold: nothing of it is removed."
                : "The legal hold was lifted.",
            PersonalDataRemoved =>
                "The retention period has ended: names, addresses, texts and reasons were removed. The chain of events still checks.",
            UnknownEvent e => $"A newer version of the program recorded an event of the type '{e.Type}', "
                + "which this version does not know. "
                + "The case can be read, and not changed, until the program is updated.",
            _ => Traffic(r, placed.Event),
        };

    /// <summary>Duties and emails.</summary>
    private static string Traffic(CaseReading r, CaseEvent happened) =>
        happened switch
        {
            DutyArose e =>
                $"A duty arose for {r.Agency(e.Owner)}: {DutyText(r, e.Id)}{(e.Due is { } due ? $", by {r.Moment(due)}" : "")}.",
            DutyReminded e => $"Reminded of a duty: {DutyText(r, e.Id)}.",
            DutyOverdue e => $"A duty is overdue: {DutyText(r, e.Id)}.",
            DutyDone e =>
                $"A duty was done on {UkDates.Date(e.CompletedOn)}{(e.InTime ? "" : ", late")}: {DutyText(r, e.Id)}.",
            NoticeQueued { Contact: Notice.SecondChannel } e =>
                $"A message to the second channel was queued: {NoticeWords.Kind(e.Kind)}.",
            NoticeQueued e => $"An email to {QueuedFor(r, e)} was queued: {NoticeWords.Kind(e.Kind)}{InPlaceOf(e)}.",
            NoticeSent e => $"{About(r, e.Key)} was sent.",
            NoticeDelivered e => $"{About(r, e.Key)} was delivered.",
            NoticeFailed e => $"{About(r, e.Key)} did not arrive because {MailWords.NotDelivered(e.Reason)}.",
            NoticeSuperseded e => $"{About(r, e.Key)} was not sent: it was no longer needed.",
            NobodyToTell e => NobodyToTell(r, e),
            MailDelayed e =>
                $"No email of this case could be sent since {r.Moment(e.Since)}, because {MailWords.Because(e.Fault)}. "
                    + "Nobody is counted as not reached: everything goes out once that is mended.",
            PeopleLeftOut e =>
                $"{Count(e.People, "more person", "more people")} could not be emailed ({NoticeWords.Kind(e.Kind)}): "
                    + "the case has room for so many emails only, and of each agency the first were told.",
            _ => throw new InvalidOperationException($"No words for {happened.GetType().Name}."),
        };

    private static string DayWords(GivenDay day) =>
        day.Time is { } time ? UkDates.Moment(day.Date, time) : UkDates.Date(day.Date);

    public static string NobodyToTell(CaseReading r, NobodyToTell e) =>
        $"{r.Agency(e.Agency)} has nobody to tell ({StageWords.Tiers(e.Tier)}): "
        + (e.FellBackTo is { } to ? $"the email went to {FellBack(r, to)}." : "nobody was told in their place.");

    private static string Opened(CaseReading r, CaseOpened e)
    {
        var others = e.Parties.Where(p => p.Side is not Side.Raising).Select(p => r.Agency(p.Agency)).ToList();
        var with = others.Count == 0 ? "" : $" with {string.Join(" and ", others)}";
        var before = e.RaisedAt < r.Case.OpenedAt ? $" It was raised on {r.Moment(e.RaisedAt)}." : "";
        var risk = e.ImminentRisk ? " Imminent risk was reported." : "";
        return $"{r.Agency(r.Case.Raising.Agency)} raised a concern{with}.{before}{risk}";
    }

    private static string Procedure(CaseReading r, LedToPolicy e) =>
        $"{r.Policy.Name}, version {e.PolicyVersion.ToString(CultureInfo.InvariantCulture)}";

    public static string Because(OwnWords words, OpenedBecause because) =>
        because switch
        {
            OpenedBecause.Raised => ", because the concern was raised",
            OpenedBecause.Escalated => $", because the {words.Stage} before was {words.Escalated} by a person",
            OpenedBecause.Deadline => $", because the deadline of the {words.Stage} before passed",
            OpenedBecause.Skipped => $", because {words.Stage}s were skipped",
            OpenedBecause.Urgent => ", because of imminent risk",
            OpenedBecause.Review => ", because the review of the hold ended unresolved",
            OpenedBecause.Unconfirmed => ", because a recorded outcome was not confirmed in time",
            OpenedBecause.Led => ", because a person took the case to this procedure",
            _ => throw new InvalidOperationException($"A stage cannot open because of {because}."),
        };

    private static string Until(CaseReading r, Deadline? deadline, LimitFor? what) =>
        deadline is null
            ? "No time limit runs: it waits for a person."
            : $"{LimitForWords.Told(what ?? LimitFor.Outcome)} {TimeWords.By(r.Calendar, deadline.At)} ({Kind(deadline.Kind)}).";

    private static string ClosedAs(OwnWords words, StageClosed e) =>
        (e.Outcome, e.By) switch
        {
            (StageEnding.Escalated, ClosedBy.Deadline) => $"{words.Escalated} by its deadline",
            (StageEnding.Escalated, _) => $"{words.Escalated} by a person",
            (StageEnding.Skipped, _) => $"left for a later {words.Stage}",
            (StageEnding.Withdrawn, _) => "the escalation was withdrawn",
            var (outcome, _) => words.Phrase(outcome),
        };

    private static string Passed(CaseReading r, StagesSkipped e) =>
        e.Skipped.Where(r.MayRead).Select(r.Inline).ToList() is { Count: > 0 } names
            ? $" Passed over: {string.Join(", ", names)}."
            : "";

    /// <summary>A response in time met the stage's deadline, however long the case stays there.</summary>
    private static bool WasMet(CaseReading r, string stage) =>
        r.Events.Any(p =>
            p.Event is OutcomeRecorded { InTime: true } said
            && said.Stage == stage
            && Outcomes.Has(said.Outcome, OutcomeEffect.KeepsOpen)
        );

    private static string Recorded(CaseReading r, OutcomeRecorded e)
    {
        var how = $"{Method(r, e.Method)}, discussed on {UkDates.Date(e.DiscussedOn)}";
        var adopts = e.Adopts is { } number ? $", taking over the late answer of event {number}" : "";
        var late = e.InTime || WasMet(r, e.Stage) ? "" : " It came after the deadline.";
        var waits = e.ConfirmBy is { } by
            ? $" It waits for confirmation by {r.Confirm.Asked(e)} until {r.Moment(by)}."
            : "";
        var who = StageWords.Capital(r.Confirm.Speaker(e.Decider, e.Agency));
        return $"{who} recorded the outcome of {r.Inline(e.Stage)}: "
            + $"{r.Policy.Words.Phrase(e.Outcome)} ({how}){adopts}.{late}{waits}";
    }

    private static string Late(CaseReading r, LateResponseRecorded e)
    {
        var present =
            e.Present is null ? "The case had ended."
            : r.MayRead(e.Present) ? $"The case was at {r.Inline(e.Present)}, whose people were told."
            : "The case had moved on.";
        var inTime = e.InTime ? $" It arrived before that {r.Policy.Words.Stage}'s deadline." : "";
        return $"{r.Agency(e.Agency)} sent an answer to {r.Inline(e.Stage)} after that {r.Policy.Words.Stage} had closed: "
            + $"{r.Policy.Words.Phrase(e.Outcome)} ({Method(r, e.Method)}, discussed on {UkDates.Date(e.DiscussedOn)}). "
            + $"It was recorded as a late answer and moved nothing. {present}{inTime}";
    }

    private static string Missed(CaseReading r, DeadlineMissed e)
    {
        var record = r.Case.Stages.LastOrDefault(s => s.Id == e.Stage);
        var what = record?.ForOf(e.Deadline) ?? LimitFor.Outcome;
        var rule = record is null ? MissWords.Rule(null) : MissWords.Rule(r.Policy, record);
        var why = e.Unconfirmed
            ? $"The outcome recorded at {r.Inline(e.Stage)} was not confirmed by {r.Moment(e.Deadline)}"
            : $"The deadline of {r.Inline(e.Stage)} passed on {r.Moment(e.Deadline)} {LimitForWords.Missing(what)}";
        var then = e.Stays
            ? (
                e.Stage == r.Policy.FinalStage.Id
                    ? $"It is the last {r.Policy.Words.Stage}: the case stays open, overdue."
                    : "Nothing moves by itself: the case stays open, overdue."
            )
            : $"The case moved up by itself, {rule}; no person decided that.";
        return $"{why}. {then}";
    }

    private static string Method(CaseReading r, string method) =>
        r.Policy.Methods.FirstOrDefault(m => m.Id == method)?.Name is { } name
            ? char.ToLowerInvariant(name[0]) + name[1..]
            : method;

    private static string HoldEnd(HoldEnding how) =>
        how switch
        {
            HoldEnding.Agreed => "the review ended in agreement",
            HoldEnding.Unresolved => "the review ended unresolved",
            HoldEnding.Limit => "it had gone on as long as it may",
            HoldEnding.Outcome => "an outcome was recorded",
            HoldEnding.Urgent => "imminent risk was reported",
            HoldEnding.Skipped => "stages were skipped",
            HoldEnding.Withdrawn => "the escalation was withdrawn",
            _ => throw new InvalidOperationException($"{how} is no ending of a hold."),
        };

    private static string Referred(PartnershipReviewed e) =>
        e.ReferredToChair switch
        {
            true => ", referred to the chair",
            false => ", not referred to the chair",
            null => "",
        };

    private static string Person(CaseReading r, CaseContact contact) => r.Recipient(contact.Id, contact.Agency);

    private static string Waits(CaseContact contact) =>
        contact.Accepted
            ? ""
            : " The address is outside the agency's domains and waits for the business manager to accept it.";

    public static string DutyText(CaseReading r, string id)
    {
        if (r.Case.Duties.FirstOrDefault(d => d.Id == id) is not { } duty)
            return "a duty of this case";
        var what = r.Policy.FindDuty(duty.Rule)?.What ?? "check that an agreed action was carried out";
        return char.ToLowerInvariant(what[0]) + what[1..];
    }

    private static string InPlaceOf(NoticeQueued e) =>
        e.InsteadOf is { } tier ? $" (in place of {StageWords.Tiers(tier)}, which has no contact)" : "";

    private static string QueuedFor(CaseReading r, NoticeQueued e) =>
        r.Case.Notices.FirstOrDefault(n => n.Key == e.Key) is { } notice
            ? r.Recipient(notice)
            : r.Recipient(e.Contact, e.Agency);

    private static string About(CaseReading r, string key) =>
        r.Case.Notices.FirstOrDefault(n => n.Key == key) is { } notice
            ? $"The {(notice.IsEmail ? "email" : "message")} to {r.Recipient(notice)} ({NoticeWords.Kind(notice.Queued.Kind)})"
            : "An email";

    private static string FellBack(CaseReading r, string to) =>
        to.StartsWith("stage ", StringComparison.Ordinal) && r.Policy.Find(to[6..]) is { } stage
            ? $"the people of {StageWords.Inline(stage)}"
            : $"the {to}";

    public static string Kind(LimitKind kind) => kind is LimitKind.Maximum ? "maximum" : "target";

    private static string Count(int n, string unit) => Count(n, unit, unit + "s");

    private static string Count(int n, string one, string several) => n == 1 ? $"1 {one}" : $"{n} {several}";
}
