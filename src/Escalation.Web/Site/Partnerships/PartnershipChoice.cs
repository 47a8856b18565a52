using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Partnerships;

/// <summary>Leads a manager to their partnership; an administrator chooses.</summary>
internal static class PartnershipChoice
{
    public static async Task<IResult> AnswerAsync(HttpContext http, RuleBook rules, string title, string path)
    {
        var caller = http.Caller();
        var all = (await rules.PoliciesAsync(http.RequestAborted))
            .All.Where(p => caller.Covers(p.Partnership))
            .DistinctBy(p => p.Partnership)
            .ToList();
        if (
            all.Find(p => p.Partnership == (caller.Partnership ?? http.Request.Query["partnership"].ToString())) is
            { } one
        )
            return Results.Redirect($"{path}/{one.Partnership}");
        if (http.Request.Query["partnership"].ToString().Length > 0)
            return KnownPartnership.None;
        return new PageResult(
            new Page(
                200,
                typeof(ChoosePage),
                new ChooseView(
                    title,
                    [
                        .. all.OrderBy(p => p.PartnershipName, StringComparer.Ordinal)
                            .Select(p => (p.PartnershipName, $"{path}/{p.Partnership}")),
                    ]
                )
            )
        );
    }
}

/// <summary>The partnerships that an administrator chooses from.</summary>
public sealed record ChooseView(string Title, IReadOnlyList<(string Name, string Url)> Partnerships);
