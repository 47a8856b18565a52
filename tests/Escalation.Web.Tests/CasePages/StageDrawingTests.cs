using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Web.Api;
using Escalation.Web.CasePages;
using Escalation.Web.Site.SignIn;

namespace Escalation.Web.Tests.CasePages;

/// <summary>The stages on an axis of time.</summary>
public sealed class StageDrawingTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Fact]
    public void Weekends_bank_holidays_and_closures_are_shaded_and_no_other_day()
    {
        var closed = new Closure(UkTime.Day("2026-12-30"), "Office closed");
        var rules = Sample.Rules("sandwell") with { Calendar = Sample.Calendar(1, closed) };
        var story = CaseStory.Open("sandwell", "2026-12-23 10:00", rules: rules);
        var caller = new Caller("key:1", Roles.Administrator, null, null, "Somebody");
        var reading = new CaseReading(new SeenCase(story.As(null), story.Document, rules), caller, story.Now);

        var drawing = StageDrawing.Of(reading, StageRows.Of(reading));

        var shaded = drawing.Shaded.Select(s => (int)Math.Round((s.X - StageDrawing.Left) / s.Width));
        Assert.Equal(
            ["25 Dec", "26 Dec", "27 Dec", "28 Dec", "30 Dec", "1 Jan", "2 Jan", "3 Jan", "9 Jan", "10 Jan"],
            shaded.Take(10).Select(day => UkTime.Day("2026-12-23").AddDays(day).ToString("d MMM", Invariant))
        );
    }
}
