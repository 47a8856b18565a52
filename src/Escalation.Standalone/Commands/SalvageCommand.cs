using System.CommandLine;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>salvage</c>: a new database of what can be read of a damaged one.</summary>
internal sealed class SalvageCommand : DetailedCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The new database" };

    private readonly Option<string> _from = new("--from")
    {
        Description = "A file that 'backup' made: escalations that cannot be read are taken from it, as they were then",
        HelpName = "BACKUP",
    };

    public SalvageCommand()
        : base(
            "salvage",
            "Make a new database of what can be read of a damaged one, and of a backup what cannot",
            """
            Neither the damaged database nor the backup is changed; FILE must not exist. Says what was taken from where.
            Ends with 1 when something could be read nowhere: FILE is made without it. Afterwards move escalation.db and
            what begins with its name out of the data folder, put FILE in its place, and start the host. The host must
            not be running.
            """
        )
    {
        Add(_file);
        Add(_from);
        Add(Data);
        SetAction(SalvageAsync);
    }

    /// <exception cref="HostFault">Something could be read nowhere: the new database is made all the same.</exception>
    private async Task SalvageAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (folder, target) = (parsed.GetRequiredValue(Data), Path.GetFullPath(parsed.GetRequiredValue(_file)));
        var backup = parsed.GetValue(_from);
        var output = parsed.InvocationConfiguration.Output;
        var saved = Salvage.Run(folder, target, backup is null ? null : Path.GetFullPath(backup));
        await output.WriteLineAsync($"{target} has {saved.Cases} escalations.");
        if (saved.FromBackup.Count > 0)
            await output.WriteLineAsync(
                $"As the backup had them, without what was recorded since: {string.Join(", ", saved.FromBackup)}."
            );
        await output.WriteLineAsync(
            $"Move {DataFolder.DatabaseIn(folder)} and what begins with its name out of the folder, "
                + "put the new file in its place, and start the host."
        );
        if (string.Join(", ", saved.Lost.Concat(saved.RecordsLost)) is { Length: > 0 } lost)
            throw new HostFault($"Could be read nowhere, and is not in the new file: {lost}.");
    }
}
