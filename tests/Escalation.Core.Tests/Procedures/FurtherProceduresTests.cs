using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>
/// Published procedures of further partnerships as documents of their own (beside this file), with what becomes of them counted by hand.
/// They are shapes to try the format with: look the text up again before relying on one.
/// </summary>
public sealed class FurtherProceduresTests
{
    public static IEnumerable<object[]> All { get; } = [.. Procedure.Ids.Select(id => new object[] { id })];

    [Theory]
    [MemberData(nameof(All))]
    public void The_document_is_without_fault(string id) => Assert.Equal([], Procedure.Read(id).Errors);

    [Theory]
    [MemberData(nameof(All))]
    public void Where_the_document_names_another_procedure_its_partnership_has_that_one(string id)
    {
        var others = Procedure.Ids.Select(other => Procedure.Read(other).Policy!).Concat(PolicyCatalogue.BuiltIn.All);
        Assert.Equal([], PolicyWays.Faults(Procedure.Read(id).Policy!, others));
    }

    /// <summary>Every stage on its last day; a stage without a limit is the last of which anything is known.</summary>
    [Theory]
    [InlineData(
        "lincolnshire",
        "2026-12-23 10:00",
        "2026-12-29 17:00",
        "2027-01-06 17:00",
        "2027-01-08 17:00",
        "4b open"
    )]
    [InlineData(
        "lincolnshire",
        "2027-03-25 16:00",
        "2027-03-31 17:00",
        "2027-04-07 17:00",
        "2027-04-09 17:00",
        "4b open"
    )]
    [InlineData("sunderland", "2026-12-23 10:00", "2026-12-30 17:00", "2 open")]
    [InlineData("sunderland", "2027-03-25 16:00", "2027-04-01 17:00", "2 open")]
    [InlineData("darlington", "2026-12-23 10:00", "2026-12-24 17:00", "2026-12-31 17:00", "3 open")]
    [InlineData("darlington", "2027-03-25 16:00", "2027-03-30 17:00", "2027-04-02 17:00", "3 open")]
    [InlineData("pan-lancashire", "2026-12-23 10:00", "1 open")]
    [InlineData("salford", "2026-12-23 10:00", "1 open")]
    [InlineData("london", "2026-12-23 10:00", "2027-01-04 17:00", "2 open")]
    [InlineData("london", "2027-03-25 16:00", "2027-04-05 17:00", "2 open")]
    [InlineData("nottinghamshire", "2026-12-23 10:00", "2027-01-11 17:00", "2 open")]
    [InlineData("nottinghamshire", "2027-03-25 16:00", "2027-04-12 17:00", "2 open")]
    [InlineData("bedfordshire", "2026-12-23 10:00", "1 open")]
    [InlineData("cheshire-east", "2026-12-23 10:00", "1 open")]
    [InlineData("leicestershire", "2026-12-23 10:00", "1 open")]
    [InlineData("rotherham", "2026-12-23 10:00", "1 open")]
    [InlineData("sussex-dissent", "2027-03-25 16:00", "1 open")]
    [InlineData("cheshire-appeals", "2027-03-25 16:00", "1 open")]
    [InlineData(
        "reviewing-officers",
        "2026-12-23 10:00",
        "2027-01-04 17:00",
        "2027-01-11 17:00",
        "2027-01-18 17:00",
        "4 open"
    )]
    [InlineData(
        "reviewing-officers",
        "2027-03-25 16:00",
        "2027-04-05 17:00",
        "2027-04-12 17:00",
        "2027-04-19 17:00",
        "4 open"
    )]
    [InlineData("sutton-dissent", "2026-12-23 10:00", "1 open")]
    [InlineData("hertfordshire", "2026-12-23 10:00", "1 open")]
    [InlineData("north-east-lincolnshire", "2026-12-23 10:00", "1 open")]
    // Scotland: without 25 and 28 December, 1 January, and 4 January for the 2nd, a Saturday: 24, 29, 30, 31 December, 5 January.
    [InlineData("perth-and-kinross", "2026-12-23 10:00", "2027-01-05 17:00", "2027-01-12 17:00", "3 open")]
    // Good Friday is a bank holiday there, Easter Monday is none: 29, 30, 31 March, 1, 2 April.
    [InlineData("perth-and-kinross", "2027-03-25 16:00", "2027-04-02 17:00", "2027-04-09 17:00", "3 open")]
    // Without Monday 30 November, St Andrew's Day: 1, 2, 3, 4, 7 December.
    [InlineData("perth-and-kinross", "2026-11-27 10:00", "2026-12-07 17:00", "2026-12-14 17:00", "3 open")]
    // A day for the manager to be asked; the working week runs from when it was raised: 24, 29, 30, 31 December, 4 January.
    [InlineData("wirral", "2026-12-23 10:00", "2026-12-24 17:00", "2027-01-04 17:00", "2 open")]
    // 26 and 29 March are bank holidays: 30, 31 March, 1, 2, 5 April.
    [InlineData("wirral", "2027-03-25 16:00", "2027-03-30 17:00", "2027-04-05 17:00", "2 open")]
    [InlineData("waltham-forest-mash", "2026-12-23 10:00", "1 open")]
    [InlineData("pan-dorset", "2026-12-23 10:00", "1 open")]
    [InlineData("pan-dorset-conference", "2026-12-23 10:00", "1 open")]
    [InlineData("pan-dorset-complaints", "2026-12-23 10:00", "1 open")]
    [InlineData("leeds", "2026-12-23 10:00", "1a open")]
    [InlineData("northamptonshire", "2026-12-23 10:00", "1 open")]
    [InlineData("dorset-adults", "2026-12-23 10:00", "2026-12-24 17:00", "2 open")]
    [InlineData("dorset-adults", "2027-03-25 16:00", "2027-03-30 17:00", "2 open")]
    [InlineData("south-tyneside", "2026-12-23 10:00", "2026-12-23 17:00", "2 open")]
    // The same working day is over: the next is Tuesday 29 December.
    [InlineData("south-tyneside", "2026-12-24 18:00", "2026-12-29 17:00", "2 open")]
    public void If_nobody_answers_the_days_are_those_counted_by_hand(string id, string raised, params string[] days) =>
        Assert.Equal(
            days,
            Timeline
                .IfNobodyAnswers(Procedure.Rules(id).Policy, Procedure.Rules(id).Calendar, UkTime.At(raised))
                .Select(s => s.Deadline is { } deadline ? UkTime.Text(deadline.At) : $"{s.Id} open")
        );

