using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Calendars.Pages;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Wording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Calendars;

/// <summary>The form of a day that is not worked: <c>date</c>, <c>kind</c>, <c>reason</c>.</summary>
/// <param name="ForAll">Whether the caller may declare a bank holiday for all partnerships.</param>
public sealed record AmendmentFormView(OpenedPartnership Where, bool ForAll, FormValues Form, FormErrors Errors)
{
    public const string Closure = "closure",
        BankHoliday = "bankHoliday",
        BankHolidayForAll = "bankHolidayForAll";

    public IReadOnlyList<FormPart> Parts =>
        [
            new FormPart.Date("date", "Date") { What = "the date" },
            new FormPart.OneOf("kind", "What is it?", Kinds) { What = "what the day is" },
            new FormPart.Text("reason", "Reason")
            {
                What = "the reason",
                Hint = "Shown with every deadline that it moves, such as Staff day. Name nobody.",
            },
        ];

    public IReadOnlyList<Choice> Kinds =>
        [
            new(Closure, "A closure", $"Only {Where.Name} does not work that day."),
            new(
                BankHoliday,
                "A bank holiday declared late",
                $"For {Where.Name}. The bank holidays that the calendar lists count already."
            ),
            .. ForAll
                ?
                [
                    new Choice(
                        BankHolidayForAll,
                        "A bank holiday declared late, for all partnerships",
                        "Deadlines of every partnership may move."
                    ),
                ]
                : Array.Empty<Choice>(),
        ];
}

/// <summary>What an amendment would do, to be confirmed.</summary>
/// <param name="Moved">The deadlines it moves, or a part of them.</param>
/// <param name="Count">How many it moves in all.</param>
/// <param name="IsFirst">No part comes before.</param>
/// <param name="Next">Cursor of the next part; null on the last.</param>
public sealed record AmendmentPreview(
    AmendmentFormView Asked,
    DateOnly Date,
    IReadOnlyList<MovedRow> Moved,
    int Count,
    bool IsFirst,
    string? Next
);

/// <summary>A deadline that moves, in local words.</summary>
public sealed record MovedRow(string Reference, string Stage, string From, string To);

/// <summary>Adds a closure or a late bank holiday by a form: as the API does it, with its preview between.</summary>
internal static class AmendmentForm
{
    public static void MapAmendmentForm(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/calendar/{partnership}/add", ShowAsync)
            .ForManagers("a form of a closure or a late bank holiday", "its own partnership")
            .AsPage();
        routes
            .MapPost("/calendar/{partnership}/add", SendAsync)
            .ForManagers(
                "shows the deadlines that a closure or late bank holiday moves, then applies it",
                "its own partnership; for all partnerships the Administrator"
            )
            .AsPage();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        IRecords records
    ) =>
        await OpenedPartnership.FindAsync(http, partnership, rules, records) is { } where
            ? First(
                200,
                new AmendmentFormView(
                    where,
                    http.Caller().Role == Roles.Administrator,
                    FormValues.Empty,
                    FormErrors.None
                )
            )
            : KnownPartnership.None;

    private static async Task<IResult> SendAsync(
        HttpContext http,
        string partnership,
        RuleBook rules,
        Amending amending,
        CaseHandler handler,
        IRecords records
    )
    {
        var (form, refused) = await SentForm.ReadAsync(http);
        if (form is null)
            return new PageResult(refused!);
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        var (caller, now) = (http.Caller(), http.Arrived());
        var view = new AmendmentFormView(where, caller.Role == Roles.Administrator, form, FormErrors.None);
        if (form["step"] == "change")
            return First(200, view);
        var everywhere = form["kind"] == AmendmentFormView.BankHolidayForAll;
        if (everywhere && !view.ForAll)
            return Problem.Of(Codes.Forbidden, "Only an administrator amends the calendar of all partnerships.");
        var stored = (await rules.PartnershipAsync(partnership, now, http.RequestAborted)).Calendar;
        var (body, applying) = (BodyOf(form), form["step"] == "apply");
        if (ErrorsOf(view, body, WhyNot(stored, where, body, everywhere, applying)) is { Any: true } errors)
            return First(400, view with { Errors = errors });
        var amendment = new Amendment(body.Date!.Value, body.Reason!, body.BankHoliday ?? false, caller.Actor, now);
        if (!applying)
            return await PreviewAsync(
                view,
                amendment,
                await amending.PreviewAsync(everywhere ? null : partnership, amendment, now, http.RequestAborted),
                handler,
                now,
                http.RequestAborted
            );
        await AmendmentEndpoint.ApplyAsync(everywhere ? null : partnership, amendment, now, rules, amending, records);
        return new SeeOther(
            FormattableString.Invariant($"/calendar/{partnership}?year={amendment.Date.Year}&done=amended")
        );
    }

    private static AmendmentBody BodyOf(FormValues form) =>
        new(
            TypedDate.Read(form["date"]),
            form["reason"],
            form["kind"] is AmendmentFormView.BankHoliday or AmendmentFormView.BankHolidayForAll,
            form["kind"] == AmendmentFormView.BankHolidayForAll
        );

    /// <summary>
    /// Why the day is not worked as it is. The form sent twice meets its own first time, which is no fault; and a
    /// closure of this partnership's own does not stand in the way of a bank holiday for all.
    /// </summary>
    private static string? WhyNot(
        StoredCalendar stored,
        OpenedPartnership where,
        AmendmentBody body,
        bool everywhere,
        bool applying
    )
    {
        if (body.Date is not { } date)
            return null;
        var isOwn = stored.Amendments.Any(a => a.Date == date);
        return isOwn && (applying || everywhere) ? null : where.Calendar.WhyNotWorking(date);
    }

    private static FormErrors ErrorsOf(AmendmentFormView view, AmendmentBody body, string? why)
    {
        IReadOnlyList<FieldError> unread =
            view.Form.Typed("date") is { } date && TypedDate.Fault("The date", date) is { } fault
                ? [new("date", fault)]
                : [];
        var faults = AmendmentEndpoint.FaultsOf(body, view.Where.Today, why);
        if (view.Kinds.All(k => k.Id != view.Form["kind"]))
            faults.Add("kind", FaultCode.NotOffered, "None of the choices.");
        return FormFaults.Of(view.Parts, view.Form, unread, faults.ToRefusal());
    }

    private static async Task<IResult> PreviewAsync(
        AmendmentFormView view,
        Amendment amendment,
        IReadOnlyList<MovedDeadline> moved,
        CaseHandler handler,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var rows = new List<MovedRow>();
        var after = view.Form.Typed(Paging.CursorName) is { } cursor ? Cursor.Read(cursor) : null;
        var page = new Paging(after, AmendmentEndpoint.MostMoved).Of(moved, AmendmentEndpoint.PlaceOf);
        foreach (var one in page.Items)
            if (await handler.ReadAsync(one.Reference, cancel) is { } document)
            {
                var rules = await handler.RulesAsync(document.Case, now, cancel);
                var stage = rules.Policy.Find(one.Stage) is { } found ? StageWords.Inline(found) : one.Stage;
                rows.Add(
                    new MovedRow(
                        one.Reference,
                        stage,
                        TimeWords.Moment(rules.Calendar, one.From),
                        TimeWords.Moment(rules.Calendar, one.To)
                    )
                );
            }
        var preview = new AmendmentPreview(view, amendment.Date, rows, page.Count, after is null, page.Next);
        return new PageResult(new Page(200, typeof(AmendmentPreviewPage), preview));
    }

    private static PageResult First(int status, AmendmentFormView view) =>
        new(new Page(status, typeof(AmendmentPage), view));
}
