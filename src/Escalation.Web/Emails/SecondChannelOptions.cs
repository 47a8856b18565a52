using System.Net;
using System.Net.Sockets;

namespace Escalation.Web.Emails;

/// <summary>Where the second channel posts its messages.</summary>
public sealed record SecondChannelOptions
{
    /// <summary>A webhook of Teams, Slack or anything that takes JSON; null: the log alone.</summary>
    public Uri? Url { get; init; }

    public WebhookFormat Format { get; init; }

    /// <summary>Hosts that may resolve to addresses of the inside.</summary>
    public IReadOnlyList<string> Inside { get; init; } = [];

    /// <summary>From connecting to the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <param name="setting">Gives a setting of the section <c>Webhook</c>; null where it is not set.</param>
    /// <param name="fault">Is told of every setting that is wrong: its name and what it must be.</param>
    public static SecondChannelOptions Read(Func<string, string?> setting, Action<string, string> fault)
    {
        WebhookFormat? format = setting("Format")?.ToLowerInvariant() switch
        {
            null or "json" => WebhookFormat.Json,
            "teams" => WebhookFormat.Teams,
            _ => null,
        };
        if (format is null)
            fault("Webhook:Format", "must be json or teams");
        Uri? url = null;
        if (
            setting("Url") is { } text
            && (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("https" or "http"))
        )
            fault("Webhook:Url", "must be an https address");
        var inside =
            setting("Inside")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (url?.Scheme == "http" && !inside.Contains(url.Host, StringComparer.OrdinalIgnoreCase))
            fault("Webhook:Url", "must be an https address, unless Webhook:Inside lists its host");
        return new SecondChannelOptions
        {
            Url = url,
            Format = format ?? WebhookFormat.Json,
            Inside = inside,
        };
    }

    /// <summary>
    /// Whether a connection to this address of the webhook's host is allowed: to the outside, or to a host that is listed.
    /// </summary>
    public bool Allows(string host, IPAddress address) =>
        Inside.Contains(host, StringComparer.OrdinalIgnoreCase) || !IsInside(address);

    /// <summary>Loopback, link-local (a cloud's metadata service is there), private, shared, multicast and unspecified addresses.</summary>
    private static bool IsInside(IPAddress address)
    {
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (
            IPAddress.IsLoopback(ip)
            || ip.IsIPv6LinkLocal
            || ip.IsIPv6UniqueLocal
            || ip.IsIPv6SiteLocal
            || ip.IsIPv6Multicast
            || ip.Equals(IPAddress.IPv6Any)
        )
            return true;
        if (ip.AddressFamily is not AddressFamily.InterNetwork)
            return false;
        var b = ip.GetAddressBytes();
        return b[0] is 0 or 10 or >= 224
            || (b[0], b[1]) is (169, 254) or (192, 168) or (172, >= 16 and <= 31) or (100, >= 64 and <= 127);
    }
}

public enum WebhookFormat
{
    /// <summary>The message's fields, with <c>text</c>: Slack shows that too.</summary>
    Json,

    /// <summary>A card, as a Teams workflow takes it.</summary>
    Teams,
}
