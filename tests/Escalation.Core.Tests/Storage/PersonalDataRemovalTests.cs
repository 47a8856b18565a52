using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>The day's run that rids every case whose time has come of personal data.</summary>
public sealed class PersonalDataRemovalTests : IWaker
{
    private static readonly DateTimeOffset Nine = UkTime.At("2026-10-12 09:00");
    private static readonly DateTimeOffset Due = Sample.KeptUntil;
    private readonly MemoryStore _store = new();
    private readonly CaseHandler _handler;
    private readonly List<string> _ended = [];
    private readonly List<string> _failed = [];

    public PersonalDataRemovalTests()
    {
        _handler = new CaseHandler(_store, _store, new RuleBook(_store), this, () => new byte[EventChain.SaltLength]);
        foreach (var agency in Sample.Directory("suffolk").Agencies)
            Assert.True(StoredDirectory.WriteAsync(_store, "suffolk", agency, 0, default).GetAwaiter().GetResult());
    }

    public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    [Fact]
    public async Task A_case_that_cannot_be_read_is_told_of_once_and_all_others_are_rid_of_personal_data()
    {
        foreach (var key in new[] { "first", "second", "third" })
            await EndAsync(key);
        await DamageAsync(_ended[0]);

        Assert.Equal(2, await RunAsync());
        Assert.Equal([_ended[0]], _failed);
        Assert.Equal((true, true), (await IsRemovedAsync(_ended[1]), await IsRemovedAsync(_ended[2])));
    }

    [Fact]
    public async Task A_case_that_failed_is_tried_again_by_the_next_run_and_done_ones_are_not()
    {
        await EndAsync("first");
        await EndAsync("second");
        var whole = (await _store.ReadAsync(_ended[0], default))!.Document;
        await DamageAsync(_ended[0]);
        Assert.Equal(1, await RunAsync());

        await WriteAsync(_ended[0], whole);
        Assert.Equal((1, 0), (await RunAsync(), await RunAsync()));
        Assert.True(await IsRemovedAsync(_ended[0]));
    }

    [Fact]
    public async Task With_no_time_left_the_rest_is_the_next_runs()
    {
        foreach (var key in new[] { "first", "second", "third" })
            await EndAsync(key);
        var left = 2;
        Assert.Equal(2, await RunAsync(hasTime: () => left-- > 0));
        Assert.False(await IsRemovedAsync(_ended[2]));
        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task A_run_goes_on_until_none_is_left_however_many_there_are()
    {
        for (var i = 0; i < 101; i++)
            await EndAsync($"case {i}");
        Assert.Equal(101, await RunAsync());
    }

    [Fact]
    public async Task However_many_cases_cannot_be_read_those_after_them_are_rid_of_personal_data()
    {
        for (var i = 0; i < 102; i++)
            await EndAsync($"case {i}");
        var damaged = _ended.Take(101).ToList();
        foreach (var reference in damaged)
            await DamageAsync(reference);

        Assert.Equal(1, await RunAsync());
        Assert.Equal(damaged, _failed);
        Assert.True(await IsRemovedAsync(_ended[^1]));
    }

    [Fact]
    public async Task A_case_that_came_to_be_on_legal_hold_after_it_was_listed_keeps_everything()
    {
        await EndAsync("first");
        var hold = Commands.LegalHold("suffolk", on: true) with { Id = "hold", Stage = "1" };
        Assert.IsType<Handled.Done>(await _handler.ExecuteAsync(_ended[0], hold, Nine, default));

        Assert.Equal(0, await RunAsync(listed: [_ended[0]]));
        Assert.Equal((false, true), (await IsRemovedAsync(_ended[0]), await HasIntakeAsync(_ended[0])));
        Assert.Empty(_failed);
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_there_and_calls_no_case_failed()
    {
        await EndAsync("first");
        using var stop = new CancellationTokenSource();
        var retaining = new Retaining(_store, () => DueOf(Due)) { BeforeRead = stop.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new PersonalDataRemoval(retaining, HandlerOn(retaining)).RunAsync(
                Due,
                () => true,
                (reference, _) => _failed.Add(reference),
                stop.Token
            )
        );
        Assert.Empty(_failed);
    }

    private Task<int> RunAsync(Func<bool>? hasTime = null, IReadOnlyList<string>? listed = null) =>
        new PersonalDataRemoval(new Retaining(_store, () => listed ?? DueOf(Due)), _handler).RunAsync(
            Due,
            hasTime ?? (() => true),
            (reference, _) => _failed.Add(reference),
            default
        );

    private CaseHandler HandlerOn(ICaseStore store) =>
        new(store, _store, new RuleBook(_store), this, () => new byte[EventChain.SaltLength]);

    private IReadOnlyList<string> DueOf(DateTimeOffset now) =>
        [.. _ended.Where(r => _store.IndexOf(r).RetainUntil <= now)];

    private async Task EndAsync(string key)
    {
        var open = Sample.Opening("suffolk") with { IntakeKey = key };
        var opened = await _handler.OpenAsync("suffolk", open, keyed: true, key, Nine, default);
        var reference = Assert.IsType<Handled.Done>(opened).Document.Case.Reference;
        var withdraw = Commands.Withdraw(Sample.Raising) with { Id = "end", Stage = "1" };
        Assert.IsType<Handled.Done>(await _handler.ExecuteAsync(reference, withdraw, Nine, default));
        _ended.Add(reference);
    }

    private Task DamageAsync(string reference) => WriteAsync(reference, "{}"u8.ToArray());

    private async Task WriteAsync(string reference, ReadOnlyMemory<byte> document)
    {
        var version = (await _store.ReadAsync(reference, default))!.Version;
        Assert.True(
            await _store.WriteAsync(new CaseWrite(reference, version, document, _store.IndexOf(reference)), default)
        );
    }

    private async Task<bool> IsRemovedAsync(string reference) =>
        (await _handler.ReadAsync(reference, default))!.Case.PersonalDataRemoved;

    private async Task<bool> HasIntakeAsync(string reference) =>
        (await _handler.ReadAsync(reference, default))!.Case.Intake is not null;

    /// <summary>The store in memory, with the cases that are listed for the removal.</summary>
    private sealed class Retaining(MemoryStore store, Func<IReadOnlyList<string>> due) : ICaseStore
    {
        public Action? BeforeRead { get; init; }

        public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<string>>([.. due().Take(take)]);

        public Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel)
        {
            BeforeRead?.Invoke();
            cancel.ThrowIfCancellationRequested();
            return store.ReadAsync(reference, cancel);
        }

        public Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel) => store.WriteAsync(write, cancel);

        public IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
            store.DueAsync(now, cancel);

        public Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel) => store.EarliestAsync(cancel);

        public Task DeferAsync(
            string reference,
            long version,
            DateTimeOffset nextTry,
            int failures,
            CancellationToken cancel
        ) => store.DeferAsync(reference, version, nextTry, failures, cancel);

        public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
            store.FindByOperationAsync(operation, cancel);
    }
}
