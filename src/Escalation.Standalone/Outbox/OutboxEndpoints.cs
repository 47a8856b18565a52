using System.Globalization;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Settings;
using Escalation.Web.Api;
using Escalation.Web.Site;

namespace Escalation.Standalone.Outbox;

/// <summary>The demo's emails, for a program and for a person.</summary>
internal static class OutboxEndpoints
{
    public const string Page = "/outbox";

    /// <summary>Emails in one answer: more than a demonstration sends, so that a script need not ask for the next ones.</summary>
    public const int MostListed = 5_000;

    public static void MapOutbox(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapGet(
                "/api/outbox",
                async (HttpContext context, OutboxMailer outbox, DueCases due) =>
                {
                    var (paging, problem) = Paging.Read(context.Request, MostListed, MostListed);
                    if (paging is null)
                        return problem!;
                    var emails = await TriedAsync(context, outbox, due);
                    var page = paging.Of(emails.Index(), e => e.Index.ToString("D10", CultureInfo.InvariantCulture));
                    Paging.Link(context, page.Next);
                    return Results.Json(page.Items.Select(e => e.Item), KeptEmail.Json);
                }
            )
            .AddEndpointFilter<LocalOnlyFilter>()
            .ExcludeFromDescription();
        endpoints
            .MapGet(
                Page,
                async (HttpContext context, OutboxMailer outbox, DueCases due) =>
                {
                    var (after, problem) = Cursor.Asked(context.Request);
                    if (problem is not null)
                        return problem;
                    context.Response.Headers.ContentSecurityPolicy = OutboxPage.ContentSecurityPolicy;
                    return Results.Content(
                        OutboxPage.Html(await TriedAsync(context, outbox, due), after),
                        "text/html; charset=utf-8"
                    );
                }
            )
            .AddEndpointFilter<LocalOnlyFilter>()
            .ExcludeFromDescription();
    }

    /// <summary>The emails once all mail due when the request arrived was tried.</summary>
    private static async Task<IReadOnlyList<KeptEmail>> TriedAsync(
        HttpContext context,
        OutboxMailer outbox,
        DueCases due
    )
    {
        await due.DrainAsync(context.Arrived(), context.RequestAborted);
        return await outbox.ListAsync(context.RequestAborted);
    }
}
