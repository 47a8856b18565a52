using System.Globalization;
using System.IO.Compression;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.CasePages;

/// <summary>The case page, its printable record and its proof pack.</summary>
internal static class CasePageEndpoints
{
    private const string OwnOnly = "a Practitioner only cases its agency is in";

    public static void MapCasePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases/{reference}", ShowAsync).ForStaff("the case page", OwnOnly).AsPage();
        routes
            .MapGet("/cases/{reference}/emails", EmailsAsync)
            .ForStaff("page: every email of a case and its delivery", OwnOnly)
            .AsPage();
        routes
            .MapGet("/cases/{reference}/record", RecordAsync)
            .ForStaff("the printable record, in the form of the procedure", OwnOnly)
            .AsPage();
        routes
            .MapGet("/cases/{reference}/proof", ProofAsync)
            .ForStaff("the proof pack, a ZIP", $"{OwnOnly}; with what people wrote: managers")
            .AsPage();
        routes.MapMovePages();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string reference, CaseHandler handler)
    {
        if (await CaseReading.FindAsync(context, handler, reference) is not { } reading)
            return SeenCase.None;
        var query = context.Request.Query;
        int? recorded = int.TryParse(query["recorded"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
        var (after, problem) = Cursor.Asked(context.Request);
        if (problem is not null)
            return problem;
        var events = new EventsAsked(query["order"] != "oldest", query["events"] == "all", after);
        return new PageResult(new Page(200, typeof(CasePageView), CasePage.Of(reading, recorded, events)));
    }

    private static async Task<IResult> EmailsAsync(HttpContext context, string reference, CaseHandler handler)
    {
        if (await CaseReading.FindAsync(context, handler, reference) is not { } reading)
            return SeenCase.None;
        var (after, problem) = Cursor.Asked(context.Request);
        return problem is null
            ? new PageResult(new Page(200, typeof(EmailsPage), EmailsView.Of(reading, after)))
            : problem;
    }

    private static async Task<IResult> RecordAsync(HttpContext context, string reference, CaseHandler handler) =>
        await CaseReading.FindAsync(context, handler, reference) is { } reading
            ? new PageResult(new Page(200, typeof(RecordPage), RecordView.Of(reading)))
            : SeenCase.None;

    private static async Task<IResult> ProofAsync(HttpContext context, string reference, CaseHandler handler)
    {
        if (await CaseReading.FindAsync(context, handler, reference) is not { } reading)
            return SeenCase.None;
        var words = context.Request.Query["words"] == "yes";
        if (words && !reading.Caller.IsManager)
            return Site.Problems.Problem.Of(
                Codes.Forbidden,
                "The pack with what people wrote is for the business manager."
            );
        var policy = PolicyDocument.BytesOf(reading.Policy);
        var files = ProofPack.Of(reading.Case, reading.Rules, policy, words, reading.Now);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(Zip(files, reading.Now), "application/zip", $"{reading.Case.Reference}-proof.zip");
    }

    private static byte[] Zip(IReadOnlyList<ProofFile> files, DateTimeOffset madeAt)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = zip.CreateEntry(file.Name);
                entry.LastWriteTime = madeAt;
                using var content = entry.Open();
                content.Write(file.Content.Span);
            }
        }
        return bytes.ToArray();
    }
}
