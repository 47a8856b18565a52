using System.Security.Cryptography;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Web.Site;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Standalone.Tests.Host;

/// <summary>What a start does of what was left over while no host ran, and what it says.</summary>
public sealed class StartupTests : IWaker, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 12, 22, 11, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    [Fact]
    public async Task A_calendar_that_was_refreshed_while_the_host_was_down_moves_the_deadlines_of_open_cases()
    {
        var reference = await BeforeAsync(
            async (handler, store) =>
            {
                var opened = await OpenedAsync(handler, "one", Now.AddHours(-25));
                await handler.AdvanceAsync(opened, null, Now.AddHours(-1), CancellationToken.None);
                await SentAsync(handler, opened, Now.AddHours(-1));
                var stage = (await handler.ReadAsync(opened, CancellationToken.None))!.Case.Stage;
                Assert.Equal(("1", At(29)), (stage.Id, stage.Deadline!.At));
                await AddBankHolidayAsync(store, new DateOnly(2026, 12, 24));
                return opened;
            }
        );

        await using var host = await StartAsync();

        Assert.Equal(At(30), (await CaseAsync(host, reference)).Stage.Deadline!.At);
        Assert.Contains("A newer calendar was carried to 1 open cases", host.Log);
        Assert.DoesNotContain(host.Log, line => line.StartsWith("Carried out", StringComparison.Ordinal));

        static DateTimeOffset At(int day) => new(2026, 12, day, 17, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public async Task A_deadline_that_passed_while_the_host_was_down_is_carried_out()
    {
        var reference = await BeforeAsync((handler, _) => OpenedAsync(handler, "one", Now.AddHours(-25)));

        await using var host = await StartAsync();

        var stage = (await CaseAsync(host, reference)).Stage;
        Assert.Equal(("1", Now), (stage.Id, stage.OpenedAt));
        Assert.Contains("Carried out what fell due while the host was down: 1 cases", host.Log);
    }

    [Fact]
    public async Task Personal_data_whose_time_came_while_the_host_was_down_is_removed_and_none_before_its_time()
    {
        // Ended more than six years ago: what counts is the 25th birthday.
        var (ended, today) = (Now.AddYears(-7), DateOnly.FromDateTime(Now.UtcDateTime));
        var references = await BeforeAsync(
            async (handler, _) =>
                new[]
                {
                    await WithdrawnAsync(handler, "old", ended, today.AddYears(-25).AddDays(-2)),
                    await WithdrawnAsync(handler, "late", ended, today.AddYears(-25).AddDays(2)),
                }
        );

        await using var host = await StartAsync();

        Assert.True((await CaseAsync(host, references[0])).PersonalDataRemoved);
        Assert.False((await CaseAsync(host, references[1])).PersonalDataRemoved);
        Assert.Contains("Retention: personal data of 1 cases removed", host.Log);
    }

    [Fact]
    public async Task What_a_sender_had_in_hand_when_the_host_ended_is_sent_at_once_and_what_was_put_off_longer_waits()
    {
        var waits = Now + RetryDelays.Sending + TimeSpan.FromTicks(1);
        var references = await BeforeAsync(
            async (handler, store) =>
                new[]
                {
                    await PutOffAsync(handler, store, "in hand", Now + RetryDelays.Sending),
                    await PutOffAsync(handler, store, "put off", waits),
                }
        );

        await using var host = await StartAsync();
        await host.Get<SendQueue>().IdleAsync(Waiting.Token);

        Assert.DoesNotContain((await CaseAsync(host, references[0])).Notices, n => n.Status == NoticeState.Queued);
        Assert.Contains((await CaseAsync(host, references[1])).Notices, n => n.Status == NoticeState.Queued);
        Assert.Equal(waits, await host.Get<SqliteCaseStore>().EarliestAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", "127.0.0.1")]
    [InlineData("http://0.0.0.0:0", "localhost")]
    [InlineData("http://[::]:0", "localhost")]
    [InlineData("http://*:0", "localhost")]
    [InlineData("http://+:0", "localhost")]
    public async Task Without_a_public_address_links_and_the_log_lead_to_this_machine(string url, string name)
    {
        await using var host = await ServedHost.StartAsync(
            _folder["data"],
            ServedHost.Settings(_folder.Path),
            mailer: new Takes(),
            url: url
        );

        var address = host.Get<IOptions<WebOptions>>().Value.PublicUrl;
        Assert.Equal($"http://{name}:{host.Address.Port}", address);
        Assert.Contains(
            host.Log,
            line => line.StartsWith($"Sign in with an access key at {address}/sign-in;", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task With_a_public_address_links_begin_with_it_and_the_log_leads_to_this_machine()
    {
        await using var host = await ServedHost.StartAsync(
            _folder["data"],
            ServedHost.Settings(_folder.Path) with
            {
                PublicUrl = "https://escalation.example.org",
            },
            mailer: new Takes()
        );

        Assert.Equal("https://escalation.example.org", host.Get<IOptions<WebOptions>>().Value.PublicUrl);
        Assert.Contains(
            host.Log,
            line => line.StartsWith($"Sign in with an access key at {host.Address}sign-in;", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_demonstration_s_folder_that_is_used_in_earnest_is_warned_of()
    {
        const string warning = "This data folder was made with --demo: its people and agencies are invented";
        var settings = ServedHost.Settings(_folder.Path);
        await using (var demo = await ServedHost.StartAsync(_folder["data"], settings, demo: true))
            Assert.DoesNotContain(warning, demo.Log);

        await using var host = await ServedHost.StartAsync(_folder["data"], settings, mailer: new Takes());
        Assert.Contains(warning, host.Log);
    }

    /// <summary>What was done with the data folder before the start.</summary>
    private async Task<T> BeforeAsync<T>(Func<CaseHandler, SqliteCaseStore, Task<T>> done)
    {
        await using var store = SqliteCaseStore.Open(_folder["data"]);
        foreach (var agency in Sample.Directory("sandwell").Agencies)
            await StoredDirectory.WriteAsync(store, "sandwell", agency, 0, CancellationToken.None);
        var handler = new CaseHandler(
            store,
            store,
            new RuleBook(store),
            this,
            () => RandomNumberGenerator.GetBytes(EventChain.SaltLength)
        );
        return await done(handler, store);
    }

    private Task<ServedHost> StartAsync() =>
        ServedHost.StartAsync(
            _folder["data"],
            ServedHost.Settings(_folder.Path),
            new FakeTimeProvider(Now),
            new Takes()
        );

    private static async Task<Case> CaseAsync(ServedHost host, string reference) =>
        (await host.Get<CaseHandler>().ReadAsync(reference, CancellationToken.None))!.Case;

    /// <summary>A Sandwell case whose emails were sent.</summary>
    private static async Task<string> OpenedAsync(
        CaseHandler handler,
        string name,
        DateTimeOffset at,
        DateOnly? born = null
    )
    {
        var sample = Sample.Opening("sandwell");
        var person = born is null ? sample.Person : sample.Person! with { DateOfBirth = born };
        var open = sample with { IntakeKey = name, Person = person };
        var opened = await handler.OpenAsync("sandwell", open, keyed: true, name, at, CancellationToken.None);
        var reference = Assert.IsType<Handled.Done>(opened).Document.Case.Reference;
        await SentAsync(handler, reference, at);
        return reference;
    }

    private static async Task<string> WithdrawnAsync(CaseHandler handler, string name, DateTimeOffset at, DateOnly born)
    {
        var reference = await OpenedAsync(handler, name, at.AddHours(-1), born);
        var c = (await handler.ReadAsync(reference, CancellationToken.None))!.Case;
        var withdraw = new Withdraw("Raised by mistake.")
        {
            Id = "w-1",
            Actor = "key:test",
            Stage = c.Stage.Id,
            By = new Speaker(c.Raising.Agency, "Sam", null),
        };
        Assert.IsType<Handled.Done>(await handler.ExecuteAsync(reference, withdraw, at, CancellationToken.None));
        await SentAsync(handler, reference, at);
        return reference;
    }

    /// <summary>A case opened a minute ago whose emails are due, left alone until this instant.</summary>
    private static async Task<string> PutOffAsync(
        CaseHandler handler,
        SqliteCaseStore store,
        string name,
        DateTimeOffset until
    )
    {
        var open = Sample.Opening("sandwell") with { IntakeKey = name };
        var opened = await handler.OpenAsync(
            "sandwell",
            open,
            keyed: true,
            name,
            Now.AddMinutes(-1),
            CancellationToken.None
        );
        var document = Assert.IsType<Handled.Done>(opened).Document;
        await store.DeferAsync(document.Case.Reference, document.Version, until, 0, CancellationToken.None);
        return document.Case.Reference;
    }

    private static async Task SentAsync(CaseHandler handler, string reference, DateTimeOffset at)
    {
        var notices = (await handler.ReadAsync(reference, CancellationToken.None))!.Case.Notices;
        var queued = notices.Where(n => n.Status == NoticeState.Queued).Select(n => new Attempt(n.Key, null, null));
        Assert.IsType<Handled.Done>(
            await handler.RecordAttemptsAsync(reference, [.. queued], at, CancellationToken.None)
        );
    }

    private static async Task AddBankHolidayAsync(SqliteCaseStore store, DateOnly date)
    {
        var feed = CalendarEdition.BuiltIn.ToJson();
        var more = feed.Insert(
            feed.IndexOf('[', StringComparison.Ordinal) + 1,
            $$"""{"title":"State funeral","date":"{{date:yyyy-MM-dd}}","notes":"","bunting":false},"""
        );
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        await StoredCalendar.RefreshAsync(
            store,
            CalendarEdition.Parse(more, today).Edition!,
            today,
            CancellationToken.None
        );
    }

    private sealed class Takes : IMailer
    {
        public Task<MailResult> SendAsync(Email email, CancellationToken cancel) =>
            Task.FromResult<MailResult>(new MailResult.Taken(null));
    }
}
