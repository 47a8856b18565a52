using Escalation.Standalone.Smtp;
using Escalation.Web.Emails;

namespace Escalation.Standalone.Hosting;

/// <summary>What the operator sets, checked as a whole at start.</summary>
public sealed record HostSettings
{
    public const string Prefix = "ESCALATION_";

    /// <summary>Base of emailed links, without a trailing slash; null: the first address listened on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Null: no email is sent, and every notice waits.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>What tells of what email cannot.</summary>
    public SecondChannelOptions SecondChannel { get; init; } = new();
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
            Smtp = new SmtpReading(configuration.GetSection("Smtp"), faults).Read(),
            SecondChannel = Webhook(configuration.GetSection("Webhook"), faults),
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

    private static SecondChannelOptions Webhook(IConfigurationSection webhook, List<string> faults) =>
        SecondChannelOptions.Read(name => Given(webhook, name), (name, must) => faults.Add($"{name} {must}"));

    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } value ? value : null;
}
