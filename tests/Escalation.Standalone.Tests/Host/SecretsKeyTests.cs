using System.Security.Cryptography;
using System.Text;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Secrets;

namespace Escalation.Standalone.Tests.Host;

/// <summary>
/// The host's own secrets are sealed with a key outside the data folder, and nothing is lost while that key is not at hand.
/// </summary>
public sealed class SecretsKeyTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private SqliteCaseStore _store = null!;

    private string Data => _folder["data"];
    private string KeyFile => _folder["config/secrets.key"];
    private SecretsKeySource Source => new(null, KeyFile);

    public Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(Data);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Neither_the_data_folder_nor_a_backup_holds_a_secret_in_clear()
    {
        var secrets = await SecretsAsync();
        await _store.BackupAsync(_folder["copy.db"], CancellationToken.None);
        await _store.DisposeAsync();

        foreach (var file in (string[])[.. Directory.GetFiles(Data), _folder["copy.db"]])
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var secret in (byte[][])[.. secrets, Convert.FromBase64String(Lines()[0])])
            {
                Assert.Equal(-1, bytes.AsSpan().IndexOf(secret));
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(secret))));
            }
        }
    }

    [Fact]
    public async Task The_same_secrets_are_there_at_every_start_with_the_key()
    {
        var first = await SecretsAsync();
        Assert.Equal(first, await SecretsAsync());
        Assert.Single(Lines());
    }

    [Fact]
    public async Task A_start_without_the_key_is_refused_makes_no_new_one_and_goes_on_once_it_is_back()
    {
        var first = await SecretsAsync();
        var name = (await Source.LoadAsync(_store, Data, CancellationToken.None)).Name;
        File.Move(KeyFile, _folder["elsewhere.key"]);

        var refused = await Assert.ThrowsAsync<HostFault>(SecretsAsync);
        Assert.Contains(
            $"sealed with the key {name}, but {KeyFile} does not exist",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("replace-lost", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
        File.Move(_folder["elsewhere.key"], KeyFile);
        Assert.Equal(first, await SecretsAsync());
    }

    [Fact]
    public async Task A_start_with_another_key_is_refused_and_names_both()
    {
        var first = await SecretsAsync();
        var name = (await Source.LoadAsync(_store, Data, CancellationToken.None)).Name;
        var other = SecretsKeys.NewKey();
        var source = new SecretsKeySource(Convert.ToBase64String(other), KeyFile);

        var refused = await Assert.ThrowsAsync<HostFault>(() => source.LoadAsync(_store, Data, CancellationToken.None));
        var both = $"sealed with the key {name}, but ESCALATION_SECRETS_KEY holds the key {SecretsKeys.NameOf(other)}";
        Assert.Contains(both, refused.Message, StringComparison.Ordinal);
        Assert.Equal(first, await SecretsAsync());
    }

    [Fact]
    public async Task A_key_given_as_a_setting_counts_before_any_file_and_a_new_one_before_it_takes_over()
    {
        var (old, renewed) = (
            Convert.ToBase64String(SecretsKeys.NewKey()),
            Convert.ToBase64String(SecretsKeys.NewKey())
        );
        var first = await SecretsAsync(new SecretsKeySource(old, KeyFile));
        Assert.False(File.Exists(KeyFile));

        Assert.Equal(first, await SecretsAsync(new SecretsKeySource($"{renewed}, {old}", KeyFile)));
        Assert.Equal(first, await SecretsAsync(new SecretsKeySource(renewed, KeyFile)));
        await Assert.ThrowsAsync<HostFault>(() => SecretsAsync(new SecretsKeySource(old, KeyFile)));
    }

    [Fact]
    public async Task A_renewed_key_opens_everything_and_the_one_before_opens_a_backup_made_before()
    {
        var first = await SecretsAsync();
        await _store.BackupAsync(_folder["copy.db"], CancellationToken.None);
        var (keys, before) = await Source.RenewAsync(_store, Data, CancellationToken.None);

        Assert.Equal(first, await SecretsAsync());
        Assert.Equal([keys.Name], await SealedRecords.SealedByAsync(_store, CancellationToken.None));
        Assert.Single(Lines());
        Directory.CreateDirectory(_folder["restored"]);
        File.Move(_folder["copy.db"], _folder["restored/escalation.db"]);
        await using var restored = SqliteCaseStore.Open(_folder["restored"]);
        File.Move(before, _folder["elsewhere.key"]);
        await Assert.ThrowsAsync<HostFault>(() => SecretsAsync(Source, restored));
        File.Move(_folder["elsewhere.key"], before);
        Assert.Equal(first, await SecretsAsync(Source, restored));
        Assert.Equal([keys.Name], await SealedRecords.SealedByAsync(restored, CancellationToken.None));
    }

    [Fact]
    public async Task What_a_key_kept_from_before_a_renewal_opens_is_not_lost()
    {
        await SecretsAsync();
        await using var other = SqliteCaseStore.Open(_folder["other"]);
        var first = await SecretsAsync(Source, other);
        await Source.RenewAsync(_store, Data, CancellationToken.None);

        var records = new SealedRecords(
            other,
            await Source.LoadAnywayAsync(other, _folder["other"], CancellationToken.None)
        );
        Assert.Equal(0, await records.RemoveLostAsync(CancellationToken.None));
        Assert.Equal(first, await SecretsAsync(Source, other));
    }

    [Fact]
    public async Task Of_secrets_under_several_keys_only_what_none_of_those_here_opens_is_removed()
    {
        var (old, present) = (SecretsKeys.NewKey(), SecretsKeys.NewKey());
        foreach (var (id, key) in new[] { ("before", old), ("present", present), ("lost", SecretsKeys.NewKey()) })
        {
            var sealing = new SealedRecords(_store, new SecretsKeys(key));
            await sealing.WriteAsync(SealedRecords.Secret, id, "a secret", 0, CancellationToken.None);
        }
        await _store.WriteAsync(SealedRecords.CookieKey, "clear", "<key id=\"1\" />", 0, CancellationToken.None);
        var records = new SealedRecords(_store, new SecretsKeys(present, old));

        Assert.Equal(1, await records.RemoveLostAsync(CancellationToken.None));

        Assert.Equal(
            ["before", "present"],
            (await records.ListAsync(SealedRecords.Secret, CancellationToken.None)).Select(r => r.Id)
        );
        Assert.Equal(
            ["clear"],
            (await records.ListAsync(SealedRecords.CookieKey, CancellationToken.None)).Select(r => r.Id)
        );
    }

    [Fact]
    public async Task A_renewal_that_was_cut_off_after_any_step_loses_nothing_and_is_run_again()
    {
        var first = await SecretsAsync();
        // Cut off before anything was sealed anew: the file has both keys.
        await File.WriteAllLinesAsync(KeyFile, [Convert.ToBase64String(SecretsKeys.NewKey()), Lines()[0]]);
        var records = await _store.ListAsync(SealedRecords.Secret, "", CancellationToken.None);
        Assert.Equal(first, await SecretsAsync());
        // Cut off while it sealed: one secret under the key before, the others under the new one.
        var present = await _store.ReadAsync(SealedRecords.Secret, records[0].Id, CancellationToken.None);
        await _store.WriteAsync(
            SealedRecords.Secret,
            records[0].Id,
            records[0].Body,
            present!.Version,
            CancellationToken.None
        );

        var (keys, _) = await Source.RenewAsync(_store, Data, CancellationToken.None);
        Assert.Equal([keys.Name], await SealedRecords.SealedByAsync(_store, CancellationToken.None));
        Assert.Equal(first, await SecretsAsync());
    }

    [Fact]
    public async Task Secrets_that_an_older_program_left_in_clear_are_sealed_and_stay_what_they_are()
    {
        var clear = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await _store.WriteAsync(SealedRecords.Secret, "intake", clear, 0, CancellationToken.None);
        await _store.WriteAsync(SealedRecords.CookieKey, "key-1", "<key id=\"1\" />", 0, CancellationToken.None);

        Assert.Contains(Convert.FromBase64String(clear), await SecretsAsync());
        var records = new SealedRecords(_store, await Source.LoadAsync(_store, Data, CancellationToken.None));
        Assert.Equal(
            "<key id=\"1\" />",
            (await records.ReadAsync(SealedRecords.CookieKey, "key-1", CancellationToken.None))!.Body
        );
        await _store.DisposeAsync();
        foreach (var file in Directory.GetFiles(Data))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.ASCII.GetBytes(clear)));
    }

    [Fact]
    public async Task A_key_inside_the_data_folder_or_that_is_none_or_cannot_be_made_is_refused()
    {
        Directory.CreateDirectory(_folder["config"]);
        await File.WriteAllTextAsync(_folder["config/none.key"], "# only words\nnot a key");
        await File.WriteAllTextAsync(_folder["config/file"], "in the way");

        Assert.Contains(
            "must not lie in the data folder",
            await RefusedAsync(Path.Combine(Data, "secrets.key")),
            StringComparison.Ordinal
        );
        Assert.Contains("is no secrets key", await RefusedAsync(_folder["config/none.key"]), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be made",
            await RefusedAsync(_folder["config/file/secrets.key"]),
            StringComparison.Ordinal
        );

        async Task<string> RefusedAsync(string file)
        {
            var source = new SecretsKeySource(null, file);
            return (
                await Assert.ThrowsAsync<HostFault>(() => source.LoadAsync(_store, Data, CancellationToken.None))
            ).Message;
        }
    }

    [Theory]
    [InlineData("data/secrets.key", false)]
    [InlineData("data/sub/secrets.key", false)]
    [InlineData("config/../data/secrets.key", false)]
    [InlineData("data-keys/secrets.key", true)]
    [InlineData("secrets.key", true)]
    public async Task It_lies_anywhere_but_in_the_data_folder(string place, bool taken)
    {
        var source = Configured.Read(("SECRETS_KEY_FILE", _folder[place])).SecretsKey;

        if (taken)
            await source.LoadAsync(_store, Data, CancellationToken.None);
        else
            await Assert.ThrowsAsync<HostFault>(() => source.LoadAsync(_store, Data, CancellationToken.None));
        Assert.Equal(taken, File.Exists(source.File));
    }

    [Fact]
    public async Task Its_files_are_that_of_the_key_and_those_kept_beside_it_and_none_where_a_setting_holds_it()
    {
        Assert.Empty(Source.Files);
        await SecretsAsync();
        await File.WriteAllTextAsync(_folder["config/another.key"], "of somebody else");
        Assert.Equal([KeyFile], Source.Files);

        var (_, before) = await Source.RenewAsync(_store, Data, CancellationToken.None);
        Assert.Equal([KeyFile, before], Source.Files);
        Assert.Empty((Source with { Given = Convert.ToBase64String(new byte[32]) }).Files);
    }

    private Task<IReadOnlyList<byte[]>> SecretsAsync() => SecretsAsync(Source);

    /// <summary>Link keys and intake secret, as a start finds or makes them.</summary>
    private async Task<IReadOnlyList<byte[]>> SecretsAsync(SecretsKeySource source, SqliteCaseStore? store = null)
    {
        store ??= _store;
        var records = new SealedRecords(store, await source.LoadAsync(store, Data, CancellationToken.None));
        var links = await StoredSecrets.LinkKeysAsync(records, Now, CancellationToken.None);
        return [links.Current, await StoredSecrets.IntakeSecretAsync(records, CancellationToken.None)];
    }

    private string[] Lines() => [.. File.ReadAllLines(KeyFile).Where(line => !line.StartsWith('#'))];
}
