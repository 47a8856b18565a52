using Escalation.Web.Site.Pages;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Forms;

/// <summary>
/// A form of several steps: a step before recording is kept as a draft and shown by GET, so that Back and Reload lose nothing. Where a
/// browser keeps no draft, the answer to the step is the page itself.
/// </summary>
/// <param name="owner">Who may have it back: a link, or who is signed in.</param>
/// <param name="place">Which form it is, among the owner's.</param>
internal sealed class SteppedForm(HttpContext context, Drafts drafts, string owner, string place)
{
    /// <summary>What was typed and is not recorded yet; null: nothing, or an empty form was asked for.</summary>
    /// <param name="draft">Which window's form; null: that of the window in which it was sent last.</param>
    public async Task<FormValues?> TypedAsync(string? step, string? draft)
    {
        drafts.Begin(context);
        return step == FormSteps.Anew ? null : await drafts.ReadAsync(context, owner, place, draft);
    }

    /// <summary>Keeps what was sent with a step before recording; null: it could not be kept.</summary>
    /// <param name="id">The form's own, which tells apart the windows it is filled in in.</param>
    public async Task<IResult?> KeepAsync(FormValues sent, string step, string id) =>
        await drafts.SaveAsync(context, owner, place, id, sent) ? SeeOther.Step(context, step, id) : null;

    /// <summary>Nothing of it is kept any more.</summary>
    public Task RecordedAsync(string id) => drafts.RemoveAsync(context, owner, place, id);
}
