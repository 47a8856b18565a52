using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Site.Pages;

internal static class Home
{
    /// <summary>The front door leads to the tracker.</summary>
    public static void MapHome(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", () => Results.Redirect("/tracker")).ForStaff("leads to the tracker").AsPage();
}
