using System.Globalization;
using System.Net.Mail;
using Escalation.Standalone.Smtp;

namespace Escalation.Standalone.Hosting;

/// <summary>What the operator sets, checked as a whole at start.</summary>
public sealed record HostSettings
{
    public const string Prefix = "ESCALATION_";

    /// <summary>Base of emailed links, without a trailing slash; null: the first address listened on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Null: no email is sent, and every notice waits.</summary>
    public SmtpSettings? Smtp { get; init; }
    public string? StaffKey { get; init; }
    public string? IntakeKey { get; init; }

    /// <summary>The settings files beside the program, then the environment.</summary>
    public static void Sources(ConfigurationManager configuration)
    {
        configuration.Sources.Clear();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables(Prefix);
    }

    /// <exception cref="HostFault">Names every setting that is wrong, in one line.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var settings = new HostSettings
        {
            PublicUrl = Url(configuration, faults),
            Smtp = Mail(configuration.GetSection("Smtp"), faults),
            StaffKey = Key(configuration, "STAFF_KEY", faults),
            IntakeKey = Key(configuration, "INTAKE_KEY", faults),
        };
        if (settings is { Smtp: not null, PublicUrl: null } && faults.Count == 0)
            faults.Add("PublicUrl must be set when emails are sent, so that their links lead here");
        return faults.Count == 0 ? settings : throw new HostFault($"The settings (appsettings.json, {Prefix}…) are not valid: {string.Join("; ", faults)}.");
    }

    private static string? Url(IConfiguration configuration, List<string> faults)
    {
        if (Given(configuration, "PublicUrl") is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length + url.Fragment.Length > 0)
            faults.Add("PublicUrl must be an http or https address without query");
        return text.TrimEnd('/');
    }

    private static string? Key(IConfiguration configuration, string name, List<string> faults)
    {
        var key = Given(configuration, name);
        if (key is not null && (key.Length > 500 || key.Any(c => c is <= ' ' or > '~')))
            faults.Add($"{name} must be 1 to 500 printable ASCII characters without spaces");
        return key;
    }

    private static SmtpSettings? Mail(IConfigurationSection smtp, List<string> faults)
    {
        if (Given(smtp, "Host") is not { } host)
        {
            if (smtp.GetChildren().Any(c => c.Value?.Length > 0))
                faults.Add("Smtp:Host must be set when other Smtp settings are");
            return null;
        }
        var port = 25;
        if (Given(smtp, "Port") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65535))
            faults.Add("Smtp:Port must be a number from 1 to 65535");
        var tls = Given(smtp, "Tls") ?? "none";
        if (tls is not ("none" or "startTls"))
            faults.Add("Smtp:Tls must be none or startTls; TLS from the first byte (port 465) is not offered");
        var from = Given(smtp, "From");
        if (from is null || !MailAddress.TryCreate(from, out _))
            faults.Add("Smtp:From must be an email address");
        var (user, password) = (Given(smtp, "User"), Given(smtp, "Password"));
        if (user is null != password is null)
            faults.Add("Smtp:User and Smtp:Password must be set together");
        return new SmtpSettings(host, port, tls == "startTls", user, password, from ?? "");
    }

    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } value ? value : null;
}
