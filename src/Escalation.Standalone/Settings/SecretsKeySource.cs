using Escalation.Standalone.Storage;
using Escalation.Web.Secrets;

namespace Escalation.Standalone.Settings;

/// <summary>
/// Where the key comes from that protects the secrets in the data folder: a setting, or a file outside the data folder, which is made at
/// the first start. Either may hold several: the first one seals, the others open what was sealed before.
/// </summary>
/// <param name="Given">The setting's text; null: the file counts.</param>
/// <param name="File">The full path.</param>
public sealed record SecretsKeySource(string? Given, string File)
{
    private const string Setting = $"{HostSettings.Prefix}SECRETS_KEY",
        FileSetting = $"{HostSettings.Prefix}SECRETS_KEY_FILE";
    private const string Shape = "32 random bytes in base64, as 'openssl rand -base64 32' prints them";
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    /// <summary>The file and what is kept beside it from before a renewal, where they count and are there.</summary>
    public IReadOnlyList<string> Files =>
        Given is null && System.IO.File.Exists(File)
            ?
            [
                .. Directory
                    .EnumerateFiles(Path.GetDirectoryName(File)!, $"{Path.GetFileName(File)}*")
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>For people.</summary>
    public string Where => Given is null ? File : Setting;

    internal static SecretsKeySource Read(IConfiguration configuration, List<string> faults)
    {
        var given = configuration["SECRETS_KEY"] is { Length: > 0 } text ? text : null;
        if (given is not null && Parse(given) is null)
            faults.Add($"SECRETS_KEY must be {Shape}");
        var file = configuration["SECRETS_KEY_FILE"] is { Length: > 0 } set ? set : DefaultFile();
        return new SecretsKeySource(given, Path.GetFullPath(file));
    }

    /// <summary>
    /// The keys. Makes one where none is there and nothing was sealed yet; seals with the first what lies in the store under one before,
    /// or in clear, as older programs left it.
    /// </summary>
    /// <param name="folder">The data folder, for the messages.</param>
    /// <exception cref="HostFault">The key that the store's secrets were sealed with is not here: what to do about it.</exception>
    public async Task<SecretsKeys> LoadAsync(SqliteCaseStore store, string folder, CancellationToken cancel)
    {
        var needed = await SealedRecords.SealedByAsync(store, cancel);
        var found = Find(folder);
        if (found is null && needed.Count > 0)
            throw Missing(folder, needed, $"{File} does not exist");
        var keys = WithKept(found ?? Make(), needed);
        if (needed.Except(keys.Names).Any())
            throw Missing(folder, needed, $"{Where} holds the key {string.Join(" and ", keys.Names)}");
        if (await new SealedRecords(store, keys).SealAnewAsync(cancel) > 0)
            await store.EmptyLogAsync(cancel);
        return keys;
    }

    /// <summary>As <see cref="LoadAsync"/>, also where a key is missing; seals nothing.</summary>
    public async Task<SecretsKeys> LoadAnywayAsync(SqliteCaseStore store, string folder, CancellationToken cancel) =>
        WithKept(Find(folder) ?? Make(), await SealedRecords.SealedByAsync(store, cancel));

    /// <summary>
    /// A new key, with which everything is sealed anew. Cut off anywhere, it is run again. The key before stays beside the file, where it
    /// is found when a backup made before is restored, or another data folder is started.
    /// </summary>
    /// <returns>The new keys, and the file that holds the key before.</returns>
    /// <exception cref="HostFault">The key is a setting's: it is whoever sets it who renews it.</exception>
    public async Task<(SecretsKeys Keys, string Before)> RenewAsync(
        SqliteCaseStore store,
        string folder,
        CancellationToken cancel
    )
    {
        if (Given is not null)
            throw new HostFault(
                $"{Setting} holds the key: put a new one before the present one, separated by a comma, and start the host once; "
                    + "then take the old one away."
            );
        var before = KeptFile((await LoadAsync(store, folder, cancel)).Name);
        try
        {
            var (old, renewed) = (ReadKeys(File), SecretsKeys.NewKey());
            Write(before, old, overwrite: true);
            Write(File, [renewed, .. old], overwrite: true);
            await new SealedRecords(store, new SecretsKeys([renewed, .. old])).SealAnewAsync(cancel);
            Write(File, [renewed], overwrite: true);
            return (new SecretsKeys(renewed), before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault($"cannot be renewed, and nothing is lost; run this again: {e.Message}", e);
        }
    }

    private IReadOnlyList<byte[]>? Find(string folder)
    {
        if (Given is not null)
            return Parse(Given);
        if (
            File.StartsWith(
                Path.Join(Path.GetFullPath(folder), Path.DirectorySeparatorChar.ToString()),
                StringComparison.Ordinal
            )
        )
            throw Fault($"must not lie in the data folder that it protects: set {FileSetting} to another place.", null);
        return System.IO.File.Exists(File) ? ReadKeys(File) : null;
    }

    /// <summary>The keys, and those kept beside the file from before a renewal that are needed still.</summary>
    private SecretsKeys WithKept(IReadOnlyList<byte[]> present, IReadOnlySet<string> needed)
    {
        var kept = needed.Except(present.Select(SecretsKeys.NameOf)).Select(KeptFile);
        return new SecretsKeys([
            .. present,
            .. kept.Where(file => Given is null && System.IO.File.Exists(file)).SelectMany(ReadKeys),
        ]);
    }

    private string KeptFile(string name) => $"{File}.{name}";

    private IReadOnlyList<byte[]> Make()
    {
        try
        {
            OwnerOnly.MakeFolder(Path.GetDirectoryName(File)!);
            Write(File, [SecretsKeys.NewKey()], overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            // Another process was first: its key is as good.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(
                $"cannot be made ({e.Message}): set {FileSetting} to a place outside the data folder that can be written.",
                e
            );
        }
        return ReadKeys(File);
    }

    private IReadOnlyList<byte[]> ReadKeys(string file)
    {
        try
        {
            return Parse(System.IO.File.ReadAllText(file))
                ?? throw new HostFault(
                    $"{file} is no secrets key: each line that does not begin with # must be {Shape}."
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault($"cannot be read: {e.Message}", e);
        }
    }

    private HostFault Fault(string what, Exception? inner) =>
        new($"The secrets key {File} {what}".ReplaceLineEndings(" "), inner);

    private static HostFault Missing(string folder, IEnumerable<string> needed, string instead) =>
        new(
            $"The secrets in {Path.GetFullPath(folder)} were sealed with the key "
                + $"{string.Join(" and ", needed.Order(StringComparer.Ordinal))}, but {instead}. "
                + $"Put that key back, or say where it is with {FileSetting} or {Setting}. Nothing was changed. "
                + "Only if it is lost: 'keys replace-lost' makes the secrets anew, and links in emails sent so far stop working."
        );

    /// <summary>The file appears only when whole, and on the disk.</summary>
    private static void Write(string file, IEnumerable<byte[]> keys, bool overwrite)
    {
        var partial = $"{file}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var stream = OwnerOnly.Open(partial, FileShare.None))
            {
                using var text = new StreamWriter(stream, leaveOpen: true);
                text.WriteLine(
                    "# Protects the secrets of Escalation's data folder. Keep a copy, and keep it apart from the backups."
                );
                foreach (var key in keys)
                    text.WriteLine(Convert.ToBase64String(key));
                text.Flush();
                stream.Flush(flushToDisk: true);
            }
            System.IO.File.Move(partial, file, overwrite);
        }
        finally
        {
            System.IO.File.Delete(partial);
        }
    }

    /// <summary>Null: not a key among them, or not every one of them is one.</summary>
    private static IReadOnlyList<byte[]>? Parse(string text)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith('#'));
        var keys = lines
            .SelectMany(line => line.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            .Select(Key)
            .ToList();
        return keys.Count > 0 && keys.All(k => k.Length == SecretsKeys.Length) ? keys : null;
    }

    private static byte[] Key(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    /// <summary>In the configuration folder of whoever runs the program: <c>~/.config/escalation/secrets.key</c> on Linux.</summary>
    private static string DefaultFile()
    {
        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        );
        return Path.Combine(folder, "escalation", "secrets.key");
    }
}
