using Escalation.Core.Cases;
using Escalation.Web.Composition;
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
        if (!Reference.IsWellFormed(capitals) || await handler.ReadAsync(capitals, context.RequestAborted) is not { } document)
            return null;
        var rules = await handler.RulesAsync(document.Case, context.Arrived(), context.RequestAborted);
        return context.Caller().Sees(document.Case, rules.Policy) ? document : null;
    }
}
