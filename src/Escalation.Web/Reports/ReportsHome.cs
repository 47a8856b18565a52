using System.Globalization;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Reports;

/// <summary>The choice of reports.</summary>
/// <param name="Partnerships">Those the caller may choose from: all, or its own.</param>
/// <param name="Years">From the present financial year back to the first with a case.</param>
/// <param name="Registers">Those of the partnerships that keep a register of risks.</param>
/// <param name="Values">As sent; the year is the present one unless another was asked for.</param>
public sealed record ReportsHome(
    IReadOnlyList<Choice> Partnerships,
    IReadOnlyList<Choice> Years,
    IReadOnlyList<Choice> Registers,
    bool Annual,
    FormValues Values,
    FormErrors Errors
)
{
    /// <summary>Of the ids in the form that asks for days.</summary>
    public const string DaysPrefix = "days-";

    internal static async Task<ReportsHome> OfAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules,
        FormErrors errors
    )
    {
        var (caller, values) = (context.Caller(), ReportSource.Asked(context));
        IReadOnlyList<Choice> partnerships =
        [
            .. (await PartnershipChoices.AllAsync(context, rules)).Where(p => caller.Covers(p.Id)),
        ];
        var years = await YearsAsync(context, queries, caller.Partnership);
        return new ReportsHome(
            partnerships,
            years,
            caller.IsManager ? await RegistersAsync(context, rules, partnerships) : [],
            caller.IsManager,
            values.Typed(AskedPeriod.Year) is null ? values.With(AskedPeriod.Year, years[0].Id) : values,
            errors
        );
    }

    private static async Task<IReadOnlyList<Choice>> RegistersAsync(
        HttpContext context,
        RuleBook rules,
        IReadOnlyList<Choice> partnerships
    )
    {
        var policies = (await rules.PoliciesAsync(context.RequestAborted)).All;
        return [.. partnerships.Where(p => RiskRegister.Has(policies.Where(x => x.Partnership == p.Id)))];
    }

    /// <param name="partnership">Null: of all.</param>
    internal static async Task<IReadOnlyList<Choice>> YearsAsync(
        HttpContext context,
        ICaseQueries queries,
        string? partnership
    )
    {
        var last = FinancialYear.Of(context.Arrived());
        var first = last;
        await foreach (var earliest in queries.ReadableAsync(new CaseScan(partnership), context.RequestAborted))
        {
            first = FinancialYear.Of(earliest.Case.RaisedAt);
            break;
        }
        return
        [
            .. Enumerable
                .Range(first.Start, last.Start - first.Start + 1)
                .Reverse()
                .Select(start => new Choice(
                    start.ToString(CultureInfo.InvariantCulture),
                    PeriodWords.NameOfYear(new FinancialYear(start))
                )),
        ];
    }
}
