using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>salvage</c>: a new database of what can be read of a damaged one.</summary>
internal static class SalvageCommand
{
    /// <exception cref="HostFault">Something could be read nowhere: the new database is made all the same.</exception>
    public static async Task RunAsync(Invocation.Call call, TextWriter output)
    {
        var target = Path.GetFullPath(call.Operands[0]);
        var backup = call.Options.GetValueOrDefault("--from");
        var saved = Salvage.Run(call.Data, target, backup is null ? null : Path.GetFullPath(backup));
        await output.WriteLineAsync($"{target} has {saved.Cases} escalations.");
        if (saved.FromBackup.Count > 0)
            await output.WriteLineAsync(
                $"As the backup had them, without what was recorded since: {string.Join(", ", saved.FromBackup)}."
            );
        await output.WriteLineAsync(
            $"Move {DataFolder.DatabaseIn(call.Data)} and what begins with its name out of the folder, put the new file in its place, "
                + "and start the host."
        );
        if (string.Join(", ", saved.Lost.Concat(saved.RecordsLost)) is { Length: > 0 } lost)
            throw new HostFault($"Could be read nowhere, and is not in the new file: {lost}.");
    }
}
