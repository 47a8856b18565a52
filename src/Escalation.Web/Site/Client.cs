using System.Net;

namespace Escalation.Web.Site;

/// <summary>Whom a limit counts as one client.</summary>
internal static class Client
{
    /// <summary>
    /// An IPv4 address, also where it is written as IPv6; of an IPv6 address its /64 network, whose addresses one customer has to choose
    /// from.
    /// </summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes, 0, bytes.Length == 16 ? 8 : bytes.Length);
    }
}
