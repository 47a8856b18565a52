using System.CommandLine;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary><c>keys revoke</c>, on a data folder that no host is using.</summary>
internal sealed class KeysRevokeCommand : DetailedCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Which, as the list names it" };

    public KeysRevokeCommand()
        : base("revoke", "Make an access key useless", "The ID is in the list. The host must not be running.")
    {
        Add(_id);
        Add(Data);
        SetAction(RevokeAsync);
    }

    private async Task RevokeAsync(ParseResult parsed, CancellationToken cancel)
    {
        var id = parsed.GetRequiredValue(_id);
        var output = parsed.InvocationConfiguration.Output;
        await using var store = SqliteCaseStore.Open(parsed.GetRequiredValue(Data));
        if (!await new AccessKeys(store, TimeProvider.System).RevokeAsync(id, cancel))
            throw new HostFault($"There is no key '{id}'.");
        await output.WriteLineAsync($"{id} is revoked.");
        if (id is FirstKeys.AdministratorId or FirstKeys.IntakeId)
            await output.WriteLineAsync(
                "A key that ESCALATION_STAFF_KEY or ESCALATION_INTAKE_KEY sets returns at the next start: "
                    + "change the variable too."
            );
    }
}
