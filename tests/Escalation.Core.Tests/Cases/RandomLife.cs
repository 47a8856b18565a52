using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A life of a case that chance decides: who says what and when, which tiers are empty, how long the host sleeps.</summary>
internal static class RandomLife
{
    private static readonly string[] Agencies = [Sample.Raising, Sample.Receiving, Sample.Third];

    public static CaseStory Open(string policy, Random random)
    {
        var day = $"2026-{random.Next(1, 13):00}-{random.Next(1, 28):00}";
        var at = $"{day} {random.Next(0, 24):00}:{random.Next(0, 60):00}";
        var story = CaseStory.Open(
            policy,
            at,
            o => Form(o, Sample.Policy(policy), UkTime.At(at), random),
            Rules(policy, random),
            mailWorks: random.Next(4) != 0
        );
        story.Delivers = random.Next(2) == 0;
        return story;
    }

    private static OpenCase Form(OpenCase open, Policy policy, DateTimeOffset now, Random random) =>
        open with
        {
            RaisedAt = random.Next(3) == 0 ? now.AddHours(-random.Next(1, 300)) : null,
            Nature = policy.Natures.Count > 0 ? [policy.Natures[random.Next(policy.Natures.Count)].Id] : open.Nature,
            ImminentRisk = random.Next(8) == 0,
            Circumstances = policy.Circumstances.Count > 0 && random.Next(3) == 0 ? ["childProtectionPlan"] : [],
            ReceivedBy =
                open.ReceivedBy.Count > 0 && random.Next(3) == 0
                    ? [.. open.ReceivedBy, Sample.Practitioner(Sample.Third, "Hal Health")]
                    : open.ReceivedBy,
        };

    /// <summary>The next thing happens.</summary>
    /// <returns>What was asked and how it was answered; empty where time passed.</returns>
    public static string Step(CaseStory story, Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                return Asked(story, Any(story, random), story.Now);
            case < 6:
                return Asked(story, Possible(story, random), story.Now);
            case < 8:
                story.Next();
                return "";
            case 8:
                story.Sleep(UkTime.Text(story.Now.AddHours(random.Next(1, 100)))).Wake();
                return "";
            case 9:
                story.Until(story.Now.AddMinutes(random.Next(1, 3000)));
                return "";
            case 10:
                return Asked(story, Any(story, random), story.Now.AddMinutes(-random.Next(1, 300)));
            default:
                Rarely(story, random);
                return "";
        }
    }

    /// <summary>A command that would be accepted, if chance finds one; such as move the case come first.</summary>
    private static CaseCommand Possible(CaseStory story, Random random)
    {
        var command = Any(story, random);
        for (var tries = 0; tries < 60 && !Serves(); tries++)
            command = Any(story, random);
        return command;

        bool Serves() =>
            story.Try(command) is "done"
            && (
                command
                    is not (
                        AddNote
                        or MakeContact
                        or SendAgain
                        or RaiseUrgent
                        or ReviewByPartnership
                        or ChangeContact
                        or Withdraw
                    )
                || random.Next(12) == 0
            );
    }

    private static string Asked(CaseStory story, CaseCommand command, DateTimeOffset arrived)
    {
        var answer = story.Do(command, arrived);
        var errors = story.Refused?.Errors?.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}") ?? [];
        return string.Join(
            ' ',
            [$"{command.GetType().Name} by {command.By.Agency}: {answer}.", story.Refused?.Reason, .. errors]
        );
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
        else if (story.Case.Notices is { Count: > 0 } notices)
            story.Bounce(notices[random.Next(notices.Count)]);
    }

    /// <summary>What some built-in policy lets record.</summary>
    private static IReadOnlyList<string> Offered { get; } =
    [
        .. Outcomes
            .All.Select(o => o.Id)
            .Where(o =>
                o == Outcomes.Escalate
                || Sample.Policies.SelectMany(p => Sample.Policy(p).Stages).Any(s => s.Outcomes.Contains(o))
            ),
    ];

    private static CaseCommand Any(CaseStory story, Random random)
    {
        var by = random.Next(5) == 0 ? story.Case.Partnership : Agencies[random.Next(Agencies.Length)];
        var stage = story.Rules.Policy.Stages[random.Next(story.Rules.Policy.Stages.Count)].Id;
        return random.Next(18) switch
        {
            < 5 => Commands.Outcome(
                story.Rules.Policy,
                story.Case,
                random.Next(2) == 0 ? Outcomes.Escalate : Offered[random.Next(Offered.Count)],
                by,
                UkTime.DayOf(story.Now).AddDays(-random.Next(3))
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
            11 => random.Next(20) == 0 ? Commands.Withdraw(by) : Commands.Note(by),
            12 => Commands.ContactMade(by),
            13 => random.Next(4) == 0
                ? Commands.Urgent(by)
                : Commands.Review(by) with
                {
                    Result = $"Result {random.Next(100)}.",
                },
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
}
