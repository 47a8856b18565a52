using System.Collections.Concurrent;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;

namespace Escalation.Standalone.Tests.Host;

public sealed class SchedulingTests
{
    private static readonly DateTimeOffset InformalDeadline = new(2026, 12, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Ten_cases_that_cannot_be_read_delay_no_other()
    {
        await using var host = await InProcess.StartAsync(new Takes());
        for (var i = 0; i < 10; i++)
            await PoisonAsync(host, $"SAN-0000-000{i}", InProcess.Start);
        var reference = await host.OpenAsync("good");

        await host.Mover.MoveToAsync(InformalDeadline, Waiting.Token);

        Assert.Equal(
            ("1", InformalDeadline),
            ((await host.CaseAsync(reference)).Stage.Id, (await host.CaseAsync(reference)).Stage.OpenedAt)
        );
        Assert.Equal(10, (await host.Store.CountsAsync(null, InformalDeadline, CancellationToken.None)).Failing);
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_is_tried_after_1_2_4_minutes_and_so_on_up_to_an_hour()
    {
        await using var host = await InProcess.StartAsync(new Takes());
        await PoisonAsync(host, "SAN-0000-0001", InProcess.Start);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var now = host.Clock.GetUtcNow();
            await host.Due.AdvanceAsync(now, Waiting.Token);
            var next = (await host.Store.EarliestAsync(CancellationToken.None))!.Value;
            waits.Add((next - now).TotalMinutes);
            host.Clock.MoveTo(next);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
        Assert.Equal(9, (await host.Store.ReadAsync("SAN-0000-0001", CancellationToken.None))!.Failures);
    }

    [Fact]
    public async Task A_case_that_only_a_newer_program_can_write_is_put_off_within_the_hour_and_counted_as_failing()
    {
        await using var host = await InProcess.StartAsync(new Takes());
        var reference = await host.OpenAsync("one");
        var known = (await host.Handler.ReadAsync(reference, CancellationToken.None))!;
        var newer = DocumentFormat.Write(NewerProgram.Written(known, InProcess.Start));
        var index = SampleCases.AnOpenCase with { NextWake = InProcess.Start };
        Assert.True(
            await host.Store.WriteAsync(new CaseWrite(reference, known.Version, newer, index), CancellationToken.None)
        );
        await host.Due.DrainAsync(InProcess.Start, Waiting.Token);

        Assert.Equal(1, (await host.Store.CountsAsync(null, InProcess.Start, CancellationToken.None)).Failing);
        Assert.Equal(InProcess.Start.AddMinutes(1), await host.Store.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_mail_server_that_hangs_holds_up_no_deadline()
    {
        var hanging = new Hangs();
        await using var host = await InProcess.StartAsync(hanging);
        var references = new List<string>();
        for (var i = 0; i < 20; i++)
            references.Add(await host.OpenAsync($"case {i}"));

        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await hanging.Asked.InTimeAsync();
        host.Clock.MoveTo(InformalDeadline);
        await host.Due.AdvanceAsync(InformalDeadline, Waiting.Token);

        foreach (var reference in references)
            Assert.Equal("1", (await host.CaseAsync(reference)).Stage.Id);
        hanging.Answer();
        await host.Due.DrainAsync(InformalDeadline, Waiting.Token);
        foreach (var reference in references)
            Assert.DoesNotContain((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task A_doubled_wake_sends_nothing_twice()
    {
        var mailer = new Takes();
        await using var host = await InProcess.StartAsync(mailer);
        await host.OpenAsync("one");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Due.DrainAsync(InProcess.Start, Waiting.Token)));

        Assert.NotEmpty(mailer.Keys);
        Assert.Equal(mailer.Keys.Distinct().Count(), mailer.Keys.Count);
    }

    [Fact]
    public async Task A_clock_without_wakes_stays_where_it_is()
    {
        await using var host = await InProcess.StartAsync(new Takes());

        await host.Mover.MoveToNextWakeAsync(Waiting.Token);

        Assert.Equal(InProcess.Start, host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Retention_follows_the_clock()
    {
        await using var host = await InProcess.StartAsync(new Takes());
        var reference = await host.OpenAsync("one");
        var c = await host.CaseAsync(reference);
        var withdraw = new Withdraw("Raised by mistake.")
        {
            Id = "w-1",
            Actor = "key:test",
            Stage = c.Stage.Id,
            By = new Speaker(c.Raising.Agency, "Sam", null),
        };
        Assert.IsType<Handled.Done>(
            await host.Handler.ExecuteAsync(reference, withdraw, InProcess.Start, CancellationToken.None)
        );

        var kept = (await host.CaseAsync(reference)).RetainUntil!.Value;
        await host.Mover.MoveToAsync(kept.AddDays(-2), Waiting.Token);
        var name = (await host.CaseAsync(reference)).Intake!.Person!.Name!;
        Assert.Contains(Directory.GetFiles(host.Folder, "escalation.db*"), file => Holds(file, name));

        await host.Mover.MoveToAsync(kept.AddDays(2), Waiting.Token);
        Assert.True((await host.CaseAsync(reference)).PersonalDataRemoved);
        Assert.Null((await host.CaseAsync(reference)).Intake);
        Assert.DoesNotContain(Directory.GetFiles(host.Folder, "escalation.db*"), file => Holds(file, name));
    }

    private static bool Holds(string file, string name)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd().Contains(name, StringComparison.Ordinal);
    }

    private static async Task PoisonAsync(InProcess host, string reference, DateTimeOffset wake) =>
        Assert.True(
            await host.Store.WriteAsync(
                new CaseWrite(
                    reference,
                    0,
                    Encoding.UTF8.GetBytes("{}"),
                    SampleCases.AnOpenCase with
                    {
                        NextWake = wake,
                    }
                ),
                CancellationToken.None
            )
        );

    private sealed class Takes : IMailer
    {
        public ConcurrentBag<string> Keys { get; } = [];

        public Task<MailResult> SendAsync(Email email, CancellationToken cancel)
        {
            Keys.Add(email.Key);
            return Task.FromResult<MailResult>(new MailResult.Taken(null));
        }
    }
}
