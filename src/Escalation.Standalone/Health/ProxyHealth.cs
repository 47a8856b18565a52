using Escalation.Standalone.Settings;
using Escalation.Web.Health;

namespace Escalation.Standalone.Health;

/// <summary>Whether the reverse proxy that the settings speak of is configured.</summary>
internal sealed class ProxyHealth(RunOptions options, HostSettings settings) : IHostHealth
{
    private const string What = "Reverse proxy";

    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(Line(options.Urls, settings));

    /// <summary>An https address where the host itself listens without TLS needs a proxy.</summary>
    internal static HealthLine Line(IReadOnlyList<string> urls, HostSettings settings)
    {
        if (settings.Proxies.Count > 0)
            return new(What, HealthState.Well, $"Believed: {string.Join(", ", settings.Proxies)}");
        var isNeeded = IsHttps(settings.PublicUrl) && !urls.Any(IsHttps);
        return isNeeded
            ? new(
                What,
                HealthState.Look,
                "None is configured, though the public address is https and this host listens without TLS",
                "Set ESCALATION_PROXIES to the proxy’s address. Until then all who come through it count as one client: "
                    + "one stranger’s wrong keys keep everybody out for a minute."
            )
            : new(What, HealthState.Well, "None");
    }

    private static bool IsHttps(string? url) => url?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
}
