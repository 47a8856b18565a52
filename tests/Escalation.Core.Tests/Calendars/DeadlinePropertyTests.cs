using Escalation.Core.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace Escalation.Core.Tests.Calendars;

/// <summary>What holds of deadlines whatever the limits, their anchors and the day; a counter-example shrinks to the smallest.</summary>
public sealed class DeadlinePropertyTests
{
    private static readonly WorkingCalendar Calendar = London.Calendar;
    private static readonly DateTimeOffset Start = new(2012, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    /// <summary>Those of the five procedures, and some more.</summary>
    private static readonly TimeLimit[] Lengths =
    [
        .. Enumerable.Range(0, 8).Select(days => London.Days(days)),
        London.Hours(1),
        London.Hours(24),
        London.Hours(100),
    ];

    [Fact]
    public void Of_two_openings_the_later_never_has_the_earlier_deadline() =>
        Check(
            (story, later) =>
                Assert.True(
                    At(story) <= At(story with { Opened = story.Opened + later }),
                    $"{story} opened {later} minutes later"
                )
        );

    [Fact]
    public void A_limit_or_cap_that_lapses_leaves_the_close_of_the_next_working_day_and_no_more() =>
        Check(
            (story, _) =>
            {
                var next = Calendar.CloseOfNextWorkingDay(Start.AddMinutes(story.Opened));
                if (Alone(story.Own) <= next || Alone(story.Cap) <= next)
                    Assert.True(At(story) <= next, $"{story}");

                DateTimeOffset? Alone(Limit? limit) =>
                    limit is { Anchor: { } anchor }
                        ? Deadlines.InstantOf(Calendar, new(Start.AddMinutes(anchor), Counted(limit, anchor), null))
                        : null;
            }
        );

    [Fact]
    public void A_cap_never_lengthens_a_stage() =>
        Check(
            (story, _) =>
            {
                if (story.Own is not null)
                    Assert.True(At(story) <= At(story with { Cap = null }), $"{story}");
            }
        );

    private static DateTimeOffset At(Story story)
    {
        var own = story.Own is { } o ? Counted(o, story.Opened) : null;
        var cap = story.Cap is { } c ? Counted(c, story.Opened) : null;
        return Deadlines.InstantOf(Calendar, new DeadlineQuestion(Start.AddMinutes(story.Opened), own, cap));
    }

    private static CountedLimit Counted(Limit limit, int opened) =>
        new(Lengths[limit.Length], Start.AddMinutes(limit.Anchor ?? opened), "it began");

    private static void Check(Action<Story, int> holds)
    {
        var opened = Gen.Choose(60 * 24 * 20, 60 * 24 * 6_000);
        var limits = Gen.Choose(-1, Lengths.Length - 1).Zip(Gen.Choose(-60 * 24 * 9, 60 * 24 * 9));
        var stories = opened.Zip(limits.Zip(limits), (at, l) => new Story(at, Of(at, l.Item1), Cap(at, l.Item2)));
        Prop.ForAll(Arb.From(stories.Zip(Gen.Choose(1, 60 * 24 * 9)), Smaller), c => holds(c.Item1, c.Item2))
            .Check(Config);

        // Half of the own limits run from the opening; a cap of working days alone runs from before it.
        static Limit? Of(int opened, (int Length, int Back) limit) =>
            limit.Length < 0 ? null : new Limit(limit.Length, limit.Back < 0 ? opened + limit.Back : null);

        static Limit? Cap(int opened, (int Length, int Back) limit) =>
            limit.Length is < 0 or > 7 ? null : new Limit(limit.Length, opened - Math.Abs(limit.Back));
    }

    private static IEnumerable<(Story, int)> Smaller((Story Story, int Later) c)
    {
        var (story, later) = c;
        if (later > 1)
            yield return (story, later / 2);
        if (story.Cap is not null)
            yield return (story with { Cap = null }, later);
        if (story.Own is not null)
            yield return (story with { Own = null }, later);
    }

    /// <summary>Minutes since <see cref="Start"/>.</summary>
    private sealed record Story(int Opened, Limit? Own, Limit? Cap);

    /// <param name="Length">Place in <see cref="Lengths"/>.</param>
    /// <param name="Anchor">In minutes as above; null: the opening.</param>
    private sealed record Limit(int Length, int? Anchor);
}
