using Escalation.Web.Forms;
using Escalation.Web.Site.Pages;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Links;

/// <summary>
/// <c>/r/{token}</c>: GET and HEAD show and never change anything; POST records. A step before that is kept as a draft and shown by GET, so
/// that it can be reloaded and gone back to.
/// </summary>
internal static class LinkEndpoint
{
    public static async Task<IResult> ShowAsync(
        string token,
        string? step,
        string? draft,
        string? recorded,
        HttpContext http,
        LinkService service,
        Drafts drafts,
        TimeProvider time
    )
    {
        var (link, instead) = await service.ReceiveAsync(
            token,
            http.Connection.RemoteIpAddress,
            time.GetUtcNow(),
            http.RequestAborted
        );
        if (instead is not null)
            return new PageResult(instead);
        if (recorded is not null && Receipts.Find(link!, recorded) is { } receipt)
            return new PageResult(receipt);
        var typed = await Steps(http, drafts, token).TypedAsync(step, draft);
        return new PageResult(LinkForms.Show(link!, typed, step));
    }

    public static async Task<IResult> SubmitAsync(
        string token,
        HttpContext http,
        LinkService service,
        Drafts drafts,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var (link, instead) = await service.ReceiveAsync(
            token,
            http.Connection.RemoteIpAddress,
            now,
            http.RequestAborted
        );
        if (instead is not null)
            return new PageResult(instead);
        var (values, refused) = await SentForm.ReadAsync(http);
        if (values is null)
            return new PageResult(refused!);
        values = LinkForms.WithId(values, token);
        var id = values["id"];
        var steps = Steps(http, drafts, token);
        if (FormSteps.IsBeforeRecording(values) && await steps.KeepAsync(values, values["step"], id) is { } next)
            return next;
        var (page, recorded) = await LinkForms.SubmitAsync(link!, values, service, http.RequestAborted);
        if (recorded is null)
            return new PageResult(page);
        await steps.RecordedAsync(id);
        return new SeeOther(QueryString.Create("recorded", recorded).Value!);
    }

    /// <summary>A link has one form that has steps: its outcome's.</summary>
    private static SteppedForm Steps(HttpContext http, Drafts drafts, string token) =>
        new(http, drafts, token, "outcome");
}
