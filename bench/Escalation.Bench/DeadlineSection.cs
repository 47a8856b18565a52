using System.Diagnostics;
using Escalation.Core.Calendars;

namespace Escalation.Bench;

/// <summary>Working a deadline out, against the two conversions that any answer in local time needs.</summary>
internal static class DeadlineSection
{
    private const int Questions = 4_096,
        Repeats = 50,
        RoundCount = 9;

    public static async Task<Findings> RunAsync()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var calendar = new WorkingCalendar(
            CalendarEdition.BuiltIn,
            "england-and-wales",
            [],
            zone,
            new TimeOnly(17, 0),
            1
        );
        var questions = Enumerable.Range(0, Questions).Select(Ask).ToArray();
        var (instant, conversions) = await Rounds.BestAsync(
            RoundCount,
            () => Task.FromResult(Run(questions, q => Deadlines.InstantOf(calendar, q).Ticks)),
            () => Task.FromResult(Run(questions, q => Convert(zone, q)))
        );
        var (explained, again) = await Rounds.BestAsync(
            RoundCount,
            () => Task.FromResult(Run(questions, q => Deadlines.Of(calendar, q).At.Ticks)),
            () => Task.FromResult(Run(questions, q => Convert(zone, q)))
        );
        return new Findings(
            [
                $"{Questions:N0} openings over 2026, each with a limit of 1 to 7 working days "
                    + $"and a cap of 8 from an earlier instant; {Repeats} times over, best of {RoundCount} rounds",
                "baseline: TimeZoneInfo.ConvertTime of the opening to London and ConvertTimeToUtc of that day's close",
            ],
            [
                new Measurement(
                    "Deadlines.InstantOf",
                    Nanoseconds(instant),
                    Nanoseconds(conversions),
                    instant / conversions,
                    "x",
                    Target.Most(5)
                ),
                new Measurement(
                    "Deadlines.Of, explained",
                    Nanoseconds(explained),
                    Nanoseconds(again),
                    explained / again,
                    "x",
                    Target.Most(30)
                ),
            ]
        );
    }

    private static DeadlineQuestion Ask(int i)
    {
        var opened = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero).AddMinutes(i * 120.0);
        var own = new TimeLimit
        {
            WorkingDays = 1 + (i % 7),
            Kind = LimitKind.Target,
            Basis = new Basis("stage 2", "5 working days"),
        };
        var cap = new TimeLimit
        {
            WorkingDays = 8,
            Kind = LimitKind.Maximum,
            Basis = new Basis("appendix 1", "by day 8"),
        };
        return new DeadlineQuestion(
            opened,
            new CountedLimit(own, opened, "the stage opened"),
            new CountedLimit(cap, opened.AddDays(-3), "stage 1 opened")
        );
    }

    private static long Convert(TimeZoneInfo zone, DeadlineQuestion question)
    {
        var local = TimeZoneInfo.ConvertTime(question.Opened, zone);
        return TimeZoneInfo.ConvertTimeToUtc(local.Date.AddHours(17), zone).Ticks;
    }

    private static double Run(DeadlineQuestion[] questions, Func<DeadlineQuestion, long> answer)
    {
        var (watch, sum) = (Stopwatch.StartNew(), 0L);
        for (var repeat = 0; repeat < Repeats; repeat++)
            foreach (var question in questions)
                sum ^= answer(question);
        GC.KeepAlive(sum);
        return watch.Elapsed.TotalSeconds / (Repeats * questions.Length);
    }

    private static string Nanoseconds(double seconds) => $"{seconds * 1e9:N0} ns";
}
