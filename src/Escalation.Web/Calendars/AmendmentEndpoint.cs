using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Calendars;

/// <summary>
/// Closures and late bank holidays. Storing one is one write; carrying it to the open cases can be long, and is not cut off with the
/// request. Cut off by the host's end, it goes on with the same request again, and with each case's next wake.
/// </summary>
internal static class AmendmentEndpoint
{
    /// <summary>Deadlines that one answer and one page list.</summary>
    public const int MostMoved = 200;

    /// <summary>By the deadline as it is.</summary>
    public static string PlaceOf(MovedDeadline moved) =>
        string.Create(CultureInfo.InvariantCulture, $"{moved.From.UtcTicks:D19} {moved.Reference}");

    public static async Task<IResult> AmendAsync(
        HttpContext context,
        string id,
        RuleBook rules,
        Amending amending,
        IRecords records
    )
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, id) is not { } policies)
            return KnownPartnership.None;
        var (body, unreadable) = await JsonBody.ReadAsync(context, ApiJson.Default.AmendmentBody);
        if (body is null)
            return unreadable!;
        var (caller, now, everywhere) = (context.Caller(), context.Arrived(), body.AllPartnerships ?? false);
        if (everywhere && caller.Role != Roles.Administrator)
            return Problem.Of(Codes.Forbidden, "Only an administrator amends the calendar of all partnerships.");
        var known = (await rules.PartnershipAsync(id, now, context.RequestAborted)).Calendar;
        var calendar = known.For(policies[0].WorkingTime);
        var stored = body.Date is { } date && known.Amendments.Any(a => a.Date == date);
        if (
            FaultsOf(
                    body,
                    calendar.LocalDate(now),
                    stored ? null
                        : body.Date is { } day ? calendar.WhyNotWorking(day)
                        : null
                )
                .ToRefusal() is
            { } refusal
        )
            return Problem.Of(refusal);
        var (paging, unreadablePart) = Paging.Read(context.Request, MostMoved, MostMoved);
        if (paging is null)
            return unreadablePart!;
        var amendment = new Amendment(
            body.Date!.Value,
            body.Reason!.Trim(),
            body.BankHoliday ?? false,
            caller.Actor,
            now
        );
        var preview = context.Request.Query["preview"].ToString() == "true";
        var moved = stored
            ? []
            : await amending.PreviewAsync(everywhere ? null : id, amendment, now, context.RequestAborted);
        if (!preview)
            await ApplyAsync(everywhere ? null : id, amendment, now, rules, amending, records);
        var page = paging.Of(moved, PlaceOf);
        var view = new AmendmentView(amendment.Date, amendment.Reason, !preview, page.Items, page.Count, page.Next);
        return Results.Json(view, ApiJson.Default.AmendmentView);
    }

    /// <summary>
    /// Stores the amendment and carries it to the open cases. The same again changes nothing, or goes on where it was
    /// cut off.
    /// </summary>
    /// <param name="partnership">Null: all.</param>
    public static async Task ApplyAsync(
        string? partnership,
        Amendment amendment,
        DateTimeOffset now,
        RuleBook rules,
        Amending amending,
        IRecords records
    )
    {
        while (!await StoredCalendar.AmendAsync(records, partnership, amendment, CancellationToken.None)) { }
        rules.Refresh();
        var all = (await rules.InstalledAsync(CancellationToken.None)).Partnerships;
        foreach (var one in partnership is null ? all : [partnership])
            await amending.ApplyAsync(one, now, CancellationToken.None);
    }

    /// <summary>What is wrong, field by field.</summary>
    /// <param name="why">Why the day is not worked as it is.</param>
    public static Faults FaultsOf(AmendmentBody body, DateOnly today, string? why)
    {
        var faults = new Faults();
        if (body.Date is not { } date)
            faults.Add("date", FaultCode.Required, "Required: a date, YYYY-MM-DD.");
        else if (date < today)
            faults.Add("date", FaultCode.Past, "The date must be today or later: what is past stays as it was");
        else if (date > today.AddYears(2))
            faults.Add("date", FaultCode.TooFarAhead, "The date must be within two years from today");
        else if (why is not null)
            faults.Add("date", FaultCode.NotWorked, $"{UkDates.Date(date)} is not a working day already: {why}");
        faults.Required("reason", body.Reason);
        if (body is { AllPartnerships: true, BankHoliday: not true })
            faults.Add("bankHoliday", FaultCode.NotOffered, "Only a bank holiday is for all partnerships.");
        return faults;
    }
}
