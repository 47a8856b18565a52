using Escalation.Core.Cases;

namespace Escalation.Web.Site.Problems;

/// <summary>The stable codes. A code keeps its meaning under a more exact status (see <see cref="ProblemCode.OtherStatuses"/>).</summary>
public static class ProblemCodes
{
    public static IReadOnlyList<ProblemCode> All { get; } =
    [
        new(
            Codes.Invalid,
            400,
            "The request is not valid",
            "405: the method is not offered; 415: a body of a type that is not taken; 428: If-Match is missing."
        ),
        new(Codes.Unauthorised, 401, "Sign in first"),
        new(Codes.Forbidden, 403, "Not allowed for you"),
        new(Codes.NotFound, 404, "Not found"),
        new(Codes.Conflict, 409, "Something else was there first", "412: If-Match names an older version."),
        new(Codes.StageClosed, 409, "The stage has closed"),
        new(Codes.Gone, 410, "The link has lapsed"),
        new(Codes.TooLarge, 413, "Too large"),
        new(Codes.NotAllowed, 422, "The procedure does not allow this"),
        new(Codes.MethodNotAccepted, 422, "The procedure does not accept this method"),
        new(Codes.NotThisProcess, 422, "Not for this process"),
        new(Codes.TooMany, 429, "Too many requests"),
        new(Codes.Unavailable, 503, "Not available now", "500: a fault of the program; it is in its log."),
    ];

    public static ProblemCode Find(string code) => All.FirstOrDefault(c => c.Code == code) ?? All[^1];
}

/// <param name="OtherStatuses">Statuses it is also used with, and when.</param>
public sealed record ProblemCode(string Code, int Status, string Title, string? OtherStatuses = null);
