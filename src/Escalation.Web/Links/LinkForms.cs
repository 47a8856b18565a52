using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Links.Pages;
using Escalation.Web.OutcomeForms;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Tokens;

namespace Escalation.Web.Links;

/// <summary>What each step of a link's forms comes to.</summary>
internal static class LinkForms
{
    /// <param name="draft">What was typed into the outcome's form and not yet recorded; null: nothing.</param>
    /// <param name="step">Of the outcome's form; null: the link as it was emailed.</param>
    public static Page Show(LinkContext link, FormValues? draft, string? step)
    {
        if (link.Claims.Action is LinkAction.Confirm)
            return new Page(200, typeof(ConfirmOutcomePage), ConfirmPage.Of(link, NewId));
        if (draft is null)
            return Show(StagePage.Of(link, FormValues.Empty, NewId), 200);
        return step == FormSteps.Check
            ? Checked(Tried.Of(link, draft))
            : Show(StagePage.Of(link, draft.With("step", step ?? ""), NewId) with { IsKept = step is null }, 200);
    }

    /// <summary>
    /// The page that follows; with the id of an outcome that was recorded, where the link can still show what it recorded.
    /// </summary>
    public static async Task<(Page Page, string? Recorded)> SubmitAsync(
        LinkContext link,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        if (
            values["step"] is not ("handOver" or "adopt" or "contact" or "contactDispute")
            && link.Claims.Action is not LinkAction.Confirm
        )
            return values["step"] switch
            {
                FormSteps.More or FormSteps.Edit => (Show(StagePage.Of(link, values, NewId), 200), null),
                FormSteps.Record => await RecordAsync(Tried.Of(link, values), service, cancel),
                _ => (Checked(Tried.Of(link, values)), null),
            };
        var page = await (
            (values["step"], link.Claims.Action) switch
            {
                ("handOver", _) => SideForms.HandOverAsync(link, values, service, cancel),
                (_, LinkAction.Confirm) => SideForms.ConfirmAsync(link, values, service, cancel),
                ("contact" or "contactDispute", _) => SideForms.ContactAsync(link, values, service, cancel),
                ("adopt", _) => SideForms.AdoptAsync(link, values, service, cancel),
                var (step, _) => throw new InvalidOperationException($"No form of a link has the step {step}."),
            }
        );
        return (page, null);
    }

    private static Page Checked(Tried tried) =>
        tried.Wrong is { } wrong
            ? wrong
            : new Page(
                200,
                typeof(CheckAnswersPage),
                new CheckPage(
                    LinkStageView.Of(tried.LinkContext),
                    tried.LinkContext.Stage.Id,
                    !tried.LinkContext.IsPresent,
                    tried.Form
                )
            );

    private static async Task<(Page Page, string? Recorded)> RecordAsync(
        Tried tried,
        LinkService service,
        CancellationToken cancel
    )
    {
        if (tried.Wrong is { } wrong)
            return (wrong, null);
        var (link, command) = (tried.LinkContext, tried.Command);
        return await service.ExecuteAsync(link, command, cancel) switch
        {
            Handled.Done done => (
                Receipts.Of(link, done.Document, command.Id),
                link.IsGoodFor(done.Document.Case) ? command.Id : null
            ),
            Handled.Refused refused => (Again(link, tried.Form.With([], refused.Why), StatusOf(refused.Why)), null),
            _ => (Refusals.NotALink, null),
        };
    }

    /// <summary>An outcome's form, and what it would come to now.</summary>
    /// <param name="Wrong">The form again, where something is wrong with it; else null.</param>
    private sealed record Tried(LinkContext LinkContext, LinkForm Form, CaseCommand Command, Page? Wrong)
    {
        public static Tried Of(LinkContext link, FormValues values)
        {
            var form = LinkForm.Outcome(link, values, NewId());
            var reader = new FormReader(form.Parts, values, link.Claims.Stage);
            var speaker = new Speaker(link.Standing.Agency, values["name"], values.Typed("role"));
            var command = OutcomeReader
                .Read(reader)
                .ToCommand(new MoveHead(form.Id, link.Actor, link.Claims.Stage, speaker));
            IReadOnlyList<FieldError> unread = [.. AnotherStage(link, values), .. reader.Unread];
            var refusal = (link.Try(command) as Decision.Refused)?.Why;
            var wrong =
                unread.Count == 0 && refusal is null
                    ? null
                    : Again(link, form.With(unread, refusal), unread.Count > 0 ? 400 : StatusOf(refusal!));
            return new Tried(link, form, command, wrong);
        }
    }

    private static IEnumerable<FieldError> AnotherStage(LinkContext link, FormValues values)
    {
        if (values.Typed("stage") is { } stage && stage != link.Claims.Stage)
            yield return new("", "This form belongs to another stage. Open the link again.");
    }

    private static Page Again(LinkContext link, LinkForm form, int status)
    {
        var page = StagePage.Of(link, form.Values, NewId);
        return page.Form is null
            ? Page.Message(
                status,
                "Nothing was recorded",
                [.. form.Errors.All.Select(e => e.Message), .. page.View.Standing]
            )
            : Show(page with { Form = form }, status);
    }

    public static Page Show(StagePage page, int status) => new(status, typeof(OutcomePage), page);

    public static int StatusOf(Refusal refusal) => Problem.Of(refusal).Status;

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>
    /// The form with its rows moved up, and with an id. Sent without the one that it was shown with, the same content by the same link is
    /// the same command.
    /// </summary>
    public static FormValues WithId(FormValues values, string token) =>
        SentActions.Compact(values.Typed("id") is null ? values.With("id", IdOf(values, token)) : values);

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
