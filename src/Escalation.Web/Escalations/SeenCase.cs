using Escalation.Core.Cases;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Escalations;

/// <summary>Finds a case as its caller may see it: one that is not theirs is not there.</summary>
internal static class SeenCase
{
    public static readonly Problem None = Problem.NotFound("There is no such case.");

    public static async Task<CaseDocument?> FindAsync(HttpContext context, CaseHandler handler, string reference)
    {
        var capitals = reference.ToUpperInvariant();
        return Reference.IsWellFormed(capitals) && await handler.ReadAsync(capitals, context.RequestAborted) is { } document && context.Caller().Sees(document.Case)
            ? document
            : null;
    }
}
