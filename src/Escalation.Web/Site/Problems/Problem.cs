using Escalation.Core.Cases;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Problems;

/// <summary>A refusal as the caller sees it: RFC 9457 problem details, or a page for a browser. Never personal data.</summary>
public sealed record Problem(
    string Code,
    int Status,
    string Title,
    string Detail,
    IReadOnlyDictionary<string, string[]>? Errors = null
) : IResult
{
    /// <summary>The procedure under which it is done instead; null: none.</summary>
    public string? Policy { get; init; }

    public string Type => $"urn:escalation:problem:{Code}";

    /// <summary>With the code's own status and title.</summary>
    public static Problem Of(string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var known = ProblemCodes.Find(code);
        return new Problem(code, known.Status, known.Title, detail, errors);
    }

    public static Problem Of(Refusal refusal) =>
        Of(
            refusal.Code,
            refusal.Reason,
            refusal.Errors?.ToDictionary(e => e.Key, e => e.Value.Select(f => f.Text).ToArray())
        ) with
        {
            Policy = refusal.Policy,
        };

    /// <summary>One field is wrong.</summary>
    public static Problem Invalid(string field, string message) =>
        Of(
            Codes.Invalid,
            "Some fields need attention.",
            new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] }
        );

    public static Problem NotFound(string detail = "There is nothing here.") => Of(Codes.NotFound, detail);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext);

    /// <summary>Writes the answer.</summary>
    public Task WriteAsync(HttpContext context) => ProblemWriter.WriteAsync(context, this);
}
