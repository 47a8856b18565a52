using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Partnerships.Pages;
using Escalation.Web.Partnerships.Transfer;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Escalation.Web.Partnerships;

/// <summary>The import's first page.</summary>
public sealed record ImportView(OpenedPartnership Where, string Text, FormErrors Errors);

/// <summary>What an import would do, to be confirmed.</summary>
/// <param name="Text">The file as text.</param>
/// <param name="Left">Agencies that somebody else changed since the preview, which were therefore not written; null:
/// nothing was written yet.</param>
/// <param name="Written">How many were.</param>
public sealed record PreviewView(
    OpenedPartnership Where,
    string Text,
    ImportPlan Plan,
    IReadOnlyList<string>? Left = null,
    int Written = 0
);

/// <summary>The directory as a file, out and in.</summary>
internal static class TransferEndpoints
{
    private const int MostCharacters = 1024 * 1024;

    private static Page TooLarge { get; } =
        Page.Message(
            413,
            "This file is too large",
            "A file may have 1 MB at the most, some thousands of contacts. Nothing was imported. "
                + "Import it in parts: agencies that a file does not name stay as they are."
        );

    public static void MapTransfer(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/directory/{partnership}/export", ExportAsync)
            .ForManagers("the directory as CSV", "its own partnership")
            .AsPage();
        routes
            .MapGet("/directory/{partnership}/import", ShowAsync)
            .ForManagers("a form that takes a directory as CSV", "its own partnership")
            .AsPage();
        routes
            .MapPost("/directory/{partnership}/import", SendAsync)
            .ForManagers("shows what an import would change, then writes it", "its own partnership")
            .AsPage();
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        IRecords records
    ) =>
        await OpenedPartnership.FindAsync(http, partnership, rules, records) is { } where
            ? new DirectoryCsv(where.Directory)
            : KnownPartnership.None;

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        IRecords records
    ) =>
        await OpenedPartnership.FindAsync(http, partnership, rules, records) is { } where
            ? First(200, where, "", FormErrors.None)
            : KnownPartnership.None;

    /// <summary>Ends when its caller has left and when the host stops. Each agency is then as it was, or whole as the file says.</summary>
    private static async Task<IResult> SendAsync(HttpContext http, string partnership, RuleBook rules, IRecords records)
    {
        var stopping =
            http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            return await ImportAsync(http, partnership, rules, records, ending.Token);
        }
        catch (OperationCanceledException)
            when (stopping.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            return Problem.Of(
                Codes.Unavailable,
                "The program is being stopped, and the import with it. Each agency is as it was, or whole as the file says: "
                    + "send the file again."
            );
        }
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        IRecords records,
        CancellationToken cancel
    )
    {
        var (form, file, refused) = await SentUpload.ReadAsync(http, TooLarge);
        if (form is null)
            return new PageResult(refused!);
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        var text = file is null ? form["csv"] : ImportFile.TextOf(file);
        if (text.Length is 0 or > MostCharacters)
            return First(
                400,
                where,
                text.Length == 0 ? "" : form["csv"],
                new([
                    new(
                        "file",
                        text.Length == 0 ? "Choose a CSV file, or paste its lines" : "The file must be 1 MB or smaller"
                    ),
                ])
            );
        var plan = await ImportPlan.MakeAsync(records, where, text, cancel);
        if (plan.Errors.Count > 0)
            return First(
                400,
                where,
                file is null ? text : "",
                new([
                    .. plan.Errors.Select(e => new FieldError(
                        "file",
                        string.Create(CultureInfo.InvariantCulture, $"Line {e.Line}: {e.Message}")
                    )),
                ])
            );
        return form["step"] == "write"
            ? await WriteAsync(http, where, text, plan, form["versions"], rules, records, cancel)
            : Preview(plan.Entries.Any(e => e.Errors.Count > 0) ? 400 : 200, new PreviewView(where, text, plan));
    }

    /// <summary>Each agency whole or not at all, and only while it is as it was when the preview was shown.</summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http,
        OpenedPartnership where,
        string text,
        ImportPlan plan,
        string versions,
        RuleBook rules,
        IRecords records,
        CancellationToken cancel
    )
    {
        var shown = versions.Split(' ').ToHashSet(StringComparer.Ordinal);
        var (left, written) = (new List<string>(), 0);
        try
        {
            foreach (var entry in plan.Entries.Where(e => e.Writes))
                if (
                    shown.Contains($"{entry.Id}:{entry.Version}")
                    && await StoredDirectory.WriteAsync(records, where.Id, entry.After!, entry.Version, cancel)
                )
                    written++;
                else
                    left.Add(entry.Name);
        }
        finally
        {
            rules.Refresh();
        }
        if (left.Count == 0)
            return DirectoryPages.SeeOther($"{where.Url}?done=import");
        var now = await OpenedPartnership.FindAsync(http, where.Id, rules, records) ?? where;
        return Preview(
            409,
            new PreviewView(now, text, await ImportPlan.MakeAsync(records, now, text, cancel), left, written)
        );
    }

    private static PageResult First(int status, OpenedPartnership where, string text, FormErrors errors) =>
        new(new Page(status, typeof(ImportPage), new ImportView(where, text, errors)));

    private static PageResult Preview(int status, PreviewView view) =>
        new(new Page(status, typeof(ImportPreviewPage), view));
}
