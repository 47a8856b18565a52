using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;

namespace Escalation.Functions.Tests.Orchestrations;

public sealed class CaseActivitiesTests
{
    [Fact]
    public async Task A_case_that_only_a_newer_program_can_write_fails_the_step_so_that_its_instance_goes_on_trying()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.WriteByANewerProgramAsync(reference, SampleCases.AnOpenCase);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            world.Get<CaseActivities>().AdvanceAsync(new StepToTake(reference, null), CancellationToken.None)
        );

        await world.Hub.RunAsync();
        Assert.False(world.Hub.Instances[reference].IsFinished);
    }

    [Fact]
    public async Task A_notice_is_tried_when_its_instance_says_that_it_is_time_though_the_workers_clock_is_behind()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        var key = (await world.ReadAsync(reference)).Case.Notices.First(n => n.IsEmail).Key;
        var full = new Attempt(key, null, "mailboxFull", After: TimeSpan.FromMinutes(1));
        await world.Handler.RecordAttemptsAsync(reference, [full], world.Now, CancellationToken.None);
        await SendAsync(world.Now.AddSeconds(59));
        Assert.Equal(0, world.Mail.Attempts);

        var step = await SendAsync(world.Now.AddMinutes(1));
        Assert.Equal(1, world.Mail.Attempts);
        Assert.DoesNotContain(key, step.Notices);

        Task<CaseStep> SendAsync(DateTimeOffset at) =>
            world.Get<CaseActivities>().SendNoticeAsync(new NoticeToSend(reference, key, at), CancellationToken.None);
    }

    [Fact]
    public async Task The_status_has_the_deadline_in_force_and_none_while_the_case_is_on_hold()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("suffolk");
        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal(c.Stage.Deadline!.At, (await StepAsync()).Deadline);

        await world.DoAsync(reference, Commands.Hold(Sample.Raising) with { Id = "hold", Stage = c.Stage.Id });
        Assert.Equal(CaseStatus.OnHold, (await world.ReadAsync(reference)).Case.Status);
        Assert.Null((await StepAsync()).Deadline);

        Task<CaseStep> StepAsync() =>
            world.Get<CaseActivities>().AdvanceAsync(new StepToTake(reference, null), CancellationToken.None);
    }
}
