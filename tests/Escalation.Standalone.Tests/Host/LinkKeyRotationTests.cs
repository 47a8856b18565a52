using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Standalone.Settings;
using Escalation.Web.Secrets;
using Escalation.Web.Tokens;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The keys of emailed links over several rotations, and which open stages stand in the way of one.</summary>
public sealed class LinkKeyRotationTests
{
    [Fact]
    public async Task Links_of_the_present_key_and_of_the_one_before_are_accepted_and_older_ones_are_not()
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        var keys = new List<LinkKeys> { await KeysAsync(host) };
        for (var rotation = 1; rotation <= 3; rotation++)
        {
            Assert.Equal(0, await RotateAsync(host, InProcess.Start.AddDays(rotation)));
            keys.Add(await KeysAsync(host));
        }

        Assert.Null(keys[0].Previous);
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.Equal(pair.First.Current, pair.Second.Previous));
        Assert.Equal(4, keys.Select(k => Convert.ToHexString(k.Current)).Distinct().Count());
        Assert.Equal(keys[^1].Current, (await KeysAsync(host)).Current);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task A_stage_that_opened_before_the_present_key_was_made_is_in_the_way_of_retiring_the_one_before(
        long madeTicksAfter,
        int inTheWay
    )
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        await KeysAsync(host);
        var reference = await host.OpenAsync("one");
        var opened = (await host.CaseAsync(reference)).Stage.OpenedAt;
        Assert.Equal(0, await RotateAsync(host, opened.AddTicks(madeTicksAfter)));
        var keys = await KeysAsync(host);

        Assert.Equal(inTheWay, await RotateAsync(host, opened.AddDays(1)));

        var after = await KeysAsync(host);
        Assert.Equal(inTheWay > 0, keys.Current.AsSpan().SequenceEqual(after.Current));
        Assert.Equal(inTheWay > 0, keys.Previous.AsSpan().SequenceEqual(after.Previous));
    }

    [Fact]
    public async Task Every_open_stage_is_counted_and_one_that_has_ended_is_not()
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        await KeysAsync(host);
        foreach (var name in (string[])["one", "two", "three"])
            await host.OpenAsync(name);
        var ended = await host.OpenAsync("ended");
        var c = await host.CaseAsync(ended);
        var withdraw = new Withdraw("Raised by mistake.")
        {
            Id = "w-1",
            Actor = "key:test",
            Stage = c.Stage.Id,
            By = new Speaker(c.Raising.Agency, "Sam", null),
        };
        Assert.IsType<Handled.Done>(
            await host.Handler.ExecuteAsync(ended, withdraw, InProcess.Start, CancellationToken.None)
        );
        Assert.Equal(0, await RotateAsync(host, InProcess.Start.AddDays(1)));

        Assert.Equal(3, await RotateAsync(host, InProcess.Start.AddDays(2)));
    }

    private static SealedRecords Records(InProcess host) =>
        new(host.Store, new SecretsKeys(new byte[SecretsKeys.Length]));

    private static Task<LinkKeys> KeysAsync(InProcess host) =>
        StoredSecrets.LinkKeysAsync(Records(host), InProcess.Start.AddYears(-1), CancellationToken.None);

    private static Task<int> RotateAsync(InProcess host, DateTimeOffset now) =>
        StoredSecrets.RotateLinkKeysAsync(host.Store, Records(host), now, CancellationToken.None);
}
