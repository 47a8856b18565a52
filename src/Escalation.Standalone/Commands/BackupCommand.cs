using System.CommandLine;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary>
/// <c>backup</c>, whether or not a host is running on the folder. The health page says when it was last done.
/// </summary>
internal sealed class BackupCommand : DetailedCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The new file" };

    public BackupCommand()
        : base(
            "backup",
            "Copy the database to a new file; the host may be running",
            """
            The file must not exist. To restore: put it into an empty data folder as escalation.db, on a machine that
            has the secrets key (ESCALATION_SECRETS_KEY or its file), which no backup holds.
            """
        )
    {
        Add(_file);
        Add(Data);
        SetAction(BackUpAsync);
    }

    private async Task BackUpAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (folder, file) = (parsed.GetRequiredValue(Data), Path.GetFullPath(parsed.GetRequiredValue(_file)));
        await SqliteCaseStore.BackupAsync(folder, file, cancel);
        if (!new LastBackup(TimeProvider.System.GetUtcNow(), file).Note(folder))
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                "The backup is whole. That it was made could not be noted in the data folder, "
                    + "so the health page will not say so."
            );
    }
}
