using Escalation.Core.Cases;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>Lets a request through to an endpoint with <see cref="Access"/> only when its caller has one of the roles.</summary>
internal sealed class SignInMiddleware(
    RequestDelegate next,
    IAuthenticationSchemeProvider schemes,
    IOptions<WebOptions> options
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<Access>() is { } access
            && await RefusalAsync(context, access) is { } refusal
        )
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        await next(context);
    }

    private async Task<IResult?> RefusalAsync(HttpContext context, Access access)
    {
        var (caller, failure) = await SignInAsync(context);
        if (failure is TooManyTriesException)
            return TooMany(context);
        if (caller is null)
            return await SignInFirstAsync(context, failure);
        if (!access.Roles.Contains(caller.Role))
            return Problem.Of(Codes.Forbidden, $"The role {caller.Role} may not do this.");
        return !ProvedIntake(context) && CrossSite.Refuses(context.Request, options.Value.PublicUrl)
            ? Problem.Of(Codes.Forbidden, "A page of another site may not do this.")
            : null;
    }

    /// <summary>An intake credential is in the request itself, and no browser adds it by itself: a form may stand on any site.</summary>
    private static bool ProvedIntake(HttpContext context) =>
        context.Features.Get<IIntakeTrigger>() is not null || context.User.HasClaim(Caller.RoleClaim, Roles.Intake);

    private static Problem TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "60";
        return Problem.Of(
            Codes.TooMany,
            "Too many wrong access keys came from this address. Wait a minute, then try again."
        );
    }

    /// <summary>
    /// A browser that asks for a page is shown the way. A form that was sent is kept until its sender has signed in again; where it cannot
    /// be, what was typed is still behind the back button. Whoever is signed in without a role is told so: the way to sign in would only
    /// lead back here.
    /// </summary>
    private async Task<IResult> SignInFirstAsync(HttpContext context, Exception? failure)
    {
        var request = context.Request;
        if (context.GetEndpoint()!.Metadata.GetMetadata<StaffPage>() is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Of(Codes.Unauthorised, "Sign in with an access key that is in force.");
        }
        if (failure is NoRoleException)
            return Problem.Of(
                Codes.Forbidden,
                "You are signed in, but your account has no role here. "
                    + "Ask whoever runs this service for one, then sign out and in again."
            );
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return Results.Redirect(options.Value.SignInUrl + Uri.EscapeDataString(request.Path + request.QueryString));
        if (
            context.RequestServices.GetService<KeptForms>() is { } forms
            && !CrossSite.Refuses(request, options.Value.PublicUrl)
            && await forms.KeepAsync(context) is { } kept
        )
            return new SeeOther(options.Value.SignInUrl + Uri.EscapeDataString(kept));
        return Problem.Of(
            Codes.Unauthorised,
            "You are no longer signed in, and nothing was recorded. Sign in on another tab, then go back and send the form again."
        );
    }

    /// <summary>Who calls, or why not; neither where nobody says who they are.</summary>
    private async Task<(Caller? Caller, Exception? Failure)> SignInAsync(HttpContext context)
    {
        foreach (var scheme in await schemes.GetAllSchemesAsync())
        {
            var result = await context.AuthenticateAsync(scheme.Name);
            if (result.Failure is not null)
                return (null, result.Failure);
            if (result is not { Succeeded: true, Principal: { } principal } || Caller.From(principal) is not { } caller)
                continue;
            context.User = principal;
            return (caller, null);
        }
        return (null, null);
    }
}
