using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Pages;

/// <summary>What stands around a page: who is signed in, and where they are. A page reached without signing in has no caller.</summary>
/// <param name="Path">Of the request, without its query.</param>
/// <param name="SignOutUrl">Where a browser signs out by following a link; null: by the form at <c>/sign-out</c>.</param>
public sealed record Frame(Caller? Caller, string Path, string? SignOutUrl)
{
    private static readonly IReadOnlyList<Section> Sections =
    [
        new("Tracker", "/tracker", Staff: true),
        new("Raise a concern", "/raise", Staff: true),
        new("Reports", "/reports", Staff: true),
        new("Procedures", "/policies", Staff: true),
        new("Directory", "/directory", Staff: false),
        new("Calendar", "/calendar", Staff: false),
        new("Health", "/health", Staff: false),
    ];

    /// <summary>The sections that this caller may open.</summary>
    public IEnumerable<Section> Mine => Sections.Where(s => Caller is not null && (s.Staff || Caller.IsManager));

    public bool IsAt(Section section) =>
        Path == section.Path
        || Path.StartsWith(section.Path + "/", StringComparison.Ordinal)
        || (section.Path == "/tracker" && Path.StartsWith("/cases/", StringComparison.Ordinal));

    /// <summary>An intake key is nobody's session: who posts a form with it is not signed in.</summary>
    internal static Frame Of(HttpContext context, string? signOutUrl) =>
        new(
            Caller.From(context.User) is { IsIntake: false } caller ? caller : null,
            context.Request.Path.Value ?? "/",
            signOutUrl
        );
}

/// <param name="Staff">True: for everyone who signs in; false: for managers only.</param>
public sealed record Section(string Name, string Path, bool Staff);