    [Fact]
    public void In_Lincolnshire_a_discussion_between_managers_keeps_the_case_with_them_and_a_person_takes_it_further()
    {
        var story = Procedure.Opened("lincolnshire", "2026-12-23 10:00").Until("2026-12-29 17:00");
        Assert.Equal(("2", LimitFor.Discussion), (story.Case.Stage.Id, story.Case.Stage.For));
        Assert.Equal("done", story.Until("2027-01-05 11:00").Do(Commands.ContactMade(Sample.Raising)));
        Assert.Equal("2027-01-13 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal("2", story.Until("2027-02-01 12:00").Case.Stage.Id);
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Raising));
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
        Assert.Contains(story.Case.Notices, n => n.Queued.Contact == "oak-primary/seniorLiaisonOfficer");
    }

    [Fact]
    public void In_Sunderland_nothing_limits_what_follows_the_discussion_and_its_people_are_reminded_every_two_days()
    {
        var story = Procedure.Opened("sunderland", "2026-10-12 10:00");
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Raising)));
        Assert.True(story.Case.Stage.IsWithoutLimit);
        story.Until("2026-10-16 09:00");
        Assert.Equal(
            ["2026-10-14 09:00", "2026-10-16 09:00"],
            story.History.Where(e => e.Event is ReminderDue).Select(e => UkTime.Text(e.At))
        );
        Assert.DoesNotContain(story.History, e => e.Event is DeadlineMissed);
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Raising));
        Assert.False(story.Case.Stage.Late);
    }

    [Fact]
    public void In_Darlington_the_meeting_has_no_limit_and_an_agreement_nobody_confirms_leaves_it_open()
    {
        var story = Procedure.Opened("darlington", "2026-12-23 10:00").Until("2026-12-31 17:00");
        Assert.Equal(("3", null), (story.Case.Stage.Id, story.Case.Stage.DeadlineInForce));
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Receiving));
        story.Until("2027-01-20 10:00");
        Assert.Equal((CaseStatus.Open, "3"), (story.Case.Status, story.Case.Stage.Id));
        Assert.NotNull(story.NextWake);
        story.Record(Outcomes.Resolved, Sample.Raising);
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
    }

    [Fact]
    public void In_Pan_Lancashire_no_clock_moves_anything_and_a_year_later_people_still_hear_of_it()
    {
        var story = Procedure.Opened("pan-lancashire", "2026-10-12 10:00").Until("2027-10-12 10:00");
        Assert.Equal("1", story.Case.Stage.Id);
        Assert.InRange(story.History.Count(e => e.Event is ReminderDue), 30, 60);
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Receiving));
        Assert.Contains(story.LatestEvents.OfType<NoticeQueued>(), n => n is { Kind: NoticeKinds.Told });
        Assert.Equal("done", story.Record(Outcomes.NoLongerDisagrees, Sample.Raising));
    }
}
