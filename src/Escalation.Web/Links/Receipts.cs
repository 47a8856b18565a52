using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Links.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>
/// The page after something was recorded: what, when, and what happens next. Made from the events that the command
/// caused, so that sending the same form twice shows the same page.
/// </summary>
internal static class Receipts
{
    /// <summary>What this link recorded with this command; null: nothing.</summary>
    public static Page? Find(LinkContext link, string command) =>
        DocumentFormat
            .Recorded(link.Document.Events, link.Document.Words)
            .Any(r => r.Command is { } caused && caused.Id == command && caused.Actor == link.Actor)
            ? Of(link, link.Document, command)
            : null;

    public static Page Of(LinkContext link, CaseDocument document, string command)
    {
        var caused = DocumentFormat
            .Recorded(document.Events, document.Words)
            .Where(r => r.Command?.Id == command)
            .ToList();
        var events = caused.ConvertAll(r => r.Event);
        var first = events.Find(e =>
            e
                is OutcomeRecorded
                    or LateResponseRecorded
                    or OutcomeConfirmed
                    or OutcomeDisputed
                    or HandedOver
                    or ContactMade
                    or ContactDisputed
        );
        var receipt = first switch
        {
            LateResponseRecorded late => Late(link, document.Case, late),
            OutcomeRecorded said => Said(link, said, events),
            OutcomeConfirmed said => Make(
                "Outcome confirmed",
                [
                    (
                        "Recorded",
                        $"{StageWords.Capital(link.Confirm.Speaker(said.Decider, said.Agency))} confirms the outcome"
                    ),
                ],
                Next(link, events)
            ),
            OutcomeDisputed said => Make(
                "Outcome disputed",
                [
                    (
                        "Recorded",
                        $"{StageWords.Capital(link.Confirm.Speaker(said.Decider, said.Agency))} disputes the outcome. "
                            + $"It does not count{(said.Decider is null ? " as agreed" : "")}"
                    ),
                ],
                Next(link, events)
            ),
            ContactMade said => Make(
                "Contact recorded",
                [("Recorded", $"{Name(link, said.Agency)} says that contact was made")],
                [AfterContact(link, events)]
            ),
            ContactDisputed said => Make(
                "Contact disputed",
                [("Recorded", $"{Name(link, said.Agency)} says that the contact did not happen")],
                ["The time limit for contact stands as before. Everybody concerned is told by email."]
            ),
            HandedOver handed => Make("Handed over", [("Recorded", "A colleague was named")], [Handed(handed)]),
            _ => Make("Recorded", [], ["What you sent is recorded."]),
        };
        receipt = receipt with
        {
            Recorded =
            [
                (StageWords.Capital(link.Rules.Policy.Words.Stage), link.Stage.Name),
                .. receipt.Recorded,
                ("When", TimeWords.Moment(link.Rules.Calendar, caused[0].At)),
            ],
            Told = [.. Told(link, events)],
            Duties = [.. Duties(link, document, events)],
        };
        return new Page(receipt.IsLate ? 409 : 200, typeof(ReceiptPage), receipt);

        Receipt Make(string title, IReadOnlyList<(string, string)> recorded, IEnumerable<string> next) =>
            new(title, document.Case.Reference, false, recorded, [.. next], []);
    }

    private static Receipt Said(LinkContext link, OutcomeRecorded said, List<CaseEvent> caused) =>
        new(
            said.Adopts is null ? "Outcome recorded" : "Late answer adopted",
            link.Case.Reference,
            false,
            [
                ("Outcome", StageWords.Capital(link.Rules.Policy.Words.Phrase(said.Outcome))),
                ("For", Name(link, said.Agency)),
                .. said.Adopts is null
                    ? []
                    : new[]
                    {
                        (
                            "Recorded",
                            $"The late answer now counts as the outcome of this {link.Rules.Policy.Words.Stage}"
                        ),
                    },
            ],
            [.. Next(link, caused)],
            []
        );

    private static Receipt Late(LinkContext link, Case c, LateResponseRecorded late)
    {
        var word = link.Rules.Policy.Words.Stage;
        var record = c.Stages.FindLast(s => s.Id == late.Stage);
        var closed = record?.ClosedAt is { } at
            ? $": it {StageWords.Closed(link.Rules.Policy, record)}, on {TimeWords.Moment(link.Rules.Calendar, at)}"
            : "";
        string[] next =
        [
            $"It does not change the {word}, because the {word} had closed{closed}.",
            .. late.InTime ? new[] { $"It arrived before that {word}'s deadline; the record says so." } : [],
            late.Present is not { } present || link.Rules.Policy.Find(present) is not { } stage
                ? "The case has ended; the business manager is told of it."
            : MayRead(link, present)
                ? $"The people of {StageWords.Inline(stage)} are told of it, and can make it their own outcome."
            : "The people who have the case now are told of it, and can make it their own outcome.",
        ];
        return new Receipt(
            "Recorded as a late answer",
            c.Reference,
            true,
            [
                ("Answer", StageWords.Capital(link.Rules.Policy.Words.Phrase(late.Outcome))),
                ("For", Name(link, late.Agency)),
            ],
            next,
            []
        );
    }

