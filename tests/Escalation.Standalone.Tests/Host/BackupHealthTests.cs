using Escalation.Standalone.Health;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Health;

namespace Escalation.Standalone.Tests.Host;

public sealed class BackupHealthTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, HealthState.Well)]
    [InlineData(-3, HealthState.Well)]
    [InlineData(48, HealthState.Well)]
    [InlineData(49, HealthState.Look)]
    [InlineData(192, HealthState.Look)]
    [InlineData(193, HealthState.Act)]
    public void A_backup_is_the_worse_the_older_it_is(int hoursAgo, HealthState state)
    {
        var line = BackupHealth.Line(new LastBackup(Now.AddHours(-hoursAgo), "/elsewhere/copy.db"), Now);

        Assert.Equal((state, state == HealthState.Well), (line.State, line.ToDo is null));
        Assert.EndsWith(", to /elsewhere/copy.db", line.Figure, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_backup_there_is_something_to_do()
    {
        Assert.Null(LastBackup.Read(_folder.Path));
        var line = BackupHealth.Line(null, Now);
        Assert.Equal((HealthState.Look, "None is known"), (line.State, line.Figure));
        Assert.NotNull(line.ToDo);
    }

    [Fact]
    public void The_last_note_is_read_back_and_what_is_no_note_is_none()
    {
        Assert.True(new LastBackup(Now.AddDays(-1), "/elsewhere/first.db").Note(_folder.Path));
        Assert.True(new LastBackup(Now, "/elsewhere/second.db").Note(_folder.Path));
        Assert.Equal(new LastBackup(Now, "/elsewhere/second.db"), LastBackup.Read(_folder.Path));
        Assert.Single(Directory.GetFiles(_folder.Path));

        File.WriteAllText(_folder["last-backup.txt"], "nonsense");
        Assert.Null(LastBackup.Read(_folder.Path));
        Assert.False(new LastBackup(Now, "/x").Note(_folder["nowhere"]));
    }

    [Fact]
    public async Task A_backup_is_noted_when_it_was_made_and_one_that_failed_changes_no_note()
    {
        var data = _folder["data"];
        await SqliteCaseStore.Open(data).DisposeAsync();
        await File.WriteAllTextAsync(_folder["taken.db"], "mine");
        string[] refused = [_folder["taken.db"], _folder["nowhere/copy.db"]];

        foreach (var file in refused)
            Assert.Equal(1, await BackUpAsync(file));
        Assert.Null(LastBackup.Read(data));

        Assert.Equal(0, await BackUpAsync(_folder["copy.db"]));
        var made = LastBackup.Read(data);
        Assert.Equal(_folder["copy.db"], made?.File);
        foreach (var file in refused)
            Assert.Equal(1, await BackUpAsync(file));
        Assert.Equal(made, LastBackup.Read(data));

        async Task<int> BackUpAsync(string file) => (await HostProcess.RunAsync(["backup", file, "--data", data])).Code;
    }
}
