using System.Text;
using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class CalendarEditionTests
{
    private const string NewYear = """{"title":"New Year’s Day","date":"2027-01-01","notes":"","bunting":true}""";

    [Theory]
    [InlineData("england-and-wales", 140)]
    [InlineData("scotland", 158)]
    [InlineData("northern-ireland", 174)]
    public void The_edition_that_ships_holds_2012_to_2028(string division, int count)
    {
        var holidays = CalendarEdition.BuiltIn.Of(division);
        Assert.Equal(count, holidays.Count);
        Assert.Equal((2012, 2028), (holidays[0].Date.Year, holidays[^1].Date.Year));
        Assert.Equal(holidays.OrderBy(h => h.Date), holidays);
    }

    [Fact]
    public void Its_name_gives_its_date_and_the_start_of_its_hash()
    {
        var edition = CalendarEdition.BuiltIn;
        Assert.Equal(London.Day("2026-08-01"), edition.Date);
        Assert.Matches("^[0-9a-f]{64}$", edition.Hash);
        Assert.Equal($"gov.uk bank holidays, edition 2026-08-01 ({edition.Hash[..8]})", edition.Name);
    }

    [Fact]
    public void ToJson_is_read_back_to_the_same_edition()
    {
        var back = CalendarEdition.Parse(CalendarEdition.BuiltIn.ToJson(), CalendarEdition.BuiltIn.Date).Edition!;
        Assert.Equal(CalendarEdition.BuiltIn.Name, back.Name);
        foreach (var division in CalendarEdition.Divisions)
            Assert.Equal(CalendarEdition.BuiltIn.Of(division), back.Of(division));
    }

    [Fact]
    public void The_hash_ignores_format_and_order_and_notices_a_date_a_title_and_a_division()
    {
        var boxing = """{"title":"Boxing Day","date":"2027-12-28","notes":"Substitute day"}""";
        var edition = Read(Feed($"[{NewYear},{boxing}]"));
        Assert.Equal(edition.Hash, Read("\uFEFF" + Feed($"[ {boxing},\n {NewYear} ]")).Hash);
        Assert.NotEqual(edition.Hash, Read(Feed($"[{NewYear},{boxing.Replace("28", "27")}]")).Hash);
        Assert.NotEqual(edition.Hash, Read(Feed($"[{NewYear},{boxing.Replace("Boxing", "Box")}]")).Hash);
        Assert.NotEqual(edition.Hash, Read(Feed($"[{NewYear}]", $"[{NewYear},{boxing}]")).Hash);
    }

    [Fact]
    public void Unknown_divisions_and_fields_are_passed_over()
    {
        var feed = Feed($"[{NewYear.Replace("true", "null, \"new\": {}")}]").Insert(1, "\"jersey\": 1,");
        Assert.Single(Read(feed).Of("england-and-wales"));
    }

    [Theory]
    [InlineData("", "the feed: is not JSON")]
    [InlineData("{", "the feed: is not JSON")]
    [InlineData("[]", "the feed: must be an object, and is a list.")]
    [InlineData("null", "the feed: must be an object, and is null.")]
    [InlineData("{}", "england-and-wales: is missing.")]
    [InlineData("""{"scotland":{},"scotland":{}}""", "the feed: is not JSON")]
    public void A_document_that_is_no_feed_is_refused(string json, string error) => AssertRefused(json, error);

    [Theory]
    [InlineData("5", "scotland: must be an object, and is a number.")]
    [InlineData("null", "scotland: must be an object, and is null.")]
    [InlineData("{}", "scotland, events: is missing.")]
    [InlineData("""{"events":{}}""", "scotland, events: must be a list, and is an object.")]
    [InlineData("""{"events":[]}""", "scotland, events: is empty.")]
    [InlineData("""{"division":"wales","events":[]}""", "scotland, division: names another division.")]
    [InlineData("""{"division":null,"events":[]}""", "scotland, division: names another division.")]
    public void A_division_that_is_wrong_is_named(string scotland, string error) =>
        AssertRefused(
            $$"""{"england-and-wales":{"events":[{{NewYear}}] },"scotland":{{scotland}},"northern-ireland":{"events":[{{NewYear}}] } }""",
            error
        );

    [Theory]
    [InlineData("null", ": must be an object, and is null.")]
    [InlineData("\"x\"", ": must be an object, and is text.")]
    [InlineData("""{"title":"A"}""", ", date: is missing.")]
    [InlineData("""{"date":"2027-05-03"}""", ", title: is missing.")]
    [InlineData("""{"title":"A","date":null}""", ", date: must be text, and is null.")]
    [InlineData("""{"title":null,"date":"2027-05-03"}""", ", title: must be text, and is null.")]
    [InlineData("""{"title":7,"date":"2027-05-03"}""", ", title: must be text, and is a number.")]
    [InlineData("""{"title":true,"date":"2027-05-03"}""", ", title: must be text, and is true or false.")]
    [InlineData("""{"title":" ","date":"2027-05-03"}""", ", title: is empty.")]
    [InlineData("""{"title":"A\tB","date":"2027-05-03"}""", ", title: holds control characters.")]
    [InlineData("""{"title":"\ud800","date":"2027-05-03"}""", ", title: holds text that cannot be read.")]
    [InlineData("""{"title":"A","date":"2027-05-03","notes":null}""", ", notes: must be text, and is null.")]
    [InlineData("""{"title":"A","date":"2027-02-29"}""", ", date: '2027-02-29' is not a date.")]
    [InlineData("""{"title":"A","date":"2027-13-01"}""", ", date: '2027-13-01' is not a date.")]
    [InlineData("""{"title":"A","date":"03/05/2027"}""", ", date: '03/05/2027' is not a date.")]
    [InlineData("""{"title":"A","date":"2027-05-03T00:00:00"}""", ", date: '2027-05-03T00:00:00' is not a date.")]
    [InlineData("""{"title":"A","date":"0001-01-01"}""", ", date: '0001-01-01' lies outside 1971 to 2100.")]
    [InlineData("""{"title":"A","date":"9999-12-31"}""", ", date: '9999-12-31' lies outside 1971 to 2100.")]
    [InlineData("""{"title":"A","date":"2027-01-01"}""", ", date: Friday 1 January 2027 is given twice.")]
    public void An_event_that_is_wrong_is_named_by_division_position_and_field(string second, string error) =>
        AssertRefused(Feed($"[{NewYear},{second}]"), "england-and-wales, event 2" + error);

    [Fact]
    public void Every_fault_is_named_not_only_the_first()
    {
        var errors = CalendarEdition.Parse(Feed("[{},3]", "[null]"), default).Errors;
        Assert.Equal(
            [
                ("england-and-wales", 1, "date"),
                ("england-and-wales", 1, "title"),
                ("england-and-wales", 2, null),
                ("scotland", 1, null),
            ],
            errors.Select(e => (e.Division!, e.Position!.Value, e.Field))
        );
    }

    [Fact]
    public void No_damage_to_a_feed_makes_reading_throw()
    {
        var feed = Encoding.UTF8.GetBytes(Feed($"[{NewYear}]"));
        var random = new Random(20260801);
        for (var i = 0; i < 5_000; i++)
        {
            var damaged = feed.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var reading = CalendarEdition.Parse(damaged.AsSpan(0, random.Next(damaged.Length + 1)), default);
            Assert.Equal(reading.Edition is null, reading.Errors.Count > 0);
        }
    }

    private static string Feed(string england, string? scotland = null) =>
        $$"""
            {"england-and-wales":{"division":"england-and-wales","events":{{england}}},
             "scotland":{"division":"scotland","events":{{scotland ?? $"[{NewYear}]"}}},
             "northern-ireland":{"division":"northern-ireland","events":[{{NewYear}}] } }
            """;

    private static CalendarEdition Read(string json) => CalendarEdition.Parse(json, London.Day("2026-08-01")).Edition!;

    private static void AssertRefused(string json, string error)
    {
        var reading = CalendarEdition.Parse(json, default);
        Assert.Null(reading.Edition);
        Assert.StartsWith(error, reading.Errors[0].ToString());
    }
}
