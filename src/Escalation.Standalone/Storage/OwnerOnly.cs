namespace Escalation.Standalone.Storage;

/// <summary>
/// Files (0600) and folders (0700) for nobody but their owner. On Windows a folder's own permissions hold: nothing is set, and nothing is
/// looked at.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder where there is none. One that is there stays as it is.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, FolderMode);
    }

    /// <summary>Makes an empty file where there is none. One that is there keeps its content and its mode.</summary>
    public static void MakeFile(string path) => Open(path, FileShare.ReadWrite | FileShare.Delete).Dispose();

    /// <summary>Opens for reading and writing; makes the file where there is none.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var how = new FileStreamOptions
        {
            Mode = System.IO.FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = FileMode;
        return new FileStream(path, how);
    }

    /// <summary>
    /// The given files and folders, and the files directly in those folders, that others may read, write or enter. None on Windows.
    /// </summary>
    public static IReadOnlyList<string> OpenToOthers(params IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? WithFiles(path) : [path]).Where(IsOpen)];

    private static IEnumerable<string> WithFiles(string folder) =>
        Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Prepend(folder);

    private static bool IsOpen(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, as a write-ahead log goes; or in a folder that is closed to us too.
            return false;
        }
    }
}
