using Microsoft.AspNetCore.Builder;

namespace Escalation.Web.Site.Pages;

/// <summary>
/// Marks an endpoint that a browser opens: whoever has not signed in is sent to sign in, and refusals are pages. It
/// stands beside <see cref="SignIn.Access"/>, which says who may.
/// </summary>
public sealed class StaffPage
{
    private StaffPage() { }

    internal static StaffPage Mark { get; } = new();
}

internal static class StaffPageConventions
{
    /// <summary>A page is no call of the API: it is not in the OpenAPI document.</summary>
    public static T AsPage<T>(this T endpoint)
        where T : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(StaffPage.Mark, new Microsoft.AspNetCore.Routing.ExcludeFromDescriptionAttribute());
        return endpoint;
    }
}
