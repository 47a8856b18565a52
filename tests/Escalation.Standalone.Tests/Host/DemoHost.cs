using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The demonstration as a process, one for the tests of a class, its clock at <see cref="Raised"/>.</summary>
public sealed class DemoHost : IAsyncLifetime
{
    /// <summary>UTC.</summary>
    public const string Raised = "2026-12-23T10:00:00Z";

    private readonly TemporaryFolder _folder = new();

    internal HostProcess Host { get; private set; } = null!;

    /// <summary>Name and port, as in an address.</summary>
    public string Authority => Host.Client.BaseAddress!.Authority;

    public async Task InitializeAsync() =>
        Host = await HostProcess.StartAsync(_folder.Path, ["--demo", "--clock", Raised]);

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
