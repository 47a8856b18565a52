using System.Net;
using Escalation.Standalone.Smtp;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Settings;

/// <summary>What the operator sets, checked as a whole at start.</summary>
public sealed record HostSettings
{
    public const string Prefix = "ESCALATION_";

    /// <summary>Base of emailed links, without a trailing slash; null: the first address listened on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Null, and <see cref="Notify"/> too: no email is sent, and every notice waits.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>Null where emails go out another way.</summary>
    public NotifySettings? Notify { get; init; }

    /// <summary>What tells of what email cannot.</summary>
    public SecondChannelOptions SecondChannel { get; init; } = new();

    /// <summary>What protects the secrets in the data folder.</summary>
    public required SecretsKeySource SecretsKey { get; init; }
    public string? StaffKey { get; init; }
    public string? IntakeKey { get; init; }

    /// <summary>The settings files beside the program, then the environment.</summary>
    public static void Sources(ConfigurationManager configuration)
    {
        configuration.Sources.Clear();
        configuration.AddJsonFile(
            Path.Combine(AppContext.BaseDirectory, "appsettings.json"),
            optional: true,
            reloadOnChange: false
        );
        configuration.AddEnvironmentVariables(Prefix);
    }

    /// <exception cref="HostFault">Names every setting that is wrong, in one line.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var settings = new HostSettings
        {
            PublicUrl = Url(configuration, faults),
            Smtp = new SmtpReading(configuration.GetSection("Smtp"), faults).Read(),
            Notify = GovUkNotify(configuration.GetSection("Notify"), faults),
            SecondChannel = Webhook(configuration.GetSection("Webhook"), faults),
            Proxies = Networks(configuration, faults),
            SecretsKey = SecretsKeySource.Read(configuration, faults),
            StaffKey = Key(configuration, "STAFF_KEY", faults),
            IntakeKey = Key(configuration, "INTAKE_KEY", faults),
        };
        if (settings is { Smtp: not null, Notify: not null })
            faults.Add("Smtp and Notify must not both be set: emails go out one way");
        if (
            (settings.Smtp is not null || settings.Notify is not null)
            && settings.PublicUrl is null
            && faults.Count == 0
        )
            faults.Add("PublicUrl must be set when emails are sent, so that their links lead here");
        return faults.Count == 0 ? settings : throw Faulty(faults);
    }

    /// <summary>Where the secrets key comes from, for a command that needs nothing else of the settings.</summary>
    /// <exception cref="HostFault">The setting is wrong, or the settings cannot be read.</exception>
    public static SecretsKeySource ReadSecretsKey()
    {
        var faults = new List<string>();
        try
        {
            using var configuration = new ConfigurationManager();
            Sources(configuration);
            var source = SecretsKeySource.Read(configuration, faults);
            return faults.Count == 0 ? source : throw Faulty(faults);
        }
        catch (InvalidDataException e)
        {
            throw new HostFault($"{e.Message} {e.InnerException?.Message}".ReplaceLineEndings(" "), e);
        }
    }

    private static HostFault Faulty(List<string> faults) =>
        new($"The settings (appsettings.json, {Prefix}…) are not valid: {string.Join("; ", faults)}.");

    private static string? Url(IConfiguration configuration, List<string> faults)
    {
        if (Given(configuration, "PublicUrl") is not { } text)
            return null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Query.Length + url.Fragment.Length > 0
        )
            faults.Add("PublicUrl must be an http or https address without query");
        else if (url.AbsolutePath != "/")
            faults.Add(
                "PublicUrl must have no path: Escalation needs a host name of its own, as https://escalation.example.org"
            );
        return text.TrimEnd('/');
    }

    private static IReadOnlyList<IPNetwork> Networks(IConfiguration configuration, List<string> faults)
    {
        var networks = new List<IPNetwork>();
        const StringSplitOptions trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var text in (Given(configuration, "Proxies") ?? "").Split(',', trimmed))
        {
            if (IPAddress.TryParse(text, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else
                faults.Add(
                    $"Proxies must be addresses or networks, separated by commas, as 127.0.0.1,10.0.0.0/24; '{text}' is none"
                );
        }
        return networks;
    }

    private static string? Key(IConfiguration configuration, string name, List<string> faults)
    {
        var key = Given(configuration, name);
        if (key is not null && !AccessKeys.IsFit(key))
            faults.Add($"{name} must be {AccessKeys.Fit}; 'openssl rand -base64 32' makes one");
        return key;
    }

    private static SecondChannelOptions Webhook(IConfigurationSection webhook, List<string> faults) =>
        SecondChannelOptions.Read(name => Given(webhook, name), (name, must) => faults.Add($"{name} {must}"));

    private static NotifySettings? GovUkNotify(IConfigurationSection notify, List<string> faults) =>
        NotifySettings.Read(
            notify.GetChildren().Select(c => c.Key),
            name => Given(notify, name),
            (name, must) => faults.Add($"{name} {must}")
        );

    private static string? Given(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : null;
}
