using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Intake;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Wording;

namespace Escalation.Web.Raising;

/// <summary>
/// What each step of the form comes to. It opens a case the way <c>POST /api/escalations</c> does: the same body,
/// digests and handler.
/// </summary>
internal sealed class RaiseService(CaseHandler handler, ICaseQueries queries, IntakeDigests digests, RuleBook rules)
{
    /// <summary>A page, or where the browser goes on.</summary>
    /// <param name="mayOpen">False: the form is only looked at, whatever step it says.</param>
    public async Task<(Page? Page, string? To)> SubmitAsync(
        RaiseForm form,
        bool mayOpen,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (
            form.Values[RaiseForm.Step]
            is FormSteps.Edit
                or RaiseForm.MoreAgencies
                or RaiseForm.MoreOthers
                or RaiseQuestions.Answered
        )
            return (Show(form, 200), null);
        var (body, unread) = Read(form);
        var (open, faulty) = OpeningForm.Read(body, form.Policy, form.Caller.Actor);
        if (open is null)
            return (Again(form, faulty, unread), null);
        var key = KeyOf(form);
        open = open with { IntakeKey = digests.Of(form.Policy.Partnership, open, key) };
        var tried = CaseRoom.Try(open with { Reference = Untaken }, form.Rules, now) as Decision.Refused;
        if (tried is { Why: { Code: Codes.NotThisProcess } elsewhere })
            return (await ElsewhereAsync(form, elsewhere, cancel), null);
        if (tried is not null || unread.Count > 0)
            return (Again(form, tried?.Why, unread), null);
        var similarityKey = digests.SimilarityKeyOf(open);
        var alike = await AlikeAsync(form, similarityKey, open.IntakeKey, now, cancel);
        if (
            !mayOpen
            || form.Values[RaiseForm.Step] != RaiseForm.Open
            || alike.Any(a => !form.Values[RaiseForm.Seen].Split(' ').Contains(a.Reference))
        )
            return (new Page(200, typeof(RaiseCheckPage), RaiseCheck.Of(form, alike)), null);
        return await handler.OpenAsync(form.Policy.Id, open, key is not null, similarityKey, now, cancel) switch
        {
            Handled.Done done => (null, $"{form.Url}?opened={done.Document.Case.Reference}"),
            Handled.Refused refused => (Again(form, refused.Why, []), null),
            _ => throw new InvalidOperationException("An opening has no case to miss."),
        };
    }

    /// <summary>Where the procedure leaves a choice, the form asks whom it is about, and takes no answer for granted.</summary>
    private static (OpeningBody Body, IReadOnlyList<FieldError> Unread) Read(RaiseForm form)
    {
        var (typed, unread) = OpeningFields.Read(form.Values, form.Rules);
        var body = new KnownNames(form.Rules).Of(typed);
        return form.Policy.Parties.PersonKinds.Count == 1 || form.Values.Typed("person.kind") is not null
            ? (body, unread)
            : (body, [.. unread, new FieldError("person.kind", "Select whom it is about")]);
    }

    private async Task<Page> ElsewhereAsync(RaiseForm form, Refusal refusal, CancellationToken cancel)
    {
        var instead = refusal.Policy is { } id ? (await rules.InstalledAsync(cancel)).InForce(id) : null;
        return new Page(
            Problem.Of(refusal).Status,
            typeof(NotThisProcessPage),
            new NotThisProcess(form.Policy, form.IsUrgent, refusal.Reason, instead)
        );
    }

    public static Page Show(RaiseForm form, int status) => new(status, typeof(RaisePage), form);

    /// <summary>A reference that stands in while the opening is tried in thought only.</summary>
    private const string Untaken = "NEW-0000-0000";

    /// <param name="why">Null: all that could be read is right.</param>
    private static Page Again(RaiseForm form, Refusal? why, IReadOnlyList<FieldError> unread) =>
        Show(
            form.With(unread, why is null ? null : why with { Reason = Words(why) }),
            why is null ? 400 : Problem.Of(why).Status
        );

    private static string Words(Refusal refusal) =>
        refusal.Code == Codes.Conflict
            ? "This form has opened a case already, with other answers. Look for it in the tracker; to raise another concern, start again"
            : refusal.Reason;

    /// <summary>The form's own key, as a program would send one; without it the same answers are the same opening for a while.</summary>
    private static string? KeyOf(RaiseForm form) =>
        form.Values.Typed(RaiseForm.Key) is { Length: <= 255 } key && key.All(c => c is >= ' ' and <= '~') ? key : null;

    /// <summary>The case that this very form opened is not one of them: sent twice it opens once.</summary>
    private async Task<IReadOnlyList<AlikeCase>> AlikeAsync(
        RaiseForm form,
        string similarityKey,
        string intakeKey,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var alike = new List<AlikeCase>();
        foreach (var reference in await queries.SimilarAsync(form.Policy.Partnership, similarityKey, cancel))
        {
            if (await handler.ReadAsync(reference, cancel) is not { Case: var c } document || c.IntakeKey == intakeKey)
                continue;
            var ruling = await handler.RulesAsync(c, now, cancel);
            if (!form.Caller.Sees(c, ruling.Policy))
                continue;
            var stage = ruling.Policy.Find(new ReadableCase(document, ruling.Policy, form.Caller.Reader).Stage?.Id);
            alike.Add(
                new(
                    reference,
                    stage?.Name ?? StageWords.WithRaisingAgency,
                    UkDates.Date(ruling.Calendar.LocalDate(c.OpenedAt))
                )
            );
        }
        return alike;
    }
}
