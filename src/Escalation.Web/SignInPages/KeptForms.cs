using Escalation.Web.Forms;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Escalation.Web.SignInPages;

/// <summary>
/// A form that was sent when the sender's session had ended: it is kept as a draft, and <c>/kept</c> sends it on once the same key has
/// signed in again in the same browser.
/// </summary>
internal sealed class KeptForms(IOptionsMonitor<CookieAuthenticationOptions> cookies, Drafts drafts)
{
    /// <summary>Of an address the form that was sent last is kept, whatever window it came from.</summary>
    private const string Whole = "kept";

    /// <summary>
    /// Where to go on after signing in; null: nothing is kept, because nobody was signed in, or it is no form that can be.
    /// </summary>
    public async Task<string?> KeepAsync(HttpContext context)
    {
        if (OwnerOf(context) is not { } owner)
            return null;
        var (values, _) = await SentForm.ReadAsync(context);
        var address = context.Request.Path + context.Request.QueryString;
        return values is not null && await drafts.SaveAsync(context, owner, FormOf(address), Whole, values)
            ? $"/kept?to={Uri.EscapeDataString(address)}"
            : null;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/kept", ShowAsync).ForStaff("a form that was sent after its session had ended").AsPage();
        routes.MapPost("/kept", SendOnAsync).ForStaff("sends it on to where it was sent").AsPage();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string? to, Drafts drafts)
    {
        var address = LocalPath.Of(to);
        return await drafts.ReadAsync(context, context.Caller().Actor, FormOf(address), Whole) is { } values
            ? new PageResult(new Page(200, typeof(KeptFormPage), new KeptForm(address, values)))
            : new PageResult(
                Page.Message(
                    200,
                    "Nothing is kept",
                    "What you typed was sent on already, or is not kept any more. "
                        + "If you are not sure, look at the case before you send it again."
                )
            );
    }

    /// <summary>The browser sends the same form to its address (307), and it is kept no longer.</summary>
    private static async Task<IResult> SendOnAsync(HttpContext context, string? to, Drafts drafts)
    {
        var address = LocalPath.Of(to);
        await drafts.RemoveAsync(context, context.Caller().Actor, FormOf(address), Whole);
        return Results.LocalRedirect(address, preserveMethod: true);
    }

    /// <summary>
    /// Whoever the session was of, as the caller's actor is written. The cookie is protected, so that nobody has one who was not signed in.
    /// </summary>
    private string? OwnerOf(HttpContext context) =>
        KeySignIn.SessionOf(context, cookies.Get(KeySignIn.Scheme)) is { } session
            ? KeySignIn.ActorOf(Sessions.KeyOf(session))
            : null;

    private static string FormOf(string address) => $"kept {address}";
}

/// <param name="Address">Where it was sent.</param>
public sealed record KeptForm(string Address, FormValues Values);
