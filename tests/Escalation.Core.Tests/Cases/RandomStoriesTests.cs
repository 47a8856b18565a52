using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Seeded random lives of cases under every policy: whatever people do and whenever the host wakes, these hold.</summary>
public sealed class RandomStoriesTests
{
    private const int PerSeed = 50;
    private static readonly string[] Agencies = [Sample.Raising, Sample.Receiving, Sample.Third];

    public static IEnumerable<object[]> Seeds { get; } =
    [.. from policy in Sample.Policies from seed in Enumerable.Range(1, 5) select new object[] { policy, seed }];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Invariants_hold_whatever_happens(string policy, int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < PerSeed; n++)
            Live(policy, random);
    }

    private static void Live(string policy, Random random)
    {
        var story = CaseStory.Open(
            policy,
            $"2026-{random.Next(1, 13):00}-{random.Next(1, 28):00} {random.Next(0, 24):00}:{random.Next(0, 60):00}",
            o =>
                o with
                {
                    ImminentRisk = random.Next(8) == 0,
                    Circumstances =
                        Sample.Policy(policy).Circumstances.Count > 0 && random.Next(3) == 0
                            ? ["childProtectionPlan"]
                            : [],
                    ReceivedBy =
                        o.ReceivedBy.Count > 0 && random.Next(4) == 0
                            ? [.. o.ReceivedBy, Sample.Practitioner(Sample.Third, "Hal Health")]
                            : o.ReceivedBy,
                },
            Rules(policy, random),
            mailWorks: random.Next(2) == 0
        );
        for (var step = 0; step < 25; step++)
        {
            Step(story, random);
            Check(story);
        }
        var reread = story.Reread();
        Assert.Equal(Compare.Text(story.Case), Compare.Text(reread.Case));
        Assert.Equal(story.Document.Head, reread.Head);
        Assert.Equal(story.Document.Head, EventChain.Hashes(reread.Events).Last());
        Assert.Equal(Compare.Text(story.Case), Compare.Text(Evolution.Fold(story.History)));
    }

    private static Rules Rules(string policy, Random random)
    {
        var rules = Sample.Rules(policy);
        foreach (
            var tier in Core
                .Policies.KnownTiers.OfAgencies.Concat(Core.Policies.KnownTiers.OfPartnerships)
                .Where(_ => random.Next(5) == 0)
        )
            rules = rules.With(
                random.Next(2) == 0 ? rules.Policy.Partnership : Sample.Receiving,
                a => a.Without(tier.Id)
            );
        return rules;
    }

    private static void Step(CaseStory story, Random random)
    {
        switch (random.Next(10))
        {
            case < 4:
                story.Do(Any(story, random));
                break;
            case < 6:
                story.Next();
                break;
            case 6:
                story.Sleep(UkTime.Text(story.Now.AddHours(random.Next(1, 200)))).Wake();
                break;
            case 7:
                story.Until(story.Now.AddMinutes(random.Next(1, 3000)));
                break;
            case 8:
                story.Do(Any(story, random), story.Now.AddMinutes(-random.Next(1, 300)));
                break;
            default:
                Rarely(story, random);
                break;
        }
    }

    private static void Rarely(CaseStory story, Random random)
    {
        if (random.Next(3) == 0)
            story.Rules = story.Rules with
            {
                Calendar = Sample.Calendar(
                    story.Rules.Calendar.Version + 1,
                    new Core.Calendars.Closure(UkTime.DayOf(story.Now).AddDays(random.Next(5)), "Closed")
                ),
            };
        else if (story.Case.Notices.LastOrDefault() is { } notice)
            story.Bounce(notice);
    }

    private static CaseCommand Any(CaseStory story, Random random)
    {
        var by = random.Next(5) == 0 ? story.Case.Partnership : Agencies[random.Next(Agencies.Length)];
        var stage = story.Rules.Policy.Stages[random.Next(story.Rules.Policy.Stages.Count)].Id;
        return random.Next(18) switch
        {
            < 5 => Commands.Outcome(
                story.Rules.Policy,
                story.Case,
                Outcomes.All[random.Next(Outcomes.All.Count)].Id,
                by,
                UkTime.DayOf(story.Now)
            ) with
            {
                Stage = random.Next(4) == 0 ? stage : "",
            },
            5 => Commands.Adopt(by, story.Case.LateResponses.LastOrDefault()?.Number ?? 1),
            6 => Commands.Confirm(by),
            7 => Commands.Dispute(by),
            8 => Commands.Skip(by, stage),
            9 => Commands.Hold(by),
            10 => Commands.Resume(by, random.Next(2) == 0 ? "agreed" : "unresolved"),
            11 => random.Next(4) == 0 ? Commands.Withdraw(by) : Commands.Note(by),
            12 => Commands.ContactMade(by),
            13 => random.Next(4) == 0 ? Commands.Urgent(by) : Commands.Review(by),
            14 => Commands.HandOver(
                by,
                story.Case.Notices.LastOrDefault()?.Queued.Contact ?? "nobody",
                $"new@{by}.example.org"
            ),
            15 => Commands.ChangeContact(by, null, by, "lineManager"),
            16 => Commands.SendAgain(by),
            _ => Commands.Complete(
                by,
                story.Case.Duties.FirstOrDefault(d => !d.IsDone)?.Id ?? "none",
                UkTime.Text(story.Now)[..10]
            ),
        };
    }

    private static void Check(CaseStory story)
    {
        var c = story.Case;
        Assert.Equal(c.IsOpen ? 1 : 0, c.Stages.Count(s => s.ClosedAt is null));
        Assert.True(!c.IsOpen || c.Stage.ClosedAt is null, "The present stage is the open one.");
        Assert.Equal(c.Status == CaseStatus.OnHold, c.Hold is not null);
        Assert.Equal(c.Status == CaseStatus.AwaitingConfirmation, c.Awaiting is not null);
        Assert.Equal(c.IsOpen, c.Status is CaseStatus.Open or CaseStatus.OnHold or CaseStatus.AwaitingConfirmation);
        Assert.Equal(c.Notices.Count, c.Notices.Select(n => n.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(c.Duties.Count, c.Duties.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(c.Notices, n => n.Key.Contains('@'));
        Assert.Equal(Enumerable.Range(1, story.History.Count), story.History.Select(e => e.Number));
        Assert.True(
            story.History.Zip(story.History.Skip(1)).All(p => p.First.At <= p.Second.At),
            "Instants never decrease."
        );
        Assert.True(
            c.Stages.Zip(c.Stages.Skip(1))
                .All(p => story.Rules.Policy.IndexOf(p.First.Id) < story.Rules.Policy.IndexOf(p.Second.Id)),
            "Stages only go forward."
        );
        Assert.All(c.Stages, s => Assert.True(s.Deadline.At > s.OpenedAt, "A deadline lies after its opening."));
        Carried(story);
    }

    /// <summary>Once carried out, nothing is due any more: the next wake lies ahead, and the same wake again does nothing.</summary>
    private static void Carried(CaseStory story)
    {
        story.Wake();
        Assert.Empty(story.Wake().Latest);
        Assert.True(
            story.NextWake is null || story.NextWake > story.Now,
            $"Next wake {story.NextWake} at {story.Now}."
        );
        Assert.True(!story.Case.IsOpen || story.NextWake is not null, "An open case always wakes again.");
    }
}
