using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Links.Pages;
using Escalation.Web.Pages;

namespace Escalation.Web.Links;

/// <summary>What each step of a link's forms comes to.</summary>
internal static class LinkForms
{
    public static Page Show(LinkContext visit) =>
        visit.Claims.Action is LinkAction.Confirm
            ? new Page(200, typeof(ConfirmOutcomePage), ConfirmPage.Of(visit, NewId))
            : Show(StagePage.Of(visit, FormValues.Empty, NewId), 200);

    public static Task<Page> SubmitAsync(
        LinkContext visit,
        FormValues values,
        LinkService service,
        string token,
        CancellationToken cancel
    )
    {
        values = SentActions.Compact(values.Typed("id") is null ? values.With("id", IdOf(values, token)) : values);
        return (values["step"], visit.Claims.Action) switch
        {
            ("handOver", _) => SideForms.HandOverAsync(visit, values, service, cancel),
            (_, LinkAction.Confirm) => SideForms.ConfirmAsync(visit, values, service, cancel),
            ("adopt", _) => SideForms.AdoptAsync(visit, values, service, cancel),
            ("more" or "edit", _) => Task.FromResult(Show(StagePage.Of(visit, values, NewId), 200)),
            var (step, _) => OutcomeAsync(visit, values, service, step == "record", cancel),
        };
    }

    private static async Task<Page> OutcomeAsync(
        LinkContext visit,
        FormValues values,
        LinkService service,
        bool record,
        CancellationToken cancel
    )
    {
        var form = OutcomeForm.Of(visit, values, NewId());
        var (command, unread) = OutcomeReader.Read(form, visit);
        var refusal = visit.Try(command) is Decision.Refused tried ? tried.Why : null;
        if (unread.Any || refusal is not null)
            return Again(visit, form, FieldFaults.Of(form, unread, refusal), unread.Any ? 400 : StatusOf(refusal!));
        if (!record)
            return new Page(200, typeof(CheckAnswersPage), CheckAnswers.Of(visit, form));
        return await service.ExecuteAsync(visit, command, cancel) switch
        {
            Handled.Done done => Receipts.Of(visit, done.Document, command.Id),
            Handled.Refused refused => Again(
                visit,
                form,
                FieldFaults.Of(form, FormErrors.None, refused.Why),
                StatusOf(refused.Why)
            ),
            _ => Refusals.NotALink,
        };
    }

    private static Page Again(LinkContext visit, OutcomeForm form, FormErrors errors, int status)
    {
        var page = StagePage.Of(visit, form.Values, NewId);
        return page.Form is null
            ? Page.Message(
                status,
                "Nothing was recorded",
                [.. errors.All.Select(e => e.Message), .. page.View.Standing]
            )
            : Show(page with { Form = page.Form with { Id = form.Id, Errors = errors } }, status);
    }

    public static Page Show(StagePage page, int status) => new(status, typeof(OutcomePage), page);

    public static int StatusOf(Refusal refusal) =>
        refusal.Code switch
        {
            Codes.Invalid => 400,
            Codes.NotFound => 404,
            Codes.Conflict or Codes.StageClosed => 409,
            Codes.TooLarge => 413,
            Codes.Unavailable => 503,
            _ => 422,
        };

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>A form sent without the id that it was shown with: the same content by the same link is the same command.</summary>
    private static string IdOf(FormValues values, string token)
    {
        var content = new StringBuilder(token);
        foreach (
            var (name, value) in values.Sent.Where(p => p.Key != "step").OrderBy(p => p.Key, StringComparer.Ordinal)
        )
            content.Append('\n').Append(name).Append('=').Append(value);
        return "sent-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..32];
    }
}
