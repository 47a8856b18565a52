using System.Security.Cryptography;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Partnerships.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Partnerships;

/// <summary>The forms about one contact: add, change, replace, remove, when away.</summary>
internal static class ContactEndpoints
{
    private const string Own = "its own partnership";

    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        Map(routes, "new", ContactTask.Add, "a form that adds a contact", "adds a contact");
        Map(routes, "{contact}", ContactTask.Change, "a form that changes a contact", "changes a contact");
        Map(
            routes,
            "{contact}/replace",
            ContactTask.Replace,
            "a form that puts another person in a contact's place",
            "puts another person in a contact's place"
        );
        Map(routes, "{contact}/remove", ContactTask.Remove, "asks whether a contact is to go", "removes a contact");
        Map(
            routes,
            "{contact}/absences",
            ContactTask.Absences,
            "a form of a contact's absences",
            "writes a contact's absences"
        );
    }

    private static void Map(IEndpointRouteBuilder routes, string path, ContactTask task, string shows, string does)
    {
        var url = "/directory/{partnership}/{agency}/contacts/" + path;
        routes
            .MapGet(
                url,
                (
                    HttpContext http,
                    string partnership,
                    string agency,
                    RuleBook rules,
                    IRecords records,
                    ICaseQueries queries
                ) => ShowAsync(http, task, partnership, agency, rules, records, queries)
            )
            .ForManagers(shows, Own)
            .AsPage();
        routes
            .MapPost(
                url,
                (
                    HttpContext http,
                    string partnership,
                    string agency,
                    RuleBook rules,
                    IRecords records,
                    ICaseQueries queries
                ) => SendAsync(http, task, partnership, agency, rules, records, queries)
            )
            .ForManagers(does, Own)
            .AsPage();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        ContactTask task,
        string partnership,
        string agency,
        RuleBook rules,
        IRecords records,
        ICaseQueries queries
    )
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        if (await StoredDirectory.ReadAsync(records, partnership, agency, http.RequestAborted) is not { } entry)
            return DirectoryPages.NoAgency;
        var contact = Named(http, entry.Agency);
        if (contact is null && task is not ContactTask.Add)
            return DirectoryPages.NoContact;
        var view = new ContactFormView(
            where,
            entry.Agency,
            entry.Version,
            task,
            NewId(),
            contact,
            FirstForm(http, task, contact),
            FormErrors.None
        );
        return await PageAsync(http, 200, view, queries);
    }

    private static async Task<IResult> SendAsync(
        HttpContext http,
        ContactTask task,
        string partnership,
        string agency,
        RuleBook rules,
        IRecords records,
        ICaseQueries queries
    )
    {
        var (form, refused) = await SentForm.ReadAsync(http);
        if (form is null)
            return new PageResult(refused!);
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        if (await StoredDirectory.ReadAsync(records, partnership, agency, http.RequestAborted) is not { } entry)
            return DirectoryPages.NoAgency;
        var view = new ContactFormView(
            where,
            entry.Agency,
            DirectoryPages.VersionOf(form),
            task,
            form["id"],
            Named(http, entry.Agency),
            form,
            FormErrors.None
        );
        if (task is ContactTask.Absences && AbsenceForm.Errors(form) is { Any: true } errors)
            return view.Contact is null
                ? new PageResult(DirectoryPages.Gone)
                : await PageAsync(http, 400, view with { Errors = errors }, queries);
        var contact = http.Request.RouteValues["contact"]?.ToString() ?? "";
        var saving = await new EntryService(records, rules, where).SaveAsync(
            agency,
            view.Version,
            entry => Changed(task, entry, contact, form),
            http.RequestAborted
        );
        return await AnswerAsync(http, saving, view, contact, queries);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Saving saving,
        ContactFormView view,
        string contact,
        ICaseQueries queries
    ) =>
        saving switch
        {
            Saving.Saved => DirectoryPages.SeeOther(
                $"{view.Where.UrlOf(view.Agency.Id)}?done={view.Task.ToString().ToLowerInvariant()}"
            ),
            Saving.Faulty faulty => await PageAsync(
                http,
                400,
                view with
                {
                    Errors = ContactForm.ErrorsOf(
                        faulty,
                        view.Task is ContactTask.Add or ContactTask.Replace ? view.Id : contact,
                        view
                    ),
                },
                queries
            ),
            Saving.Changed changed
                when view.Task is ContactTask.Add || changed.Now.Contacts.Any(c => c.Id == contact) => await PageAsync(
                http,
                409,
                view with
                {
                    Agency = changed.Now,
                    Version = changed.Version,
                    Contact = changed.Now.Contacts.FirstOrDefault(c => c.Id == contact),
                    Changed = true,
                },
                queries
            ),
            _ => new PageResult(DirectoryPages.Gone),
        };

    /// <summary>The entry as the form wants it. A contact already gone stays gone, so that a form sent twice is no fault.</summary>
    private static AgencyBody? Changed(ContactTask task, Agency entry, string id, FormValues form)
    {
        var (body, contact, newId) = (entry.ToBody(), entry.Contacts.FirstOrDefault(c => c.Id == id), form["id"]);
        return (task, contact) switch
        {
            (ContactTask.Add, _) => body.With(
                ContactForm.ToBody(form, newId, entry.Contacts.FirstOrDefault(c => c.Id == newId)?.Absences ?? [])
            ),
            (ContactTask.Remove, _) => body.Without(id),
            (ContactTask.Replace, null) => entry.Contacts.FirstOrDefault(c => c.Id == newId) is { } successor
                ? body.With(ContactForm.ToBody(form, newId, successor.Absences))
                : null,
            (ContactTask.Replace, _) => body.With(ContactForm.ToBody(form, newId, [])).Without(id, newId),
            (_, null) => null,
            (ContactTask.Absences, _) => body.With(
                contact.ToBody() with
                {
                    Absences = AbsenceForm.Read(form, contact.Absences),
                }
            ),
            _ => body.With(ContactForm.ToBody(form, id, contact.Absences)),
        };
    }

    private static async Task<IResult> PageAsync(
        HttpContext http,
        int status,
        ContactFormView view,
        ICaseQueries queries
    )
    {
        if (view is { Task: ContactTask.Replace or ContactTask.Remove, Contact: { } contact })
            view = view with
            {
                Links = await SentLinks.FindAsync(queries, view.Where, view.Agency.Id, contact.Id, http.RequestAborted),
            };
        var page = view.Task switch
        {
            ContactTask.Remove => typeof(RemovePage),
            ContactTask.Absences => typeof(AbsencesPage),
            _ => typeof(ContactPage),
        };
        return new PageResult(new Page(status, page, view));
    }

    /// <summary>
    /// Who takes over begins with the tiers and the deputy of the one who goes. A tier with nobody leads here with
    /// <c>?tier=</c>.
    /// </summary>
    private static FormValues FirstForm(HttpContext http, ContactTask task, Contact? contact) =>
        (task, contact) switch
        {
            (ContactTask.Change, { } c) => ContactForm.Of(c),
            (ContactTask.Replace, { } c) => ContactForm.Of(c with { Name = "", Email = "" }),
            (ContactTask.Add, _) => FormValues.Empty.With("tiers", http.Request.Query["tier"].ToString()),
            _ => FormValues.Empty,
        };

    private static Contact? Named(HttpContext http, Agency agency) =>
        agency.Contacts.FirstOrDefault(c => c.Id == http.Request.RouteValues["contact"]?.ToString());

    /// <summary>Says nothing of the person, and is never used again: it is part of links and of notices' keys.</summary>
    internal static string NewId() => "c" + RandomNumberGenerator.GetHexString(12, lowercase: true);
}
