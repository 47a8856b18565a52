using Escalation.Core.Storage;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Forms;

/// <summary>The partnerships of this installation, to choose from.</summary>
internal static class PartnershipChoices
{
    /// <summary>By name.</summary>
    public static async Task<IReadOnlyList<Choice>> AllAsync(HttpContext context, RuleBook rules) =>
        [
            .. (await rules.PoliciesAsync(context.RequestAborted))
                .All.DistinctBy(p => p.Partnership)
                .Select(p => new Choice(p.Partnership, p.PartnershipName))
                .OrderBy(c => c.Label, StringComparer.Ordinal),
        ];
}
