using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Partnerships;

/// <summary>Finds a partnership that the caller belongs to; another's is not there.</summary>
internal static class KnownPartnership
{
    public static readonly Problem None = Problem.NotFound("There is no such partnership.");

    /// <summary>Its policies, at least one; null when it is not the caller's.</summary>
    public static async Task<IReadOnlyList<Policy>?> PoliciesAsync(
        HttpContext context,
        RuleBook rules,
        string partnership
    )
    {
        if (!context.Caller().Covers(partnership))
            return null;
        IReadOnlyList<Policy> own =
        [
            .. (await rules.PoliciesAsync(context.RequestAborted)).All.Where(p => p.Partnership == partnership),
        ];
        return own.Count > 0 ? own : null;
    }
}
