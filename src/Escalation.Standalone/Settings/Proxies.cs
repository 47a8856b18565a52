using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Escalation.Standalone.Settings;

/// <summary>Reverse proxies in front of the host.</summary>
internal static partial class Proxies
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>
    /// Takes client and scheme from X-Forwarded-For and X-Forwarded-Proto where the configured proxies say them, and nobody else. Before
    /// everything that looks at either. The host's name is not taken from a header: links begin with the public address.
    /// </summary>
    public static void UseProxies(this WebApplication app, HostSettings settings)
    {
        app.WarnOfUnknownProxies(settings);
        // Without a network to compare with, the framework would believe everybody.
        if (settings.Proxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Once: behind a proxy that is not configured, all visitors count as one client.</summary>
    private static void WarnOfUnknownProxies(this WebApplication app, HostSettings settings)
    {
        var told = 0;
        app.Use(
            (context, next) =>
            {
                if (
                    context.Request.Headers.ContainsKey(ForwardedFor)
                    && !IsKnown(context.Connection.RemoteIpAddress, settings.Proxies)
                    && Interlocked.Exchange(ref told, 1) == 0
                )
                    LogUnknownProxy(app.Logger);
                return next(context);
            }
        );
    }

    private static bool IsKnown(IPAddress? address, IReadOnlyList<System.Net.IPNetwork> proxies) =>
        address is not null
        && proxies.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A request came with X-Forwarded-For from an address that is not in ESCALATION_PROXIES, and the header was not believed. "
            + "If that is your reverse proxy, add its address: until then all who come through it count as one client"
    )]
    private static partial void LogUnknownProxy(ILogger log);
}
