using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.Escalations;
using Escalation.Web.SignIn;
using Escalation.Web.Wording;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.CasePages;

/// <summary>A case as one caller reads it at one instant: what pages ask of it, in the caller's limits and in words.</summary>
public sealed class CaseReading(CaseDocument document, Rules rules, Caller caller, DateTimeOffset now)
{
    public CaseDocument Document => document;
    public Case Case => document.Case;
    public Rules Rules => rules;
    public Policy Policy => rules.Policy;
    public WorkingCalendar Calendar => rules.Calendar;
    public Caller Caller => caller;
    public DateTimeOffset Now => now;

    /// <summary>Every event; <see cref="MaySee"/> says which of them the caller may see.</summary>
    public IReadOnlyList<PlacedEvent> Events { get; } = PlacedEvent.Of(document);

    public string Path => $"/cases/{Case.Reference}";

    /// <summary>Null when the case is not there for the caller.</summary>
    public static async Task<CaseReading?> FindAsync(HttpContext context, CaseHandler handler, string reference) =>
        await SeenCase.FindAsync(context, handler, reference) is { } document
            ? new CaseReading(document, await handler.RulesAsync(document.Case, context.Arrived(), context.RequestAborted), context.Caller(), context.Arrived())
            : null;

    /// <summary>Whether the caller may know what went on at a stage; null: what is said of the case as a whole.</summary>
    public bool MayRead(string? stage) => stage is null || caller.MayRead(Case, Policy, stage);

    public bool MaySee(PlacedEvent e) => caller.MaySee(Case, Policy, e);

    public bool MayReadWords(PlacedEvent e) => caller.MayReadWords(Case, Policy, e);

    /// <summary>The present stage, or the last; null when it is internal to an agency that is not the caller's.</summary>
    public Stage? Present => MayRead(Case.Stage.Id) ? Policy.Find(Case.Stage.Id) : null;

    public string Agency(string id) => CaseViews.AgencyName(Case, rules, id);

    public string Stage(string id) => Policy.Find(id)?.Name ?? id;

    /// <summary>A stage's name inside a sentence.</summary>
    public string Inline(string id) => Policy.Find(id) is { } stage ? StageWords.Inline(stage) : $"stage {id}";

    public string Moment(DateTimeOffset at) => TimeWords.Moment(Calendar, at);

    public string Day(DateTimeOffset at) => UkDates.Date(Calendar.LocalDate(at));

    /// <summary>The name behind a contact's id, in the case or the directory; null once neither has it.</summary>
    public string? Name(string contact) =>
        Case.People.GetValueOrDefault(contact)?.Name ?? Core.Notices.Addressing.Find(Case, rules.Directory, contact)?.Person.Name;

    /// <summary>Who a notice was sent to, as it was then; before that, who it would go to.</summary>
    public string Recipient(Notice notice) => notice.To is { } to
        ? $"{to.Name} ({Agency(notice.Queued.Agency)})"
        : Recipient(notice.Queued.Contact, notice.Queued.Agency);

    /// <summary>"Rosa Raiser (Oak Primary)", or the agency alone.</summary>
    public string Recipient(string contact, string agency) => contact == Core.Notices.Addressing.SecondChannel
        ? "the second channel"
        : Name(contact) is { } name ? $"{name} ({Agency(agency)})" : Agency(agency);
}
