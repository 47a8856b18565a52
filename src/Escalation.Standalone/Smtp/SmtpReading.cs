using System.Globalization;
using System.Net;
using Azure.Core;
using Azure.Identity;
using Escalation.Core.Directory;
using MimeKit;

namespace Escalation.Standalone.Smtp;

/// <summary>Reads the section <c>Smtp</c> of the settings; each fault names the setting and what it must be.</summary>
internal sealed class SmtpReading(IConfigurationSection smtp, List<string> faults)
{
    /// <summary>Null: no email is sent.</summary>
    public SmtpSettings? Read()
    {
        if (Given("Host") is not { } host)
        {
            if (smtp.GetChildren().Any(c => c.Value?.Length > 0))
                faults.Add("Smtp:Host must be set when other Smtp settings are");
            return null;
        }
        var (port, from) = (Port(), From());
        var tls = Tls(host, port);
        return new SmtpSettings(host, port, from)
        {
            Tls = tls,
            SignIn = SignIn(tls),
            Helo = Helo(),
        };
    }

    private int Port()
    {
        var port = 25;
        if (
            Given("Port") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65535)
        )
            faults.Add("Smtp:Port must be a number from 1 to 65535");
        return port;
    }

    /// <summary>Where nothing is set: TLS, as the port is for, except to a mail server on this machine.</summary>
    private SmtpTls Tls(string host, int port)
    {
        switch (Given("Tls"))
        {
            case null when port == 465:
            case "implicit":
                return SmtpTls.Implicit;
            case null when IsThisMachine(host):
            case "none":
                return SmtpTls.None;
            case null:
            case "startTls":
                return SmtpTls.StartTls;
            default:
                faults.Add("Smtp:Tls must be startTls, implicit or none");
                return SmtpTls.StartTls;
        }
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private MailboxAddress From()
    {
        if (
            Given("From") is { } text
            && MailboxAddress.TryParse(text, out var from)
            && EmailAddress.IsUsable(from.Address)
        )
            return from;
        faults.Add("Smtp:From must be an email address, or a name with one: Escalations <escalations@example.org>");
        return new MailboxAddress("", "");
    }

    private string? Helo()
    {
        var helo = Given("Helo");
        if (helo is not null && Uri.CheckHostName(helo) is UriHostNameType.Unknown)
            faults.Add("Smtp:Helo must be a host name");
        return helo;
    }

    private SmtpSignIn? SignIn(SmtpTls tls)
    {
        var (user, password) = (Given("User"), Given("Password"));
        var (tenant, client, secret) = (Given("TenantId"), Given("ClientId"), Given("ClientSecret"));
        if (
            tls is SmtpTls.None
            && (password ?? secret) is not null
            && !string.Equals(Given("PasswordWithoutTls"), "true", StringComparison.OrdinalIgnoreCase)
        )
            faults.Add("Smtp:Tls must not be none where a password is set, unless Smtp:PasswordWithoutTls is true");
        if ((tenant ?? client ?? secret) is null)
        {
            if (user is null != password is null)
                faults.Add("Smtp:User and Smtp:Password must be set together");
            return user is null || password is null ? null : new SmtpSignIn.Password(user, password);
        }
        if (tenant is null || client is null || secret is null || user is null || password is not null)
        {
            faults.Add(
                "Smtp:TenantId, Smtp:ClientId, Smtp:ClientSecret and Smtp:User must be set together, and Smtp:Password not"
            );
            return null;
        }
        return new SmtpSignIn.Application(user, Credential(tenant, client, secret));
    }

    private TokenCredential Credential(string tenant, string client, string secret)
    {
        try
        {
            return new ClientSecretCredential(tenant, client, secret);
        }
        catch (ArgumentException)
        {
            faults.Add("Smtp:TenantId must be the id or a domain of the tenant");
            return new ClientSecretCredential("common", client, secret);
        }
    }

    private string? Given(string name) => smtp[name] is { Length: > 0 } value ? value : null;
}
