using System.Globalization;

namespace Escalation.Standalone.Storage;

/// <summary>
/// When the database was last backed up by the program, and to which file: a note beside the database, because whoever
/// backs up while a host runs may not write into its database.
/// </summary>
/// <param name="At">UTC, by the machine's clock.</param>
/// <param name="File">The full path.</param>
internal sealed record LastBackup(DateTimeOffset At, string File)
{
    /// <summary>Null: none is known, or the note cannot be read.</summary>
    public static LastBackup? Read(string folder)
    {
        try
        {
            var lines = System.IO.File.ReadAllLines(NoteIn(folder));
            return
                lines is [var at, var file]
                && DateTimeOffset.TryParseExact(
                    at,
                    "O",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var instant
                )
                ? new(instant, file)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>False when the folder cannot be written by whoever backs up: the backup is none the worse.</summary>
    public bool Note(string folder)
    {
        var partial = $"{NoteIn(folder)}.{Guid.NewGuid():N}.partial";
        try
        {
            OwnerOnly.MakeFile(partial);
            System.IO.File.WriteAllLines(
                partial,
                [At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), File]
            );
            System.IO.File.Move(partial, NoteIn(folder), overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NoteIn(string folder) => Path.Combine(folder, "last-backup.txt");
}
