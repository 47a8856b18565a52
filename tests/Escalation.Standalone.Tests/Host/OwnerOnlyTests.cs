using System.Net;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>What the host keeps is nobody's but its owner's. Windows has no such modes.</summary>
public sealed class OwnerOnlyTests : IDisposable
{
    private const UnixFileMode File0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        Folder0700 = File0600 | UnixFileMode.UserExecute;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_data_folder_with_its_files_a_backup_and_the_secrets_key_are_their_owner_s_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var key = _folder["config/escalation/secrets.key"];
        await using var host = await HostProcess.StartAsync(
            _folder["data"],
            ["--demo"],
            [("ESCALATION_SECRETS_KEY_FILE", key)]
        );
        Assert.Equal(0, (await HostProcess.RunAsync(["backup", _folder["copy.db"], "--data", _folder["data"]])).Code);

        Assert.Equal(Folder0700, File.GetUnixFileMode(_folder["data"]));
        var files = Directory.GetFiles(_folder["data"]).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(
            ["escalation.db", "escalation.db-shm", "escalation.db-wal", "escalation.lock", "last-backup.txt"],
            files
        );
        foreach (var file in files)
            Assert.Equal(File0600, File.GetUnixFileMode(Path.Combine(_folder["data"], file!)));
        Assert.Equal(File0600, File.GetUnixFileMode(_folder["copy.db"]));
        Assert.Equal(Folder0700, File.GetUnixFileMode(_folder["config/escalation"]));
        Assert.Equal(File0600, File.GetUnixFileMode(key));
        Assert.DoesNotContain("Open to other users", host.Output, StringComparison.Ordinal);
        Assert.Contains("Only its owner may read it", await HealthAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_folder_or_key_that_is_open_to_others_is_warned_of_in_the_log_and_on_the_health_page_until_it_is_closed()
    {
        if (OperatingSystem.IsWindows())
            return;
        var (data, key) = (_folder["da ta"], _folder["secrets.key"]);
        Assert.Equal(0, (await HostProcess.RunAsync(["keys", "list", "--data", data])).Code);
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
        File.SetUnixFileMode(data, Folder0700 | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        File.SetUnixFileMode(Path.Combine(data, StoreFile.Name), File0600 | UnixFileMode.OtherRead);
        File.SetUnixFileMode(key, File0600 | UnixFileMode.GroupRead);

        await using var host = await HostProcess.StartAsync(data, [], [("ESCALATION_SECRETS_KEY_FILE", key)]);
        // SQLite gives its log the mode of its database.
        string[] open =
        [
            data,
            .. ((string[])["", "-shm", "-wal"]).Select(end => Path.Combine(data, StoreFile.Name + end)),
            key,
        ];
        var command = $"chmod go-rwx {string.Join(' ', open.Select(path => $"'{path}'"))}";
        await host.SaysAsync("Open to other users of this machine");
        Assert.Contains(command, host.Output, StringComparison.Ordinal);
        Assert.Contains(command, await HealthAsync(host), StringComparison.Ordinal);

        foreach (var path in open)
            File.SetUnixFileMode(path, path == data ? Folder0700 : File0600);
        Assert.Contains("Only its owner may read it", await HealthAsync(host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Every_right_of_somebody_else_counts(UnixFileMode right)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(_folder["file"], "");
        File.SetUnixFileMode(_folder["file"], File0600);
        Assert.Empty(OwnerOnly.OpenToOthers([_folder.Path, _folder["file"], _folder["nowhere"]]));
        File.SetUnixFileMode(_folder["file"], File0600 | right);
        Assert.Equal([_folder["file"]], OwnerOnly.OpenToOthers([_folder.Path]));
    }

    private static async Task<string> HealthAsync(HostProcess host) =>
        WebUtility.HtmlDecode(await host.Client.GetStringAsync("/health"));
}
