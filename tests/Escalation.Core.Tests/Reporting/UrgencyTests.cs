using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;

namespace Escalation.Core.Tests.Reporting;

public sealed class UrgencyTests
{
    private static readonly WorkingCalendar Calendar = new(
        CalendarEdition.BuiltIn,
        "england-and-wales",
        [],
        TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        new TimeOnly(17, 0),
        0
    );

    [Theory]
    [InlineData("2026-09-23T09:00:00Z", "2026-09-23T09:00:00Z", Urgency.Overdue)]
    [InlineData("2026-09-23T09:00:00Z", "2026-09-23T09:00:01Z", Urgency.DueToday)]
    [InlineData("2026-09-23T09:00:00Z", "2026-09-23T22:59:59Z", Urgency.DueToday)]
    [InlineData("2026-09-23T09:00:00Z", "2026-09-23T23:00:00Z", Urgency.DueThisWeek)]
    [InlineData("2026-09-23T09:00:00Z", "2026-09-27T22:59:59Z", Urgency.DueThisWeek)]
    [InlineData("2026-09-23T09:00:00Z", "2026-09-27T23:00:00Z", Urgency.Later)]
    [InlineData("2026-09-27T09:00:00Z", "2026-09-27T16:00:00Z", Urgency.DueToday)]
    [InlineData("2026-09-27T09:00:00Z", "2026-09-28T16:00:00Z", Urgency.Later)]
    [InlineData("2026-09-26T23:30:00Z", "2026-09-27T16:00:00Z", Urgency.DueToday)]
    public void An_open_case_goes_by_the_local_day_of_its_deadline(string now, string deadline, Urgency expected) =>
        Assert.Equal(expected, UrgencyOfCases.Of(Row with { Deadline = At(deadline) }, Calendar, At(now)));

    [Fact]
    public void A_case_on_hold_goes_by_its_review_and_one_answered_or_ended_by_that()
    {
        var now = At("2026-09-23T09:00:00Z");
        var held = Row with { Status = CaseStatus.OnHold, HoldReviewBy = now };
        Assert.Equal(Urgency.OnHold, UrgencyOfCases.Of(held, Calendar, now.AddSeconds(-1)));
        Assert.Equal(Urgency.Overdue, UrgencyOfCases.Of(held, Calendar, now));
        Assert.Equal(Urgency.NoDeadline, UrgencyOfCases.Of(Row, Calendar, now));
        Assert.Equal(
            Urgency.Ended,
            UrgencyOfCases.Of(Row with { Status = CaseStatus.Resolved, EndedAt = now }, Calendar, now)
        );
    }

    private static TrackerRow Row { get; } =
        new()
        {
            Reference = "SAN-7K3M-Q9XA",
            Partnership = "sandwell",
            Policy = "sandwell",
            Status = CaseStatus.Open,
            Stage = "1",
            StageName = "Stage 1",
            Parties = [],
            Natures = [],
            RaisedAt = At("2026-09-22T09:00:00Z"),
        };

    private static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
