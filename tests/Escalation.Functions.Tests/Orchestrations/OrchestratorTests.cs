using System.Text.Json;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Tests.Scripted;

namespace Escalation.Functions.Tests.Orchestrations;

/// <summary>The orchestrator alone, given step by step what its activities would answer.</summary>
public sealed class OrchestratorTests
{
    private const string Reference = "SAN-7K3M-Q9XA";
    private static readonly DateTimeOffset Start = new(2026, 9, 25, 10, 0, 0, TimeSpan.Zero);
    private readonly ScriptedInstance _instance = new(Reference, EscalationOrchestrator.RunAsync, Start.UtcDateTime);
    private DateTimeOffset _now = Start;

    [Fact]
    public void It_ends_once_the_case_needs_no_wake_and_leaves_nothing_behind()
    {
        Answer(null);
        Assert.True(_instance.IsFinished);
    }

    [Fact]
    public void It_does_not_end_while_word_that_came_in_its_last_step_is_unheard()
    {
        Raise();
        Answer(null);
        Assert.False(_instance.IsFinished);
        Assert.Equal(CaseActivities.Advance, Assert.Single(_instance.Pending).Name);

        Answer(null);
        Assert.True(_instance.IsFinished);
    }

    [Fact]
    public void A_wake_is_waited_for_and_told_to_the_step_that_it_calls_for_and_a_word_is_told_none()
    {
        var wake = Start.AddDays(1);
        Answer(wake);
        Assert.Equal(wake, Fire());
        Assert.Equal(new StepToTake(Reference, wake), Asked<StepToTake>());

        Answer(wake.AddDays(1));
        Raise();
        Assert.Equal(new StepToTake(Reference, null), Asked<StepToTake>());
        Assert.Empty(_instance.Timers);
    }

    [Fact]
    public void A_step_that_fails_is_tried_again_after_1_2_4_minutes_and_so_on_up_to_thirty_and_from_the_beginning_once_one_succeeded()
    {
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], Waits(8));

        Answer(_now.AddHours(2));
        Fire();
        Assert.Equal([1, 2, 4], Waits(3));

        List<double> Waits(int failures)
        {
            var waits = new List<double>();
            for (var i = 0; i < failures; i++)
            {
                var failed = _now;
                Fail();
                waits.Add((Fire() - failed).TotalMinutes);
            }
            return waits;
        }
    }

    [Fact]
    public void Every_notice_is_tried_once_a_round_whatever_became_of_it()
    {
        var soon = Start.AddHours(1);
        Answer(soon, "first", "second");
        Assert.Equal(new NoticeToSend(Reference, "first", Start), Asked<NoticeToSend>());
        Answer(soon, "first", "second");
        Assert.Equal(new NoticeToSend(Reference, "second", Start), Asked<NoticeToSend>());
        Answer(soon, "first", "second");

        Assert.Equal(soon, new DateTimeOffset(Assert.Single(_instance.Timers).FireAt));
        Assert.Empty(_instance.Pending);
    }

    [Fact]
    public void What_fell_due_while_mail_went_out_is_carried_out_before_anything_is_waited_for()
    {
        Answer(Start.AddHours(1), "first");
        _now = Start.AddMinutes(5);
        var due = Start.AddMinutes(1);
        Answer(due);

        Assert.Equal(new StepToTake(Reference, due), Asked<StepToTake>());
        Assert.Empty(_instance.Timers);
    }

    [Fact]
    public void A_case_whose_wake_has_come_and_that_nothing_moves_is_left_alone_for_a_minute()
    {
        Answer(Start);
        Assert.Equal(Start.AddMinutes(1), new DateTimeOffset(Assert.Single(_instance.Timers).FireAt));
        Assert.Empty(_instance.Pending);
    }

    [Fact]
    public void A_round_that_its_history_has_no_room_for_goes_on_in_the_next_generation_and_does_not_end()
    {
        string[] notices = [.. Enumerable.Range(0, 300).Select(n => $"notice {n}")];
        for (var answers = 0; _instance.Generations == 1; answers++)
        {
            Assert.InRange(answers, 0, 200);
            if (_instance.Pending.Count > 0)
                Answer(null, notices);
            else
                Assert.Equal(Start, Fire());
        }

        Assert.False(_instance.IsFinished);
        Assert.Equal(new StepToTake(Reference, null), Asked<StepToTake>());
        Assert.InRange(_instance.LongestHistory, 450, 550);
    }

    [Theory]
    [InlineData(0.01, 40, 50)]
    [InlineData(90, 3, 5)]
    [InlineData(300, 2, 2)]
    public void A_timer_costs_history_for_every_three_days_and_a_generation_ends_in_time(
        double days,
        int atLeast,
        int atMost
    )
    {
        var words = 0;
        for (; _instance.Generations == 1; words++)
        {
            Answer(_now.AddDays(days));
            Raise();
            Assert.InRange(words, 0, 200);
        }

        Assert.InRange(words, atLeast, atMost);
        Assert.InRange(_instance.LongestHistory, 300, 1_000);
    }

    [Fact]
    public void Its_status_is_that_of_the_last_step()
    {
        Answer(Start.AddDays(1));
        Assert.Equal(
            new CaseWatch("1", Start.AddDays(2), Start.AddDays(1)),
            JsonSerializer.Deserialize<CaseWatch>(_instance.Status!)
        );
        Raise();
        Answer(Start.AddDays(3));
        Assert.Equal(Start.AddDays(3), JsonSerializer.Deserialize<CaseWatch>(_instance.Status!)!.NextWake);
    }

    private T Asked<T>() => JsonSerializer.Deserialize<T>(Assert.Single(_instance.Pending).Input)!;

    /// <summary>Answers the one activity that it waits for.</summary>
    private void Answer(DateTimeOffset? nextWake, params string[] notices) =>
        Complete(JsonSerializer.Serialize(new CaseStep("1", Start.AddDays(2), nextWake, notices, _now)), null);

    private void Fail() => Complete("", "The store is out of reach.");

    private void Complete(string result, string? failure) =>
        _instance.Step(new Entry.Completed(_now.UtcDateTime, Assert.Single(_instance.Pending).Id, result, failure));

    private void Raise() => _instance.Step(new Entry.Raised(_now.UtcDateTime, EscalationOrchestrator.StageOutcome));

    /// <summary>Fires the one timer that it waits for, at its instant.</summary>
    private DateTimeOffset Fire()
    {
        var timer = Assert.Single(_instance.Timers);
        _now = new DateTimeOffset(timer.FireAt);
        _instance.Step(new Entry.TimerFired(timer.FireAt, timer.Id));
        return _now;
    }
}
