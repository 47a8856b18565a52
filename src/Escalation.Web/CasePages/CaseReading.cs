using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Wording;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.CasePages;

/// <summary>A case as one caller reads it at one instant: what pages ask of it, in the caller's limits and in words.</summary>
public sealed class CaseReading(SeenCase seen, Caller caller, DateTimeOffset now)
{
    /// <summary>What the caller may know of the case: all that is shown.</summary>
    public ReadableCase Case => seen.Case;

    /// <summary>For the rules by which a move is tried; nothing of it is shown.</summary>
    public Case Whole => seen.Whole;
    public Rules Rules => seen.Rules;

    /// <summary>What a command would come to, without writing it.</summary>
    public Decision Try(CaseCommand command) => CaseRoom.Try(seen.Document, command, Rules, Now);

    public Policy Policy => Rules.Policy;
    public WorkingCalendar Calendar => Rules.Calendar;
    public Caller Caller => caller;
    public DateTimeOffset Now => now;

    /// <summary>The events that the caller may know of.</summary>
    public IReadOnlyList<PlacedEvent> Events => Case.History;

    public string Path => $"/cases/{Case.Reference}";

    /// <summary>Null when the case is not there for the caller.</summary>
    public static async Task<CaseReading?> FindAsync(HttpContext context, CaseHandler handler, string reference) =>
        await SeenCase.FindAsync(context, handler, reference) is { } seen
            ? new CaseReading(seen, context.Caller(), context.Arrived())
            : null;

    /// <summary>Whether the caller may know what went on at a stage; null: what is said of the case as a whole.</summary>
    public bool MayRead(string? stage) => Case.MayRead(stage);

    /// <summary>The present stage, or the last; null when it is internal to an agency that is not the caller's.</summary>
    public Stage? Present => Policy.Find(Case.Stage?.Id);

    public string Agency(string id) => CaseViews.AgencyName(Case, Rules, id);

    /// <summary>What waits for a confirmation, and for whose.</summary>
    public ConfirmWords Confirm => new(Case.AgenciesOf, Agency);

    public string Stage(string id) => Policy.Find(id)?.Name ?? id;

    /// <summary>A stage's name inside a sentence.</summary>
    public string Inline(string id) => Policy.Find(id) is { } stage ? StageWords.Inline(stage) : $"stage {id}";

    public string Moment(DateTimeOffset at) => TimeWords.Moment(Calendar, at);

    public string Day(DateTimeOffset at) => UkDates.Date(Calendar.LocalDate(at));

    /// <summary>The name behind a contact's id, in case or directory; null where neither has it, or it is not theirs to know.</summary>
    public string? Name(string contact) => Case.Name(contact, Rules.Directory);

    /// <summary>Who a notice was sent to, as it was then; before that, who it would go to.</summary>
    public string Recipient(Notice notice) =>
        notice.To is { } to
            ? $"{to.Name} ({Agency(notice.Queued.Agency)})"
            : Recipient(notice.Queued.Contact, notice.Queued.Agency);

    /// <summary>"Rosa Raiser (Oak Primary)", or the agency alone.</summary>
    public string Recipient(string contact, string agency) =>
        contact == Notice.SecondChannel ? "the second channel"
        : Name(contact) is { } name ? $"{name} ({Agency(agency)})"
        : Agency(agency);
}
