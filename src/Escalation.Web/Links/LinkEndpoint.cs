using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Links;

/// <summary><c>/r/{token}</c>: GET and HEAD show and never change anything; POST records.</summary>
internal static class LinkEndpoint
{
    public static async Task<IResult> ShowAsync(string token, HttpContext http, LinkService service, TimeProvider time)
    {
        var (visit, instead) = await service.ReceiveAsync(
            token,
            http.Connection.RemoteIpAddress,
            time.GetUtcNow(),
            http.RequestAborted
        );
        return new PageResult(instead ?? LinkForms.Show(visit!));
    }

    public static async Task<IResult> SubmitAsync(
        string token,
        HttpContext http,
        LinkService service,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var (visit, instead) = await service.ReceiveAsync(
            token,
            http.Connection.RemoteIpAddress,
            now,
            http.RequestAborted
        );
        if (instead is not null)
            return new PageResult(instead);
        var (values, refused) = await SentForm.ReadAsync(http);
        return new PageResult(
            refused ?? await LinkForms.SubmitAsync(visit!, values!, service, token, http.RequestAborted)
        );
    }
}
