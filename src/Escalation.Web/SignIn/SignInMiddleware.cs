using Escalation.Core.Cases;
using Escalation.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.SignIn;

/// <summary>Lets a request through to an endpoint with <see cref="Access"/> only when its caller has one of the roles.</summary>
internal sealed class SignInMiddleware(RequestDelegate next, IAuthenticationSchemeProvider schemes)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Access>() is { } access && await RefusalAsync(context, access) is { } problem)
        {
            await problem.WriteAsync(context);
            return;
        }
        await next(context);
    }

    private async Task<Problem?> RefusalAsync(HttpContext context, Access access)
    {
        if (await SignInAsync(context) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Of(Codes.Unauthorised, "Sign in with an access key that is in force.");
        }
        if (!access.Roles.Contains(caller.Role))
            return Problem.Of(Codes.Forbidden, $"The role {caller.Role} may not do this.");
        return IsFromAnotherSite(context.Request) ? Problem.Of(Codes.Forbidden, "A page of another site may not do this.") : null;
    }

    private async Task<Caller?> SignInAsync(HttpContext context)
    {
        foreach (var scheme in await schemes.GetAllSchemesAsync())
        {
            var result = await context.AuthenticateAsync(scheme.Name);
            if (result.Failure is not null)
                return null;
            if (result is not { Succeeded: true, Principal: { } principal } || Caller.From(principal) is not { } caller)
                continue;
            context.User = principal;
            return caller;
        }
        return null;
    }

    /// <summary>A browser says where a request comes from; a credential that it attaches by itself must not work for other sites.</summary>
    private static bool IsFromAnotherSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}
