using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using Escalation.Web.Emails;

namespace Escalation.Web.Tests.Emails;

/// <summary>By when the second channel says that a stage is to be answered: only while that is so.</summary>
public sealed class SecondChannelMessageTests
{
    private static readonly Dictionary<string, Action<CaseStory>> Since = new()
    {
        ["nothing"] = _ => { },
        ["a hold"] = story => story.Do(Commands.Hold(Sample.Raising)),
        ["a response"] = story =>
        {
            story.Do(Commands.Skip(Sample.Raising, "5"));
            story.Record(Outcomes.Responded, "suffolk");
        },
        ["the end"] = story => story.Do(Commands.Withdraw(Sample.Raising)),
    };

    public static TheoryData<string> Happened { get; } = [.. Since.Keys];

    [Theory]
    [MemberData(nameof(Happened))]
    public void A_deadline_is_told_while_its_clock_runs_and_not_on_hold_after_a_response_or_at_the_end(string since)
    {
        var rules = Sample.Rules("suffolk");
        foreach (var agency in rules.Directory.Agencies)
            rules = rules.With(agency.Id, a => a with { Contacts = [] });
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: rules, mailWorks: false);
        story.Until("2026-10-15 17:00");
        var nobody = story.Case.Notices.First(n => !n.IsEmail);

        Since[since](story);

        Assert.Null(story.Refused);
        var message = SecondChannelMessage.Of(story.Document, nobody, rules);
        var runs = since == "nothing";
        Assert.Equal(runs ? story.Case.Stage.DeadlineInForce : null, message.Deadline);
        Assert.Equal(runs, message.Text.Contains(", to be answered by ", StringComparison.Ordinal));
    }
}
