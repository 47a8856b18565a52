using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>A copy of a database in one file, as it was at one instant, made while others write to it.</summary>
internal static class Backup
{
    /// <summary>The target appears only when whole, and is its owner's alone.</summary>
    /// <exception cref="StoreException">The target exists, or cannot be written; or there is no database to copy.</exception>
    public static Task CopyAsync(string database, string target, CancellationToken cancel) =>
        Task.Run(() => Copy(database, Path.GetFullPath(target), cancel), cancel);

    private static void Copy(string database, string target, CancellationToken cancel)
    {
        if (!File.Exists(database))
            throw new StoreException($"There is no database at {database}.");
        if (Path.Exists(target))
            throw new StoreException($"{target} exists already: a backup overwrites nothing.");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new StoreException($"{target} cannot be written: its folder does not exist.");

        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        try
        {
            CopyPages(database, partial);
            cancel.ThrowIfCancellationRequested();
            File.Move(partial, target, overwrite: false);
        }
        catch (Exception refused) when (refused is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{database} could not be copied to {target}: {refused.Message}", refused);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void CopyPages(string database, string partial)
    {
        OwnerOnly.MakeFile(partial);
        using var source = Connections.OpenReader(database);
        var text = new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false };
        using var copy = new SqliteConnection(text.ToString());
        copy.Open();
        source.BackupDatabase(copy);
    }
}
