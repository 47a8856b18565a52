using System.CommandLine;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Secrets;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary><c>keys rotate</c>, on a data folder that no host is using.</summary>
internal sealed class KeysRotateCommand : DetailedCommand
{
    private readonly Argument<string> _kind = new("KIND") { Description = "links, cookies, intake or secrets" };

    public KeysRotateCommand()
        : base(
            "rotate",
            "Renew one of the host's own secrets: links, cookies, intake or secrets",
            """
            links    sign emailed links with a new key; the present one is accepted until the next rotation.
                     Refused while an open stage may have links under the key that would be retired
            cookies  a new key for sign-in cookies: everybody signs in anew
            intake   a new intake secret: which openings are repeats of earlier ones is forgotten
            secrets  a new secrets key, which the others are sealed with. The one before is kept beside it, for backups
            The host must not be running.
            """
        )
    {
        Add(_kind);
        Add(Data);
        SetAction(RotateAsync);
    }

    /// <summary>Renews one kind of secret; none is renewed when the kind is not known.</summary>
    private async Task RotateAsync(ParseResult parsed, CancellationToken cancel)
    {
        var folder = parsed.GetRequiredValue(Data);
        Func<SqliteCaseStore, SecretsKeySource, Task<string>> rotate = parsed.GetRequiredValue(_kind) switch
        {
            "links" => (store, source) => RotateLinksAsync(store, source, folder, cancel),
            "cookies" => (store, _) => RotateCookiesAsync(store, cancel),
            "intake" => (store, source) => RotateIntakeAsync(store, source, folder, cancel),
            "secrets" => (store, source) => RotateSecretsAsync(store, source, folder, cancel),
            var kind => throw new HostFault($"There is no kind of secret '{kind}': links, cookies, intake or secrets."),
        };
        var source = HostSettings.ReadSecretsKey();
        await using var store = SqliteCaseStore.Open(folder);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(await rotate(store, source));
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
            ? "New links are signed with a new key. "
                + "Links under the one before it go on working until the next rotation."
            : throw new HostFault(
                $"Nothing was rotated: {inTheWay} open stages began before the last rotation, "
                    + "so that their links would lapse. Try again once they have moved on."
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
        return $"The secrets are sealed with the key {keys.Name} of {source.Where}: "
            + "keep a copy, apart from the backups. "
            + $"Backups made before now are opened with the key before, in {before}: "
            + "keep it there as long as you keep them.";
    }
}
