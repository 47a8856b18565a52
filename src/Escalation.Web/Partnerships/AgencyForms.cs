using System.Globalization;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Partnerships.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Partnerships;

/// <summary>The form of an agency's name and mail domains.</summary>
/// <param name="Agency">As stored; null for a new one.</param>
/// <param name="Version">0 for a new one.</param>
/// <param name="Changed">True: somebody else changed the entry meanwhile, and it is shown as it is now.</param>
public sealed record AgencyFormView(
    OpenedPartnership Where,
    Agency? Agency,
    long Version,
    FormValues Form,
    FormErrors Errors,
    bool Changed = false
)
{
    public string Title => Agency is null ? "Add an agency" : "Change an agency's name and mail domains";
    public string Url => Agency is null ? $"{Where.Url}/new" : $"{Where.UrlOf(Agency.Id)}/edit";

    public IReadOnlyList<FormPart> Parts =>
        [
            new FormPart.Text("name", "Agency's name") { What = "the agency's name" },
            .. Agency is null ? [ShortName] : Array.Empty<FormPart>(),
            new FormPart.Text("domains", "Mail domains", 3)
            {
                What = "the mail domains",
                Optional = true,
                Hint =
                    "Each on a line of its own, such as oakprimary.example.org. An address outside them that is given when a concern "
                    + "is raised waits for the business manager to accept it.",
                Sentences = new Dictionary<FaultCode, string>
                {
                    [FaultCode.Malformed] = "Enter mail domains like example.org, each on a line of its own",
                },
            },
        ];

    private static FormPart ShortName { get; } =
        new FormPart.Text("id", "Short name")
        {
            Optional = true,
            Hint =
                "For addresses and files, such as oak-primary. Left empty, it is made from the name. It can't be changed later.",
            Sentences = new Dictionary<FaultCode, string>
            {
                [FaultCode.Malformed] =
                    "Enter a short name of lower-case words joined by hyphens, 40 characters or fewer, like oak-primary; not 'other'",
            },
        };

    public string VersionText => Version.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Adding an agency, and changing its name and mail domains.</summary>
internal static class AgencyForms
{
    private const string Own = "its own partnership";

    /// <summary>Ids that are pages of their own.</summary>
    private static readonly string[] Taken = ["new", "import", "export", "find"];

    public static void MapAgencyForms(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/directory/{partnership}/new", ShowNewAsync)
            .ForManagers("a form that adds an agency", Own)
            .AsPage();
        routes.MapPost("/directory/{partnership}/new", SendNewAsync).ForManagers("adds an agency", Own).AsPage();
        routes
            .MapGet("/directory/{partnership}/{agency}/edit", ShowAsync)
            .ForManagers("a form of an agency's name and domains", Own)
            .AsPage();
        routes
            .MapPost("/directory/{partnership}/{agency}/edit", SendAsync)
            .ForManagers("writes an agency's name and domains", Own)
            .AsPage();
    }

    private static async Task<IResult> ShowNewAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        IRecords records
    )
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        var form =
            http.Request.Query["own"].Count > 0
                ? FormValues.Empty.With("id", where.Id).With("name", where.Name)
                : FormValues.Empty;
        return PageOf(200, new AgencyFormView(where, null, 0, form, FormErrors.None));
    }

    private static async Task<IResult> SendNewAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        IRecords records
    )
    {
        var (form, refused) = await SentForm.ReadAsync(http);
        if (form is null)
            return new PageResult(refused!);
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        var (view, id) = (
            new AgencyFormView(where, null, 0, form, FormErrors.None),
            form.Typed("id") ?? IdOf(form["name"])
        );
        var (entry, faulty) = new AgencyChecks(DirectoryEndpoints.TiersOf(where.Policies)).Read(
            id,
            new AgencyBody(id, form["name"], DomainsOf(form), [])
        );
        if (entry is null)
            return PageOf(400, view with { Errors = EntryFaults.At(view.Parts, form, faulty!, at => at) });
        if (IsTaken(id))
            return PageOf(
                400,
                view with
                {
                    Errors = new([
                        new("id", $"The short name '{id}' is kept for a page of the directory: enter another"),
                    ]),
                }
            );
        if (
            !await StoredDirectory.WriteAsync(records, partnership, entry, 0, http.RequestAborted)
            && !await IsThereAsync(records, partnership, entry, http.RequestAborted)
        )
            return PageOf(
                409,
                view with
                {
                    Errors = new([
                        new(
                            "id",
                            $"There is an agency with the short name '{id}' already: enter another, or change that one"
                        ),
                    ]),
                }
            );
        rules.Refresh();
        return DirectoryPages.SeeOther($"{where.UrlOf(id)}?done=new");
    }

    /// <summary>Whether the id is a page's own.</summary>
    internal static bool IsTaken(string id) => Taken.Contains(id);

    /// <summary>The form came twice, and its first time made the entry.</summary>
    private static async Task<bool> IsThereAsync(
        IRecords records,
        string partnership,
        Agency entry,
        CancellationToken cancel
    ) =>
        await StoredDirectory.ReadAsync(records, partnership, entry.Id, cancel) is { } there
        && EntryService.AreSame(there.Agency, entry);

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string partnership,
        string agency,
        RuleBook rules,
        IRecords records
    )
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        if (await StoredDirectory.ReadAsync(records, partnership, agency, http.RequestAborted) is not { } entry)
            return DirectoryPages.NoAgency;
        var form = FormValues
            .Empty.With("name", entry.Agency.Name)
            .With("domains", string.Join('\n', entry.Agency.Domains));
        return PageOf(200, new AgencyFormView(where, entry.Agency, entry.Version, form, FormErrors.None));
    }

    private static async Task<IResult> SendAsync(
        HttpContext http,
        string partnership,
        string agency,
        RuleBook rules,
        IRecords records
    )
    {
        var (form, refused) = await SentForm.ReadAsync(http);
        if (form is null)
            return new PageResult(refused!);
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        if (where.Directory.Find(agency) is not { } entry)
            return DirectoryPages.NoAgency;
        var view = new AgencyFormView(where, entry, DirectoryPages.VersionOf(form), form, FormErrors.None);
        var saving = await new EntryService(records, rules, where).SaveAsync(
            agency,
            view.Version,
            now => now.ToBody() with { Name = form["name"], Domains = DomainsOf(form) },
            http.RequestAborted
        );
        return saving switch
        {
            Saving.Saved => DirectoryPages.SeeOther($"{where.UrlOf(agency)}?done=agency"),
            Saving.Faulty faulty => PageOf(
                400,
                view with
                {
                    Errors = EntryFaults.At(view.Parts, form, faulty.Refusal, at => at),
                }
            ),
            Saving.Changed changed => PageOf(
                409,
                view with
                {
                    Agency = changed.Now,
                    Version = changed.Version,
                    Changed = true,
                }
            ),
            _ => new PageResult(DirectoryPages.Gone),
        };
    }

    /// <summary>One a line, or apart by spaces, commas or semicolons; capitals and a leading @ don't count.</summary>
    internal static IReadOnlyList<string> DomainsOf(FormValues form) => DomainsOf(form["domains"]);

    internal static IReadOnlyList<string> DomainsOf(string text) =>
        [
            .. text.Split([' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
                .Select(d => d.TrimStart('@').ToLowerInvariant())
                .Distinct(),
        ];

    /// <summary>"St Mary's Primary School" becomes <c>st-marys-primary-school</c>; empty where nothing of the name is left.</summary>
    internal static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                id.Append(c);
            else if (char.IsWhiteSpace(c) || c is '-' or '/' or '&' or '.' or ',')
                id.Append(' ');
        var words = id.ToString()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(w => !char.IsAsciiLetter(w[0]));
        var whole = string.Join('-', words);
        return whole.Length <= 40 ? whole : whole[..40].TrimEnd('-');
    }

    private static PageResult PageOf(int status, AgencyFormView view) =>
        new(new Page(status, typeof(AgencyFormPage), view));
}
