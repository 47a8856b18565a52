using System.Security.Cryptography;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Secrets;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary>
/// <c>keys add</c>, <c>list</c>, <c>revoke</c>, <c>rotate</c> and <c>replace-lost</c>, on a data folder that no host is using.
/// </summary>
internal static class KeyCommands
{
    public static async Task AddAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(call.Data);
        var key = new AccessKey(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            call.Options.GetValueOrDefault("--role", ""),
            call.Options.GetValueOrDefault("--partnership"),
            call.Options.GetValueOrDefault("--agency"),
            call.Options.GetValueOrDefault("--name", "")
        );
        if (key.Fault() is { } fault)
            throw new HostFault($"No key was made. {fault}");
        var text = await new AccessKeys(store, TimeProvider.System).AddAsync(key, null, cancel);
        await output.WriteLineAsync($"{key.Id}  {Described(key)}");
        await output.WriteLineAsync($"Key (shown only now): {text}");
    }

    public static async Task ListAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(call.Data);
        foreach (var key in await new AccessKeys(store, TimeProvider.System).ListAsync(cancel))
            await output.WriteLineAsync($"{key.Id}  {Described(key)}");
    }

    public static async Task RevokeAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(call.Data);
        if (!await new AccessKeys(store, TimeProvider.System).RevokeAsync(call.Operands[0], cancel))
            throw new HostFault($"There is no key '{call.Operands[0]}'.");
        await output.WriteLineAsync($"{call.Operands[0]} is revoked.");
        if (call.Operands[0] is "administrator" or "intake")
            await output.WriteLineAsync(
                "A key that ESCALATION_STAFF_KEY or ESCALATION_INTAKE_KEY sets returns at the next start: change the variable too."
            );
    }

    /// <summary>Renews one kind of secret; none is renewed when the kind is not known.</summary>
    public static async Task RotateAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        Func<SqliteCaseStore, SecretsKeySource, Task<string>> rotate = call.Operands[0] switch
        {
            "links" => (store, source) => RotateLinksAsync(store, source, call.Data, cancel),
            "cookies" => (store, _) => RotateCookiesAsync(store, cancel),
            "intake" => (store, source) => RotateIntakeAsync(store, source, call.Data, cancel),
            "secrets" => (store, source) => RotateSecretsAsync(store, source, call.Data, cancel),
            var kind => throw new HostFault($"There is no kind of secret '{kind}': links, cookies, intake or secrets."),
        };
        var source = HostSettings.ReadSecretsKey();
        await using var store = SqliteCaseStore.Open(call.Data);
        await output.WriteLineAsync(await rotate(store, source));
    }

    /// <summary>Only what no key here opens is made anew; the next start makes it.</summary>
    public static async Task ReplaceLostAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        var source = HostSettings.ReadSecretsKey();
        await using var store = SqliteCaseStore.Open(call.Data);
        var records = new SealedRecords(store, await source.LoadAnywayAsync(store, call.Data, cancel));
        var removed = await records.RemoveLostAsync(cancel);
        if (removed == 0)
            throw new HostFault($"Nothing is lost: {source.Where} opens every secret in the data folder.");
        await KeySignIn.SignEverybodyOutAsync(store, cancel);
        var open = (await store.CountsAsync(null, TimeProvider.System.GetUtcNow(), cancel)).Open;
        await output.WriteLineAsync(
            $"{removed} secrets that no key here opens were removed; the next start makes new ones. Everybody signs in anew."
        );
        await output.WriteLineAsync(
            $"Links in emails sent so far do not work any more: send the emails of the {open} open escalations again, from their pages."
        );
    }

    private static async Task<string> RotateLinksAsync(
        SqliteCaseStore store,
        SecretsKeySource source,
        string folder,
        CancellationToken cancel
    )
    {
        var records = new SealedRecords(store, await source.LoadAsync(store, folder, cancel));
        var inTheWay = await StoredSecrets.RotateLinkKeysAsync(store, records, TimeProvider.System.GetUtcNow(), cancel);
        return inTheWay == 0
            ? "New links are signed with a new key. Links under the one before it go on working until the next rotation."
            : throw new HostFault(
                $"Nothing was rotated: {inTheWay} open stages began before the last rotation, so that their links would lapse. "
                    + "Try again once they have moved on."
            );
    }

    private static async Task<string> RotateCookiesAsync(SqliteCaseStore store, CancellationToken cancel)
    {
        await KeySignIn.SignEverybodyOutAsync(store, cancel);
        return "Sign-in cookies get a new key at the next start. Everybody signs in anew.";
    }

    private static async Task<string> RotateIntakeAsync(
        SqliteCaseStore store,
        SecretsKeySource source,
        string folder,
        CancellationToken cancel
    )
    {
        var records = new SealedRecords(store, await source.LoadAsync(store, folder, cancel));
        await StoredSecrets.RenewIntakeSecretAsync(records, cancel);
        return "The intake secret is new. An opening from before now that is sent again opens a second case, "
            + "and is not flagged as a possible duplicate.";
    }

    private static async Task<string> RotateSecretsAsync(
        SqliteCaseStore store,
        SecretsKeySource source,
        string folder,
        CancellationToken cancel
    )
    {
        var (keys, before) = await source.RenewAsync(store, folder, cancel);
        return $"The secrets are sealed with the key {keys.Name} of {source.Where}: keep a copy, apart from the backups. "
            + $"Backups made before now are opened with the key before, in {before}: keep it there as long as you keep them.";
    }

    private static string Described(AccessKey key) =>
        string.Join("  ", new[] { key.Role, key.Partnership, key.Agency, key.Name }.Where(part => part is not null));
}
