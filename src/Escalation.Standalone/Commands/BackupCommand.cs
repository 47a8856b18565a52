using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>backup</c>, whether or not a host is running on the folder. The health page says when it was last done.</summary>
internal static class BackupCommand
{
    public static async Task RunAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        var file = Path.GetFullPath(call.Operands[0]);
        await SqliteCaseStore.BackupAsync(call.Data, file, cancel);
        if (!new LastBackup(TimeProvider.System.GetUtcNow(), file).Note(call.Data))
            await output.WriteLineAsync(
                "The backup is whole. That it was made could not be noted in the data folder, so the health page will not say so."
            );
    }
}
