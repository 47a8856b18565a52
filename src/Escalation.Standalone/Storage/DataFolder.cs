namespace Escalation.Standalone.Storage;

/// <summary>A data folder claimed by this process. The claim is a file held open; it ends with the process, however that ends.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "escalation.lock";

    // Sharing and lock violation on Windows; EWOULDBLOCK on Linux and macOS.
    private static readonly int[] HeldElsewhere = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    private readonly FileStream _claim;

    private DataFolder(string path, FileStream claim)
    {
        Path = path;
        _claim = claim;
    }

    public string Path { get; }

    public string Database => DatabaseIn(Path);

    public static string DatabaseIn(string folder) => System.IO.Path.Combine(folder, "escalation.db");

    /// <summary>
    /// Makes the folder if there is none, and claims it. What is made here is its owner's alone; what is there already stays as it is.
    /// </summary>
    /// <exception cref="StoreException">The folder cannot be made or written, or another process holds it.</exception>
    public static DataFolder Claim(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            OwnerOnly.MakeFolder(path);
            var claim = OwnerOnly.Open(System.IO.Path.Combine(path, LockName), FileShare.None);
            return new DataFolder(path, claim);
        }
        catch (IOException refused) when (HeldElsewhere.Contains(refused.HResult))
        {
            throw new StoreException($"The data folder {path} is in use by another process.", refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder {path} cannot be made or written: {refused.Message}", refused);
        }
    }

    public void Dispose() => _claim.Dispose();
}
