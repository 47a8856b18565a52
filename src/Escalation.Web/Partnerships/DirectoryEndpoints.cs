using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Partnerships;

/// <summary>The directory: <c>/api/partnerships/{id}/agencies</c>.</summary>
internal static class DirectoryEndpoints
{
    /// <summary>Agencies in one answer.</summary>
    private const int MostListed = 200;
    private static readonly Problem NoAgency = Problem.NotFound("There is no such agency.");

    public static void MapDirectory(this IEndpointRouteBuilder routes)
    {
        const string Path = "/api/partnerships/{id}/agencies/{agency}";
        routes
            .MapGet("/api/partnerships/{id}/agencies", ListAsync)
            .ForStaff(
                "the partnership's agencies by id, 200 at a time (q, limit, cursor; next: the Link header)",
                "its own partnership"
            )
            .WithName("listAgencies")
            .Produces<IReadOnlyList<AgencyName>>();
        routes
            .MapGet(Path, ReadAsync)
            .ForStaff("an agency's contacts, domains, deputies, absences", "a Practitioner its own agency")
            .WithName("readAgency")
            .Produces<Agency>();
        routes
            .MapPut(Path, WriteAsync)
            .ForManagers("writes the entry whole (If-Match; If-None-Match: * for a new one)", "its own partnership")
            .WithName("writeAgency")
            .Accepts<AgencyBody>("application/json")
            .Produces<Agency>()
            .Produces<Agency>(201);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string id, RuleBook rules, IRecords records)
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, id) is null)
            return KnownPartnership.None;
        var (paging, problem) = Paging.Read(context.Request, MostListed, MostListed);
        if (paging is null)
            return problem!;
        var text = context.Request.Query["q"].ToString();
        var directory = await StoredDirectory.LoadAsync(records, id, context.RequestAborted);
        var page = paging.Of(directory.Agencies.Where(a => DirectoryPlaces.IsLike(a, text)), a => a.Id);
        Paging.Link(context, page.Next);
        return Results.Json(
            [.. page.Items.Select(a => new AgencyName(a.Id, a.Name))],
            ApiJson.Default.IReadOnlyListAgencyName
        );
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        string id,
        string agency,
        RuleBook rules,
        IRecords records
    )
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, id) is null)
            return KnownPartnership.None;
        if (!context.Caller().SpeaksFor(agency))
            return Problem.Of(Codes.Forbidden, "A Practitioner reads its own agency's entry.");
        if (await StoredDirectory.ReadAsync(records, id, agency, context.RequestAborted) is not { } entry)
            return NoAgency;
        context.Response.Headers.ETag = TagOf(entry.Version);
        return Results.Json(entry.Agency, ApiJson.Default.Agency);
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context,
        string id,
        string agency,
        RuleBook rules,
        IRecords records
    )
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, id) is not { } policies)
            return KnownPartnership.None;
        var (body, unreadable) = await JsonBody.ReadAsync(context, ApiJson.Default.AgencyBody);
        if (body is null)
            return unreadable!;
        if (ExpectedVersion(context.Request) is not { } expected)
            return Problem.Of(
                Codes.Invalid,
                "Send If-Match with the entry's ETag, or If-None-Match: * for a new entry."
            ) with
            {
                Status = StatusCodes.Status428PreconditionRequired,
            };
        var (entry, faulty) = new AgencyChecks(TiersOf(policies)).Read(agency, body);
        if (entry is null)
            return Problem.Of(faulty!);
        if (!await StoredDirectory.WriteAsync(records, id, entry, expected, context.RequestAborted))
            return Problem.Of(Codes.Conflict, "The entry has changed since you read it: read it again.") with
            {
                Status = StatusCodes.Status412PreconditionFailed,
            };
        rules.Refresh();
        context.Response.Headers.ETag = TagOf(expected + 1);
        return Results.Json(
            entry,
            ApiJson.Default.Agency,
            statusCode: expected == 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    /// <summary>
    /// 0 for an entry that must not be there yet; -1, which no entry has, for a tag that is not ours; null when none
    /// was sent.
    /// </summary>
    private static long? ExpectedVersion(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.ToString() == "*")
            return 0;
        var tag = request.Headers.IfMatch.ToString();
        if (tag.Length == 0)
            return null;
        return
            long.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && version > 0
            ? version
            : -1;
    }

    private static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The tiers with names, and those that the partnership's own policies ask or tell.</summary>
    internal static HashSet<string> TiersOf(IReadOnlyList<Policy> policies) =>
        new(
            KnownTiers
                .OfAgencies.Concat(KnownTiers.OfPartnerships)
                .Select(t => t.Id)
                .Concat(policies.SelectMany(p => p.Stages).SelectMany(s => s.Tiers.Concat(s.CopyTiers)))
                .Concat(policies.SelectMany(p => p.Tells).Select(t => t.Who.Tier))
                .Concat(policies.SelectMany(p => p.Urgent.Tell).Select(t => t.Tier))
                .Where(t => !t.Contains(':')),
            StringComparer.Ordinal
        );
}
