using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Reports;

/// <summary>The register of risks that agencies agree on and cannot mitigate, where a partnership's procedure keeps one.</summary>
internal static class RegisterPages
{
    /// <summary>Entries on the page, the newest of them.</summary>
    private const int Most = 500;

    public static void MapRegisterPages(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/reports/register", ReadAsync)
            .ForManagers("page: the register of risks of a partnership that keeps one", "its own partnership's")
            .AsPage();

    private static async Task<IResult> ReadAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var partnership = context.Request.Query["partnership"].ToString();
        if (await ReportSource.OfAsync(context, partnership, queries, rules) is not { } source)
            return KnownPartnership.None;
        var risks = await source.Register(context.RequestAborted).ToListAsync(context.RequestAborted);
        var sheet = new RegisterSheet(
            source.Own[0].PartnershipName,
            RiskRegister.Has(source.Own),
            [
                .. risks
                    .OrderByDescending(r => r.RegisteredOn)
                    .ThenBy(r => r.Reference, StringComparer.Ordinal)
                    .Take(Most),
            ],
            risks.Count
        );
        return new PageResult(new Page(200, typeof(RegisterPage), sheet));
    }
}

/// <param name="Keeps">One of the partnership's procedures registers risks.</param>
/// <param name="Risks">The last registered first.</param>
/// <param name="Count">How many there are in all.</param>
public sealed record RegisterSheet(string PartnershipName, bool Keeps, IReadOnlyList<RegisteredRisk> Risks, int Count);
