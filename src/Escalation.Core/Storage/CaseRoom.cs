using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>
/// What people may add to a case. However much they send, room is kept for every deadline and notice that can still come and for one
/// outcome at each stage that is left: nobody stops a clock by filling a case. All sizes are bytes as <see cref="CaseSize"/> counts them;
/// a letter of an English text is one.
/// </summary>
public static class CaseRoom
{
    /// <summary>All texts of one command together.</summary>
    public const int MostOfOneCommand = 20_000;

    /// <summary>All texts of an intake form together.</summary>
    public const int MostOfAnOpening = 64_000;

    /// <summary>What people say besides outcomes and the intake form: notes, late answers, reasons.</summary>
    public const int MostOfWords = 256 * 1024;

    /// <summary>The part of that for the agencies together: the rest is the partnership's.</summary>
    public const int MostOfAgencies = 192 * 1024;

    /// <summary>The part of one agency, so that the other can always answer.</summary>
    public const int MostOfOneAgency = 96 * 1024;

    /// <summary>What an event takes besides its words.</summary>
    private const int Event = 512;

    /// <summary>Kept for what ends a stage, a hold or the case, and for imminent risk, when everything else is used up.</summary>
    private const int Emergency = 64_000;

    /// <summary>Kept for years overdue: a telling is an event of some 250 bytes, twelve a year.</summary>
    private const int Years = 18_000;
    private const int Most = CaseSize.Most - CaseSize.MostRepeated - Years - Emergency;

    /// <summary>
    /// A stage's own events: opening, reminders, a hold's end, the miss or the closing, tiers without a contact, and one person told of
    /// each when the room for notices is used up.
    /// </summary>
    private const int OneStage = 25_000;

    /// <summary>A duty's reminder and miss; its completion is a command, which is asked for its room.</summary>
    private const int OneDuty = 450;

    /// <summary>A duty's arising as well; of an agreed action the words come on top.</summary>
    private const int OneNewDuty = 700 + OneDuty;

    /// <summary>A confirmation or a dispute of 2,000 letters.</summary>
    private const int Confirmation = 4_000;
    private const int Actions = MostOfOneCommand + (RecordOutcome.MostActions * OneNewDuty);
    private const int OneOutcome = MostOfOneCommand + Actions + Confirmation + 6_000;

    private const string Full =
        "The record of this case is nearly full. What is left is kept for its deadlines, its notices and one outcome a stage: they go on.";

    /// <summary>What a command would come to now, without writing anything.</summary>
    public static Decision Try(CaseDocument document, CaseCommand command, Rules rules, DateTimeOffset now)
    {
        var decision = Decisions.Decide(document.Case, command, EventChain.Digest(document.Salt, command), rules, now);
        if (decision is not Decision.Accepted { Events.Count: > 0 } accepted)
            return decision;
        var after = CaseDocument.Append(document, accepted.Case, accepted.Events, document.Salt!, NoSalt);
        return Refused(document, after, command, rules with { Policy = accepted.Policy ?? rules.Policy }) is { } refusal
            ? new Decision.Refused(refusal)
            : decision;
    }

    /// <summary>What an opening would come to now, without writing anything.</summary>
    public static Decision Try(OpenCase open, Rules rules, DateTimeOffset now)
    {
        var decision = Decisions.Open(open, "", rules, now);
        if (decision is not Decision.Accepted accepted)
            return decision;
        var after = CaseDocument.Append(null, accepted.Case, accepted.Events, NoSalt(), NoSalt);
        return Refused(after, rules) is { } refusal ? new Decision.Refused(refusal) : decision;
    }

    /// <summary>Why a new case is too large, or null.</summary>
    internal static Refusal? Refused(CaseDocument opened, Rules rules)
    {
        if (opened.Words.Values.Any(w => CaseSize.Of(w.Text) > MostOfAnOpening))
            return TooLong("The texts of the form", MostOfAnOpening);
        return DocumentSize.Of(opened) + Reserve(opened.Case, rules) > Most
            ? new Refusal(Codes.TooLarge, $"The form does not fit into a case of this procedure. {Shorten}")
            : null;
    }

    /// <summary>Why there is no room for what a command adds, or null. Deadlines, reminders and notices are never asked.</summary>
    internal static Refusal? Refused(CaseDocument before, CaseDocument after, CaseCommand command, Rules rules)
    {
        if (after.Words.Any(w => w.Key > before.Case.Events && CaseSize.Of(w.Value.Text) > MostOfOneCommand))
            return TooLong("The texts", MostOfOneCommand);
        var isLate = after.Case.LateResponses.Exists(l => l.Number > before.Case.Events);
        var always = IsAlwaysHeard(command) && !isLate;
        if (!always && WordsAreFull(before, after) is { } full)
            return full;
        var most = always ? Most + Emergency : Most;
        return DocumentSize.Of(after) + Reserve(after.Case, rules) > most
            ? new Refusal(Codes.TooLarge, $"{Full} {Nothing}")
            : null;
    }

