using System.Text.Encodings.Web;
using Escalation.Core.Cases;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Escalation.Web.SignInPages;

/// <summary>
/// The default scheme: who calls an endpoint with <see cref="Access"/>, by the first of the other schemes, in the order
/// they were added, that finds a credential of its kind. A wrong one ends the search: a key that is not in force is
/// refused whatever cookie comes with it. Says why nobody is let in, and shows a browser the way.
/// </summary>
internal sealed class CallerScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    IAuthenticationSchemeProvider schemes,
    IOptions<WebOptions> web
) : SignInScheme(options, encoder)
{
    public const string Name = "Caller";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<Access>() is null)
            return AuthenticateResult.NoResult();
        foreach (var scheme in await schemes.GetAllSchemesAsync())
            if (scheme.Name != Name && await Context.AuthenticateAsync(scheme.Name) is { None: false } result)
                return result;
        return AuthenticateResult.NoResult();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var answer = (await HandleAuthenticateOnceSafeAsync()).Failure switch
        {
            TooManyTriesException => TooManyTries(),
            NoRoleException when IsPage => Problem.Of(
                Codes.Forbidden,
                "You are signed in, but your account has no role here. "
                    + "Ask whoever runs this service for one, then sign out and in again."
            ),
            _ => IsPage ? await SignInFirstAsync() : KeyNeeded(),
        };
        await answer.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(Codes.Forbidden, $"The role {Context.Caller().Role} may not do this.").WriteAsync(Context);

    private bool IsPage => Context.GetEndpoint()!.Metadata.GetMetadata<StaffPage>() is not null;

    private Problem TooManyTries()
    {
        Response.Headers.RetryAfter = "60";
        return Problem.Of(
            Codes.TooMany,
            "Too many wrong access keys came from this address. Wait a minute, then try again."
        );
    }

    private Problem KeyNeeded()
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(Codes.Unauthorised, "Sign in with an access key that is in force.");
    }

    /// <summary>
    /// A browser that asks for a page is shown the way. A form that was sent is kept until its sender has signed in
    /// again; where it cannot be, what was typed is still behind the back button.
    /// </summary>
    private async Task<IResult> SignInFirstAsync()
    {
        if (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method))
            return Results.Redirect(web.Value.SignInUrl + Uri.EscapeDataString(Request.Path + Request.QueryString));
        if (
            Context.RequestServices.GetService<KeptForms>() is { } forms
            && !CrossSite.Refuses(Request, web.Value.PublicUrl)
            && await forms.KeepAsync(Context) is { } kept
        )
            return new SeeOther(web.Value.SignInUrl + Uri.EscapeDataString(kept));
        return Problem.Of(
            Codes.Unauthorised,
            "You are no longer signed in, and nothing was recorded. "
                + "Sign in on another tab, then go back and send the form again."
        );
    }
}
