using Microsoft.AspNetCore.Http.HttpResults;

namespace Escalation.Web.Site.SignIn;

/// <summary>Only a path of this site: a sign-in never leads elsewhere.</summary>
internal static class LocalPath
{
    /// <summary>The path, or the home page in place of anything else.</summary>
    public static string Of(string? to) => to is ['/', ..] && RedirectHttpResult.IsLocalUrl(to) ? to : "/";
}
