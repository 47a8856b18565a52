using Escalation.Core.Directory;

namespace Escalation.Web.GovUkNotify;

/// <summary>How emails go out by GOV.UK Notify.</summary>
public sealed record NotifySettings
{
    private const string Names = "Key, Template, ReplyTo, CallbackToken and Url";
    private const int IdLength = 36;

    /// <summary>As Notify shows it when it is made: a name, the service's id, the secret.</summary>
    public required string Key { get; init; }

    /// <summary>Of an email template whose subject is <c>((subject))</c> and whose message is <c>((text))</c>.</summary>
    public required Guid Template { get; init; }

    /// <summary>
    /// Notify's ids of addresses that replies may go to, by address in any case of letters; that of "" is for all others.
    /// </summary>
    public IReadOnlyDictionary<string, Guid> ReplyTo { get; init; } = new Dictionary<string, Guid>();

    /// <summary>What Notify gives with every delivery report; null: it sends none.</summary>
    public string? CallbackToken { get; init; }

    /// <summary>Where Notify answers.</summary>
    public Uri Url { get; init; } = new("https://api.notifications.service.gov.uk/");

    /// <summary>For each request, from connecting to the whole answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Null where the section <c>Notify</c> sets nothing.</summary>
    /// <param name="given">Names of all settings in that section.</param>
    /// <param name="setting">Gives one of them; null where it is not set.</param>
    /// <param name="fault">Is told of every setting that is wrong: its name and what it must be. Never of its value.</param>
    public static NotifySettings? Read(
        IEnumerable<string> given,
        Func<string, string?> setting,
        Action<string, string> fault
    )
    {
        var names = given.Where(name => setting(name) is not null).ToList();
        if (names.Count == 0)
            return null;
        foreach (var unknown in names.Where(name => !IsKnown(name)))
            fault($"Notify:{unknown}", $"is no setting: there are {Names}");
        if (setting("Key") is not { } key)
            fault("Notify:Key", "must be set when other Notify settings are");
        else if (!IsKey(key))
            fault(
                "Notify:Key",
                "must be an API key as GOV.UK Notify shows it when it is made: name, service id and secret, with hyphens"
            );
        if (!Guid.TryParse(setting("Template"), out var template))
            fault("Notify:Template", "must be the id of an email template");
        var token = setting("CallbackToken");
        if (token is not null && !IsToken(token))
            fault("Notify:CallbackToken", "must be 32 to 128 letters, digits, - and _");
        var settings = new NotifySettings
        {
            Key = setting("Key") ?? "",
            Template = template,
            ReplyTo = ReadReplyTo(setting("ReplyTo"), fault),
            CallbackToken = token,
        };
        return setting("Url") is { } url ? settings with { Url = ReadUrl(url, fault) ?? settings.Url } : settings;
    }

    /// <summary>The id of the address that replies are to go to; null: the service's own default.</summary>
    public Guid? ReplyToOf(string? address)
    {
        if (ReplyTo.TryGetValue(address ?? "", out var id) || ReplyTo.TryGetValue("", out id))
            return id;
        return null;
    }

    /// <summary>Without the key and the token.</summary>
    public override string ToString() => $"GOV.UK Notify, template {Template}";

    private static bool IsKnown(string name) =>
        Names
            .Replace(" and ", ", ", StringComparison.Ordinal)
            .Split(", ")
            .Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The client library takes the last 73 characters for the service's id, a hyphen and the secret.</summary>
    private static bool IsKey(string key) =>
        key.Length > (2 * IdLength) + 2
        && key.All(c => c is > ' ' and <= '~')
        && key[^((2 * IdLength) + 2)] == '-'
        && key[^(IdLength + 1)] == '-'
        && Guid.TryParseExact(key[^IdLength..], "D", out _)
        && Guid.TryParseExact(key[^((2 * IdLength) + 1)..^(IdLength + 1)], "D", out _);

    private static bool IsToken(string token) =>
        token.Length is >= 32 and <= 128 && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>"manager@example.org=ID, ID": for emails whose replies go to that address, and for all others.</summary>
    private static Dictionary<string, Guid> ReadReplyTo(string? text, Action<string, string> fault)
    {
        var found = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        var isRight = true;
        foreach (
            var one in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []
        )
        {
            var equals = one.LastIndexOf('=');
            var address = equals < 0 ? "" : one[..equals].Trim();
            isRight &=
                Guid.TryParse(one[(equals + 1)..], out var id)
                && (equals < 0 || EmailAddress.IsUsable(address))
                && found.TryAdd(address, id);
        }
        if (!isRight)
            fault(
                "Notify:ReplyTo",
                "must be the id of a reply-to address, or several as manager@example.org=ID, each address once"
            );
        return found;
    }

    private static Uri? ReadUrl(string text, Action<string, string> fault)
    {
        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.PathAndQuery == "/"
            && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
        )
            return url;
        fault("Notify:Url", "must be an https address without a path (http only on this machine)");
        return null;
    }
}