    private static string Until(WorkingCalendar calendar, StageOpened opened) =>
        opened.Deadline is { } due
            ? $"{LimitForWords.Inline(opened.For ?? LimitFor.Outcome)} {TimeWords.By(calendar, due.At)}"
            : "without a time limit";

    private static string AfterContact(LinkContext link, List<CaseEvent> caused) =>
        caused.OfType<LimitMet>().FirstOrDefault() switch
        {
            { Deadline: { } next } met =>
                $"{LimitForWords.Told(met.For ?? LimitFor.Outcome)} {TimeWords.By(link.Rules.Calendar, next.At)}. "
                    + "Everybody concerned is told by email.",
            { } => "No time limit runs any more; an outcome is still needed.",
            null => "Its reminders stop but for the last. The clock goes on, and an outcome is still needed.",
        };

    private static string Handed(HandedOver handed) =>
        handed.Contact.Accepted
            ? "Your colleague is sent a link of their own. Your link no longer works. The deadline stays as it is."
            : "The address is not one of your agency's known domains, "
                + "so the business manager is asked to accept it first. "
                + "Until then your link still works, and the deadline goes on.";

    private static IEnumerable<string> Next(LinkContext link, List<CaseEvent> caused)
    {
        var (policy, calendar) = (link.Rules.Policy, link.Rules.Calendar);
        if (caused.OfType<OutcomeRecorded>().FirstOrDefault() is { ConfirmBy: { } by } said)
            yield return $"It counts once {link.Confirm.Asked(said)} confirms it. "
                + $"They are asked by email, and have until {TimeWords.Moment(calendar, by)}; "
                + $"without an answer it {(ConfirmWords.IsJoint(said) ? "does not count" : "counts as not agreed")}.";
        else if (caused.OfType<CaseEnded>().FirstOrDefault() is { } ended)
            yield return $"The case has ended: {StageWords.Status(policy.Words, ended.Status)}. Everybody concerned is told by email.";
        else if (caused.OfType<StageOpened>().FirstOrDefault() is { } opened && policy.Find(opened.Stage) is { } stage)
            yield return MayRead(link, stage.Id)
                ? $"The case is now at {StageWords.Inline(stage)} ({stage.Tier}), "
                    + $"{Until(calendar, opened)}. Its people are told by email."
                : "The case is now with the agency that raised the concern.";
        else if (caused.OfType<OutcomeDisputed>().Any())
            yield return link.Standing.Stage.DeadlineInForce is { } until
                ? $"The {policy.Words.Stage} goes on until {TimeWords.Moment(calendar, until)}. Everybody concerned is told by email."
                : $"The {policy.Words.Stage} goes on. Everybody concerned is told by email.";
        else if (caused.OfType<OutcomeConfirmed>().Any())
            yield return "Somebody else still has to confirm it.";
        else
            yield return "The case stays open until it is resolved or decided.";
    }

    /// <summary>An agreed action is said to exist and no more: what it is, is free text.</summary>
    private static IEnumerable<string> Duties(LinkContext link, CaseDocument document, List<CaseEvent> caused)
    {
        var known = new ReadableCase(
            document,
            link.Rules.Policy,
            new CaseReader(link.Standing.Agency, Addresses: false)
        ).Duties;
        foreach (var duty in caused.OfType<DutyArose>().Where(d => known.Any(k => k.Id == d.Id)))
        {
            var what = link.Rules.Policy.FindDuty(duty.Rule)?.What ?? "Check that an agreed action was carried out";
            var by = duty.Due is { } due ? $", by {TimeWords.By(link.Rules.Calendar, due)}" : "";
            yield return $"{Name(link, duty.Owner)}: {what}{by}.";
        }
    }

    /// <summary>
    /// The agencies of those who are told; the recipient need not know that an internal stage of another agency told
    /// its own people.
    /// </summary>
    private static IEnumerable<string> Told(LinkContext link, List<CaseEvent> caused) =>
        caused
            .OfType<NoticeQueued>()
            .Where(n => n.Stage is null || MayRead(link, n.Stage))
            .Select(n => n.Agency)
            .Distinct()
            .Select(a => Name(link, a))
            .Distinct();

    private static bool MayRead(LinkContext link, string stage) =>
        Audience.MayRead(link.Case, link.Rules.Policy, stage, link.Standing.Agency);

    private static string Name(LinkContext link, string agency) =>
        AgencyWords.Name(link.Case, link.Rules.Directory, link.Rules.Policy, agency);
}
