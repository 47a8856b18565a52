using System.CommandLine;
using Escalation.Standalone.Storage;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary><c>keys list</c>, on a data folder that no host is using.</summary>
internal sealed class KeysListCommand : DetailedCommand
{
    public KeysListCommand()
        : base("list", "List the access keys, without the keys themselves", "The host must not be running.")
    {
        Add(Data);
        SetAction(ListAsync);
    }

    /// <summary>A key as the list names it: without the key itself.</summary>
    public static string Line(AccessKey key) =>
        string.Join(
            "  ",
            new[] { key.Id, key.Role, key.Partnership, key.Agency, key.Name }.Where(part => part is not null)
        );

    private async Task ListAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var store = SqliteCaseStore.Open(parsed.GetRequiredValue(Data));
        foreach (var key in await new AccessKeys(store, TimeProvider.System).ListAsync(cancel))
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Line(key));
    }
}
