using System.Security.Cryptography;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Storage;
using Escalation.Web.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary><c>keys add</c>, <c>list</c>, <c>revoke</c> and <c>rotate-links</c>, on a data folder that no host is using.</summary>
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
            call.Options.GetValueOrDefault("--name", ""));
        if (key.Fault() is { } fault)
            throw new HostFault($"No key was made. {fault}");
        var text = await new AccessKeys(store).AddAsync(key, null, cancel);
        await output.WriteLineAsync($"{key.Id}  {Described(key)}");
        await output.WriteLineAsync($"Key (shown only now): {text}");
    }

    public static async Task ListAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(call.Data);
        foreach (var key in await new AccessKeys(store).ListAsync(cancel))
            await output.WriteLineAsync($"{key.Id}  {Described(key)}");
    }

    public static async Task RevokeAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(call.Data);
        if (!await new AccessKeys(store).RevokeAsync(call.Operands[0], cancel))
            throw new HostFault($"There is no key '{call.Operands[0]}'.");
        await output.WriteLineAsync($"{call.Operands[0]} is revoked.");
        if (call.Operands[0] is "administrator" or "intake")
            await output.WriteLineAsync("A key that ESCALATION_STAFF_KEY or ESCALATION_INTAKE_KEY sets returns at the next start: change the variable too.");
    }

    public static async Task RotateLinksAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(call.Data);
        var inTheWay = await StoredSecrets.RotateLinkKeysAsync(store, TimeProvider.System.GetUtcNow(), cancel);
        if (inTheWay > 0)
            throw new HostFault($"Nothing was rotated: {inTheWay} open stages began before the last rotation, so that their links would lapse. Try again once they have moved on.");
        await output.WriteLineAsync("New links are signed with a new key. Links under the one before it go on working until the next rotation.");
    }

    private static string Described(AccessKey key) =>
        string.Join("  ", new[] { key.Role, key.Partnership, key.Agency, key.Name }.Where(part => part is not null));
}
