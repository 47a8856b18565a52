using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Partnerships;

namespace Escalation.Web.Tests.Calendars;

/// <summary>The working calendar, and a day that stops being worked.</summary>
public sealed class CalendarPageTests : IAsyncLifetime
{
    private const string Calendar = "/calendar/sandwell",
        Add = Calendar + "/add";
    private TestHost _host = null!;
    private StaffSite _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await StaffSite.ForAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_year_is_shown_month_by_month_with_its_bank_holidays()
    {
        var page = await _manager.GetAsync(Calendar);
        Assert.Equal("Calendar 2026", page.Heading);
        Assert.Equal(12, page.Html.QuerySelectorAll(".esc-month").Length);
        Assert.Contains("25 BH: Christmas Day (bank holiday)", page.Words, StringComparison.Ordinal);
        Assert.Contains("Monday 28 December Boxing Day (substitute day)", page.Words, StringComparison.Ordinal);
        Assert.Contains("A working day ends at 5pm.", page.Words, StringComparison.Ordinal);
        Assert.Contains("25 now: today, a working day", page.Words, StringComparison.Ordinal);
        Assert.Equal(
            ["/calendar/sandwell?year=2025", "/calendar/sandwell?year=2027"],
            page.Html.QuerySelectorAll(".esc-years a").Select(a => a.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task The_edition_says_its_date_hash_and_reach()
    {
        var words = (await _manager.GetAsync(Calendar)).Words;
        Assert.Contains(CalendarEdition.BuiltIn.Hash, words, StringComparison.Ordinal);
        Assert.Contains("Edition Saturday 1 August 2026, 55 days old", words, StringComparison.Ordinal);
        Assert.Contains("2012 to 2028; the last is Tuesday 26 December 2028", words, StringComparison.Ordinal);
        Assert.DoesNotContain("should refresh them", words, StringComparison.Ordinal);
        _host.Clock.SetUtcNow(_host.Clock.GetUtcNow().AddYears(2));
        Assert.Contains(
            "Bank holidays are known only to the end of 2028.",
            (await _manager.GetAsync(Calendar)).Words,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("2027", "Calendar 2027")]
    [InlineData("soon", "Calendar 2026")]
    [InlineData("1066", "Calendar 2012")]
    [InlineData("9999", "Calendar 2029")]
    public async Task A_year_that_is_not_known_gives_the_nearest(string year, string heading) =>
        Assert.Equal(heading, (await _manager.GetAsync($"{Calendar}?year={year}")).Heading);

    [Fact]
    public async Task Only_managers_of_the_partnership_see_it()
    {
        Assert.Equal(Calendar, (await _manager.GetAsync("/calendar")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await _manager.GetAsync("/calendar/sefton")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _manager.PostAsync("/calendar/sefton/add", Asked("2026-09-29"))).Status
        );
        using var practitioner = await StaffSite.ForAsync(_host, Roles.Practitioner, "sandwell", "school");
        Assert.Equal(HttpStatusCode.Forbidden, (await practitioner.GetAsync(Calendar)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await practitioner.PostAsync(Add, Asked("2026-09-29", step: "apply"))).Status
        );
    }

    [Fact]
    public async Task A_closure_is_previewed_in_words_then_moves_the_deadlines_it_named()
    {
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        var path = await client.OpenAsync();
        await client.PostAsync(path + "/outcomes", Sample.Outcome("informal", "escalate"));
        var form = await _manager.GetAsync(Add);
        var preview = await _manager.PressAsync(
            form,
            ("date.day", "29"),
            ("date.month", "9"),
            ("date.year", "2026"),
            ("kind", "closure"),
            ("reason", "Staff <b>day")
        );
        Assert.Contains(
            $"{path.Split('/')[^1]} stage 1 Wednesday 30 September 2026 at 5pm Thursday 1 October 2026 at 5pm",
            preview.Words,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "One open deadline would move, each to a later moment.",
            preview.Words,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Staff", (await _manager.GetAsync(Calendar)).Words, StringComparison.Ordinal);

        for (var times = 0; times < 2; times++)
        {
            var applied = await _manager.PressAsync(preview, ("step", "apply"));
            Assert.Equal(
                (HttpStatusCode.SeeOther, "/calendar/sandwell?year=2026&done=amended"),
                (applied.Status, applied.Location)
            );
        }
        Assert.Equal("2026-10-01T16:00:00Z", (await client.GetJsonAsync(path)).Json["stage"]!["deadline"]!.ToString());
        var page = await _manager.GetAsync(Calendar + "?year=2026&done=amended");
        Assert.Contains("29 C: closed: Staff <b>day", page.Words, StringComparison.Ordinal);
        Assert.Contains(
            "Tuesday 29 September 2026 Closure Staff <b>day Friday 25 September 2026 at 11am by key:businessmanager-sandwell",
            page.Words,
            StringComparison.Ordinal
        );
        Assert.Single((await StoredCalendar.LoadAsync(_host.Store, "sandwell", CancellationToken.None)).Amendments);
    }

    [Fact]
    public async Task The_preview_can_be_gone_back_on_with_what_was_typed()
    {
        var preview = await _manager.PostAsync(Add, Asked("2026-09-29"));
        Assert.Contains("No open deadline would move.", preview.Words, StringComparison.Ordinal);
        var back = await _manager.PressAsync(preview, ("step", "change"));
        Assert.Equal(
            ("29", "A closure"),
            (
                back.Html.QuerySelector("#date")!.GetAttribute("value"),
                back.Html.QuerySelector("#reason")!.GetAttribute("value")
            )
        );
        Assert.NotNull(back.Html.QuerySelector("input[value=closure][checked]"));
        Assert.Empty((await StoredCalendar.LoadAsync(_host.Store, "sandwell", CancellationToken.None)).Amendments);
    }

    [Theory]
    [InlineData("", "closure", "R", "date", "Enter the date")]
    [InlineData("2026-02-30", "closure", "R", "date", "The date must be a real date")]
    [InlineData("2026-09-24", "closure", "R", "date", "The date must be today or later: what is past stays as it was")]
    [InlineData("2028-09-26", "closure", "R", "date", "The date must be within two years from today")]
    [InlineData(
        "2026-09-26",
        "closure",
        "R",
        "date",
        "Saturday 26 September 2026 is not a working day already: Saturday"
    )]
    [InlineData(
        "2026-12-28",
        "closure",
        "R",
        "date",
        "Monday 28 December 2026 is not a working day already: Boxing Day (bank holiday, substitute day)"
    )]
    [InlineData("2026-09-29", "closure", "", "reason", "Enter the reason")]
    [InlineData("2026-09-29", "closure", "LONG", "reason", "The reason must be 200 characters or fewer")]
    [InlineData("2026-09-29", "", "R", "kind", "Select what the day is")]
    public async Task A_day_that_cannot_be_closed_is_refused_with_its_reason(
        string date,
        string kind,
        string reason,
        string field,
        string message
    )
    {
        foreach (var step in new[] { "preview", "apply" })
        {
            var back = await _manager.PostAsync(
                Add,
                ("date", date),
                ("kind", kind),
                ("reason", reason == "LONG" ? new string('x', 10_000) : reason),
                ("step", step)
            );
            Assert.Equal((HttpStatusCode.BadRequest, message), (back.Status, back.Error(field)));
        }
        Assert.Empty((await StoredCalendar.LoadAsync(_host.Store, "sandwell", CancellationToken.None)).Amendments);
    }

    [Theory]
    [InlineData("2026-09-25")]
    [InlineData("2028-09-25")]
    public async Task Today_is_the_first_day_that_can_be_closed_and_two_years_from_today_the_last(string date)
    {
        var body = new JsonObject { ["date"] = date, ["reason"] = "A closure" };
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        const string Preview = "/api/partnerships/sandwell/calendar/amendments?preview=true";
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(Preview, body)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await _manager.PostAsync(Add, Asked(date, step: "apply"))).Status);
        var stored = (await StoredCalendar.LoadAsync(_host.Store, "sandwell", CancellationToken.None)).Amendments;
        Assert.Equal(date, $"{Assert.Single(stored).Date:yyyy-MM-dd}");
    }

    /// <summary>It is half past midnight of Tuesday 29 September 2026, and 28 September still in UTC.</summary>
    [Fact]
    public async Task In_the_first_hour_of_a_day_in_summer_that_day_is_today_and_the_first_that_can_be_closed()
    {
        _host.Clock.SetUtcNow(World.At("2026-09-28T23:30:00Z"));
        Assert.Contains(
            "29 now: today, a working day",
            (await _manager.GetAsync(Calendar)).Words,
            StringComparison.Ordinal
        );
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        const string Preview = "/api/partnerships/sandwell/calendar/amendments?preview=true";
        foreach (var (date, status) in new[] { ("2026-09-28", 400), ("2026-09-29", 200) })
        {
            var body = new JsonObject { ["date"] = date, ["reason"] = "A closure" };
            Assert.Equal(status, (int)(await client.PostAsync(Preview, body)).Status);
            Assert.Equal(status, (int)(await _manager.PostAsync(Add, Asked(date))).Status);
        }
    }

    [Fact]
    public async Task A_day_that_was_closed_already_is_refused_before_the_preview()
    {
        await _manager.PostAsync(Add, Asked("2026-09-29", step: "apply"));
        Assert.Equal(
            "Tuesday 29 September 2026 is not a working day already: A closure",
            (await _manager.PostAsync(Add, Asked("2026-09-29"))).Error("date")
        );
    }

    [Fact]
    public async Task A_bank_holiday_for_all_is_the_administrators()
    {
        Assert.Null((await _manager.GetAsync(Add)).Html.QuerySelector("input[value=bankHolidayForAll]"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await _manager.PostAsync(Add, Asked("2026-09-29", "bankHolidayForAll", "apply"))).Status
        );
        await _manager.PostAsync(Add, Asked("2026-09-29", step: "apply"));
        using var administrator = await StaffSite.ForAsync(_host, Roles.Administrator, null);
        Assert.NotNull((await administrator.GetAsync(Add)).Html.QuerySelector("input[value=bankHolidayForAll]"));
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await administrator.PressAsync(
                    await administrator.PostAsync(Add, Asked("2026-09-29", "bankHolidayForAll")),
                    ("step", "apply")
                )
            ).Status
        );
        Assert.Contains(
            "Bank holiday declared late",
            (await administrator.GetAsync("/calendar/sefton")).Words,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "29 BH: A closure (bank holiday declared late)",
            (await administrator.GetAsync("/calendar/sefton")).Words,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("2026-09-26", "Saturday 26 September 2026 is not a working day already: Saturday")]
    [InlineData(
        "2026-12-28",
        "Monday 28 December 2026 is not a working day already: Boxing Day (bank holiday, substitute day)"
    )]
    public async Task A_bank_holiday_for_all_is_refused_on_a_day_that_nobody_works(string date, string message)
    {
        using var administrator = await StaffSite.ForAsync(_host, Roles.Administrator, null);
        foreach (var step in new[] { "preview", "apply" })
        {
            var back = await administrator.PostAsync(Add, Asked(date, "bankHolidayForAll", step));
            Assert.Equal((HttpStatusCode.BadRequest, message), (back.Status, back.Error("date")));
        }
    }

    [Fact]
    public async Task Deadlines_that_would_move_are_listed_in_parts()
    {
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        var opened = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var path = await client.OpenAsync();
            await client.PostAsync(path + "/outcomes", Sample.Outcome("informal", "escalate"));
            opened.Add(path.Split('/')[^1]);
        }
        const string Preview = "/api/partnerships/sandwell/calendar/amendments?preview=true&limit=2";
        var body = new JsonObject { ["date"] = "2026-09-29", ["reason"] = "A closure" };
        var first = await client.PostAsync(Preview, body);
        var second = await client.PostAsync($"{Preview}&cursor={first["next"]}", body);
        var both = first.Json["moved"]!
            .AsArray()
            .Concat(second.Json["moved"]!.AsArray())
            .Select(m => m!["reference"]!.ToString());
        Assert.Equal(opened.Order(StringComparer.Ordinal), both);
        Assert.Equal(("3", "3", null), (first["count"], second["count"], second["next"]));

        var rest = await _manager.PostAsync(Add, [.. Asked("2026-09-29"), ("cursor", first["next"]!)]);
        Assert.Single(rest.Html.QuerySelectorAll("main tbody tr"));
        Assert.Contains("3 open deadlines would move, each to a later moment.", rest.Words, StringComparison.Ordinal);
        Assert.Contains("Listed here: 1 of them.", rest.Words, StringComparison.Ordinal);
        Assert.Contains("List the first of them", rest.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await _manager.PressAsync(rest, ("step", "apply"))).Status);
    }

    [Fact]
    public async Task Closures_are_listed_with_their_year()
    {
        await _manager.PostAsync(Add, Asked("2027-03-02", step: "apply"));
        Assert.DoesNotContain(
            "Tuesday 2 March 2027",
            (await _manager.GetAsync(Calendar)).Words,
            StringComparison.Ordinal
        );
        var year = await _manager.GetAsync(Calendar + "?year=2027");
        Assert.Contains("Tuesday 2 March 2027 Closure A closure", year.Words, StringComparison.Ordinal);
    }

    private static (string, string)[] Asked(string date, string kind = "closure", string step = "preview") =>
        [("date", date), ("kind", kind), ("reason", "A closure"), ("step", step)];
}
