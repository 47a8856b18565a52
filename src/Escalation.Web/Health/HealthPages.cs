using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Emails;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Health;

/// <summary>Health at a glance: an administrator sees the installation, a business manager its partnership.</summary>
internal static class HealthPages
{
    public static void MapHealthPage(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/health", ReadAsync)
            .ForManagers("page: health at a glance", "a BusinessManager its partnership's figures")
            .AsPage();
        routes
            .MapPost("/health/test", TestAsync)
            .ForAdministrators("sends a test email, and a test message to the second channel")
            .AsPage();
    }

    private static async Task<IResult> TestAsync(HttpContext context, IServiceProvider services)
    {
        var (values, refused) = await SentForm.ReadAsync(context);
        if (refused is not null)
            return new PageResult(refused);
        var address = values!["address"];
        if (!EmailAddress.IsUsable(address))
            return Told(
                400,
                "Nothing was sent",
                "Enter an email address in the correct format, like name@example.org."
            );
        var result = await services.GetRequiredService<MailTest>().RunAsync(address, context.RequestAborted);
        await services.GetRequiredService<MailState>().TellAsync(result.Email, context.RequestAborted);
        return Told(200, result.Worked ? "The test was sent" : "The test failed", [.. result.Sentences]);
    }

    private static PageResult Told(int status, string title, params IReadOnlyList<string> sentences) =>
        new(Page.Message(status, title, sentences));

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules,
        IEnumerable<IHostHealth> hosts,
        IEnumerable<IReadinessProbe> probes
    )
    {
        var (caller, now, cancel) = (context.Caller(), context.Arrived(), context.RequestAborted);
        var installed = await rules.InstalledAsync(cancel);
        var policy = installed.Catalogue.All.FirstOrDefault(p => caller.Covers(p.Partnership));
        var known = await rules.PartnershipAsync(caller.Partnership ?? policy!.Partnership, now, cancel);
        // Of a partnership none of whose policies can be read, the working time is taken to be as the others'.
        var calendar = known.CalendarFor(policy ?? installed.Catalogue.All[0]);
        List<HealthLine> lines =
        [
            .. HealthWords.Of(await queries.CountsAsync(caller.Partnership, now, cancel), now),
            HealthWords.Calendar(calendar, known.Calendar.Edition, calendar.LocalDate(now)),
            .. HealthWords.Policies(installed, caller.Covers),
        ];
        if (caller.Role == Roles.Administrator)
            lines.AddRange(await HostAsync(hosts, probes, now, cancel));
        var shares = caller.Role == Roles.Administrator ? await SharesAsync(context, queries, rules, now) : [];
        var whose = caller.Partnership is null ? null : policy?.PartnershipName ?? caller.Partnership;
        var mayTest = caller.Role == Roles.Administrator && context.RequestServices.GetService<MailTest>() is not null;
        return new PageResult(new Page(200, typeof(HealthPage), new HealthSheet(whose, lines, shares, now, mayTest)));
    }

    private static async Task<IReadOnlyList<HealthLine>> HostAsync(
        IEnumerable<IHostHealth> hosts,
        IEnumerable<IReadinessProbe> probes,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (lines, faults) = (new List<HealthLine>(), new List<string?>());
        foreach (var host in hosts)
            lines.Add(await host.LineAsync(now, cancel));
        foreach (var probe in probes.Where(p => !p.GoesOn))
            faults.Add(await Readiness.FaultAsync(probe, cancel));
        return [.. lines, .. HealthWords.Probes(faults), HealthWords.Program];
    }

    private static async Task<IReadOnlyList<(string, StoreCounts)>> SharesAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules,
        DateTimeOffset now
    )
    {
        var shares = new List<(string, StoreCounts)>();
        foreach (var partnership in await PartnershipChoices.AllAsync(context, rules))
            shares.Add((partnership.Label, await queries.CountsAsync(partnership.Id, now, context.RequestAborted)));
        return shares;
    }
}

/// <param name="Partnership">Whose figures these are; null: the whole installation's.</param>
/// <param name="Shares">Each partnership's figures; empty for a caller who has one.</param>
/// <param name="MayTest">Whether a test email can be sent from here.</param>
public sealed record HealthSheet(
    string? Partnership,
    IReadOnlyList<HealthLine> Lines,
    IReadOnlyList<(string Name, StoreCounts Counts)> Shares,
    DateTimeOffset At,
    bool MayTest
)
{
    public HealthState State => Lines.Max(l => l.State);
}
