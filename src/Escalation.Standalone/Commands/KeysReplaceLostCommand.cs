using System.CommandLine;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Secrets;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary><c>keys replace-lost</c>, on a data folder that no host is using.</summary>
internal sealed class KeysReplaceLostCommand : DetailedCommand
{
    public KeysReplaceLostCommand()
        : base(
            "replace-lost",
            "Make the host's secrets anew when the secrets key is lost",
            """
            Refused while every secret can be opened. Cases, people and access keys stay as they are. Links in emails
            sent so far stop working: send the emails of open escalations again. Everybody signs in anew. The host must
            not be running.
            """
        )
    {
        Add(Data);
        SetAction(ReplaceAsync);
    }

    /// <summary>Only what no key here opens is made anew; the next start makes it.</summary>
    private async Task ReplaceAsync(ParseResult parsed, CancellationToken cancel)
    {
        var folder = parsed.GetRequiredValue(Data);
        var output = parsed.InvocationConfiguration.Output;
        var source = HostSettings.ReadSecretsKey();
        await using var store = SqliteCaseStore.Open(folder);
        var records = new SealedRecords(store, await source.LoadAnywayAsync(store, folder, cancel));
        var removed = await records.RemoveLostAsync(cancel);
        if (removed == 0)
            throw new HostFault($"Nothing is lost: {source.Where} opens every secret in the data folder.");
        await KeySignIn.SignEverybodyOutAsync(store, cancel);
        var open = (await store.CountsAsync(null, TimeProvider.System.GetUtcNow(), cancel)).Open;
        await output.WriteLineAsync(
            $"{removed} secrets that no key here opens were removed; the next start makes new ones. "
                + "Everybody signs in anew."
        );
        await output.WriteLineAsync(
            "Links in emails sent so far do not work any more: "
                + $"send the emails of the {open} open escalations again, from their pages."
        );
    }
}
