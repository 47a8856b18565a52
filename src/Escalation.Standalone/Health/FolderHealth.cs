using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Health;

namespace Escalation.Standalone.Health;

/// <summary>Whether other users of this machine can get at the data folder, or at the key that protects its secrets.</summary>
internal sealed class FolderHealth(RunOptions options, HostSettings settings) : IHostHealth
{
    private const string What = "Data folder";

    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(Line(OwnerOnly.OpenToOthers([Path.GetFullPath(options.Data), .. settings.SecretsKey.Files])));

    internal static HealthLine Line(IReadOnlyList<string> open) =>
        open.Count == 0
            ? new(What, HealthState.Well, "Only its owner may read it")
            : new(
                What,
                HealthState.Act,
                $"Open to other users of this machine: {string.Join(", ", open)}",
                $"Run {HowToClose(open)}"
            );

    /// <summary>The command that takes every right from others.</summary>
    internal static string HowToClose(IReadOnlyList<string> open) =>
        $"chmod go-rwx {string.Join(' ', open.Select(path => $"'{path}'"))}";
}
