using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    /// <summary>What a sample opening and its withdrawal say of people.</summary>
    private static readonly string[] Personal =
    [
        "Robin Example",
        "1 Example Street",
        "2015-03-04",
        "Rae Raiser",
        "rae@oak-primary.example.org",
        "What the disagreement is about.",
        "Somebody of oak-primary",
    ];

    [Fact]
    public async Task Retention_is_due_from_its_instant_until_a_write_clears_it()
    {
        await AddAsync("SAN-0000-0001", AnEndedCase with { RetainUntil = Ten });
        await AddAsync("SAN-0000-0002", AnEndedCase with { RetainUntil = Ten.AddTicks(1) });
        await AddAsync("SAN-0000-0003", AnEndedCase with { RetainUntil = Nine });
        await AddAsync("SAN-0000-0004", AnEndedCase);

        Assert.Equal(
            ["SAN-0000-0003", "SAN-0000-0001"],
            await Store.RetentionDueAsync(Ten, 10, CancellationToken.None)
        );
        Assert.Equal(["SAN-0000-0003"], await Store.RetentionDueAsync(Ten, 1, CancellationToken.None));
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0003", 1, AnEndedCase with { RetainUntil = null }),
                CancellationToken.None
            )
        );
        Assert.Equal(["SAN-0000-0001"], await Store.RetentionDueAsync(Ten, 10, CancellationToken.None));
    }

    [Fact]
    public async Task As_many_cases_as_are_asked_for_come_for_the_removal_of_personal_data_earliest_first()
    {
        string[] all = ["SAN-0000-0003", "SAN-0000-0002", "SAN-0000-0001", "SAN-0000-0000"];
        for (var count = 0; count <= all.Length; count++)
        {
            for (var take = 1; take <= all.Length + 1; take++)
                Assert.Equal(
                    all[..Math.Min(count, take)],
                    await Store.RetentionDueAsync(Ten, take, CancellationToken.None)
                );
            if (count < all.Length)
                await AddAsync(all[count], AnEndedCase with { RetainUntil = Ten.AddTicks(count - all.Length + 1) });
        }
    }

    [Fact]
    public async Task Once_personal_data_was_removed_nothing_of_it_is_stored_and_what_is_left_is_read_and_found_as_before()
    {
        var handler = Handler();
        var before = await WithdrawnAsync(handler);
        var reference = before.Case.Reference;
        var text = Encoding.UTF8.GetString((await ReadAsync(reference)).Document.Span);
        Assert.All(Personal, words => Assert.Contains(words, text, StringComparison.Ordinal));

        var time = before.Case.RetainUntil!.Value;
        Assert.Equal([reference], await Store.RetentionDueAsync(time, 10, CancellationToken.None));
        Assert.IsType<Handled.Done>(await handler.ForgetAsync(reference, time, CancellationToken.None));
        Assert.IsType<Handled.Done>(await handler.ForgetAsync(reference, time, CancellationToken.None));

        var stored = await ReadAsync(reference);
        var left =
            Encoding.UTF8.GetString(stored.Document.Span)
            + string.Concat(await FindAsync(All with { Text = reference }));
        Assert.All(Personal, words => Assert.DoesNotContain(words, left, StringComparison.Ordinal));
        Assert.DoesNotContain(Convert.ToBase64String(before.Salt!), left, StringComparison.Ordinal);
        Assert.Equal(before.Version + 1, stored.Version);
        var after = DocumentFormat.Read(stored);
        Assert.Equal(before.Events, after.Events.Take(before.Events.Count));
        Assert.Equal(after.Head, EventChain.Hashes(after.Events).Last());
        Assert.Empty(await Store.RetentionDueAsync(DateTimeOffset.MaxValue, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Cases_that_cannot_be_rid_of_personal_data_keep_none_that_come_after_them_from_it()
    {
        var unreadable = Enumerable.Range(0, 250).Select(i => $"SAN-0000-{i:D4}").ToList();
        foreach (var each in unreadable)
            await AddAsync(each, AnEndedCase with { RetainUntil = Nine });
        var handler = Handler();
        var last = (await WithdrawnAsync(handler)).Case;
        var failed = new List<string>();

        var forgotten = await new PersonalDataRemoval(Store, handler).RunAsync(
            last.RetainUntil!.Value,
            () => true,
            (reference, _) => failed.Add(reference),
            CancellationToken.None
        );

        Assert.Equal(1, forgotten);
        Assert.True((await handler.ReadAsync(last.Reference, CancellationToken.None))!.Case.PersonalDataRemoved);
        Assert.Equal(unreadable, failed.Order(StringComparer.Ordinal));
    }

    private CaseHandler Handler() =>
        new(
            Store,
            Queries,
            new RuleBook(Records),
            new Asleep(),
            () => RandomNumberGenerator.GetBytes(EventChain.SaltLength)
        );

    /// <summary>A case of a sample opening, withdrawn after an hour.</summary>
    private async Task<CaseDocument> WithdrawnAsync(CaseHandler handler)
    {
        foreach (var agency in Sample.Directory("sandwell").Agencies)
            Assert.True(await StoredDirectory.WriteAsync(Records, "sandwell", agency, 0, CancellationToken.None));
        var opened = await handler.OpenAsync(
            "sandwell",
            Sample.Opening("sandwell"),
            true,
            "alike",
            Now,
            CancellationToken.None
        );
        var reference = Assert.IsType<Handled.Done>(opened).Document.Case.Reference;
        var withdraw = Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = "informal" };
        Assert.IsType<Handled.Done>(
            await handler.ExecuteAsync(reference, withdraw, Now.AddHours(1), CancellationToken.None)
        );
        return (await handler.ReadAsync(reference, CancellationToken.None))!;
    }

    private sealed class Asleep : IWaker
    {
        public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
            ValueTask.CompletedTask;
    }
}