    private static Refusal TooLong(string texts, int most) =>
        new(
            Codes.TooLarge,
            $"{texts} are too long together: {most / 1000} KB at the most, about {most:N0} letters. {Shorten}"
        );

    private const string Nothing = "Nothing was recorded.";
    private const string Shorten = "Nothing was recorded. Shorten them, or name the paper that holds the rest.";

    /// <summary>What ends a stage, a hold or the case, says that there is imminent risk, or keeps the record from removal.</summary>
    private static bool IsAlwaysHeard(CaseCommand command) =>
        command switch
        {
            RecordOutcome or AdoptLateResponse or Confirm or Dispute or Skip or Resume or Withdraw or RaiseUrgent =>
                true,
            SetLegalHold m => m.On,
            PlaceHold
            or SetDate
            or AddNote
            or MakeContact
            or HandOver
            or ChangeContact
            or AcceptContact
            or SendAgain
            or CompleteDuty
            or ReviewByPartnership => false,
            _ => throw new InvalidOperationException($"No room is known for {command.GetType().Name}."),
        };

    private static Refusal? WordsAreFull(CaseDocument before, CaseDocument after)
    {
        var speaking = after
            .Case.Voices.Keys.Where(n => n > before.Case.Events)
            .Select(n => after.Case.Voices[n])
            .FirstOrDefault();
        if (speaking is null)
            return null;
        long all = 0,
            agencies = 0,
            own = 0;
        foreach (var (number, voice) in after.Case.Voices)
        {
            if (!after.Words.TryGetValue(number, out var words))
                continue;
            var size = Event + CaseSize.OfWords(words.Text);
            all += size;
            agencies += voice == after.Case.Partnership ? 0 : size;
            own += voice == speaking ? size : 0;
        }
        var ofAgency = speaking != after.Case.Partnership;
        if (ofAgency && own > MostOfOneAgency)
            return Words($"what one agency says besides outcomes stops at {MostOfOneAgency / 1024} KB");
        if (ofAgency && agencies > MostOfAgencies)
            return Words($"what the agencies say besides outcomes stops at {MostOfAgencies / 1024} KB");
        return all > MostOfWords ? Words($"what is said besides outcomes stops at {MostOfWords / 1024} KB") : null;
    }

    private static Refusal Words(string limit) =>
        new(
            Codes.TooLarge,
            $"This part of the record is full: {limit}. Outcomes, deadlines and word of imminent risk go on. {Nothing}"
        );

    /// <summary>What may still have to be written of a case whatever people add: to its end, and of its duties after it.</summary>
    private static long Reserve(Case c, Rules rules)
    {
        var duties = c.Duties.Count(d => !d.IsDone);
        long notices = Math.Max(0, NoticeRoom.Most - c.NoticeBytes);
        if (!c.IsOpen)
            notices = Math.Min(notices, duties * 20_000L);
        foreach (var notice in c.Notices)
            notices += NoticeRoom.Pending(notice);
        return notices + (duties * OneDuty) + (c.IsOpen ? Stages(c, rules) : 0);
    }

    /// <summary>Of the longest way that the case can still go, also to another policy.</summary>
    private static long Stages(Case c, Rules rules)
    {
        Policy[] ahead = c.Before is null ? [.. rules.LeadsTo.Select(r => r.Policy)] : [];
        var left = rules.Policy.LongestWay(c.Stage.Id, ahead);
        var recorded = c.Stage.DiscussedOn is not null;
        var duties =
            (left * ahead.Append(rules.Policy).Max(p => Duties(c, p, eachStage: true)))
            + Duties(c, rules.Policy, eachStage: false)
            + ahead.Select(p => Duties(c, p, eachStage: false)).DefaultIfEmpty().Max();
        var stages = (left * OneStage) + (duties * OneNewDuty);
        var outcomes = (recorded ? left - 1 : left) * OneOutcome;
        return stages + outcomes + (c.Awaiting is null ? 0 : Actions + Confirmation);
    }

    /// <summary>How many duties can arise: at each stage, or once.</summary>
    private static int Duties(Case c, Policy policy, bool eachStage) =>
        policy
            .Duties.Where(d => IsOfEachStage(d) == eachStage)
            .Sum(d => d.Owner is "parties" or "receiving" ? c.Parties.Count : 1);

    private static bool IsOfEachStage(DutyRule duty) =>
        duty.When is "outcome:*" or "outcome:escalate" or "outcome:responded" or "learning" or "contactMissing";

    private static byte[] NoSalt() => new byte[EventChain.SaltLength];
}
