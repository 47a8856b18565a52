using Escalation.Core.Directory;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Tokens;
using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.Settings;

/// <summary>
/// What the operator sets (in the section <c>Escalation</c>; as variables <c>Escalation__NAME</c>), checked as a whole
/// at start.
/// </summary>
public sealed record FunctionsSettings
{
    public const string Section = "Escalation";

    /// <summary>It stands in an address.</summary>
    private const string DeliverySecretShape = "32 to 128 letters, digits, - and _";

    /// <summary>Base of emailed links, without a trailing slash.</summary>
    public required string PublicUrl { get; init; }

    public required Uri CosmosEndpoint { get; init; }

    /// <summary>For the emulator on this machine only.</summary>
    public string? CosmosKey { get; init; }
    public required string CosmosDatabase { get; init; }

    /// <summary>The Communication Services resource; null, as is its sender, where emails go out by <see cref="Notify"/>.</summary>
    public Uri? EmailEndpoint { get; init; }
    public string? EmailSender { get; init; }

    /// <summary>Null where emails go out by Communication Services.</summary>
    public NotifySettings? Notify { get; init; }

    /// <summary>From Key Vault references; base64, 32 bytes each.</summary>
    public required LinkKeys LinkKeys { get; init; }

    /// <summary>See <see cref="Web.Composition.WebOptions.IntakeSecret"/>.</summary>
    public required byte[] IntakeSecret { get; init; }

    /// <summary>What Event Grid gives with every delivery report.</summary>
    public required string DeliverySecret { get; init; }

    /// <summary>What it gave before a rotation: reports that are under way, or tried again, still carry it.</summary>
    public string? DeliverySecretPrevious { get; init; }

    /// <summary>What tells of what email cannot.</summary>
    public SecondChannelOptions SecondChannel { get; init; } = new();

    /// <exception cref="SettingsFault">One line for every setting that is wrong.</exception>
    public static FunctionsSettings Read(IConfiguration configuration)
    {
        var reading = new SettingsReading(configuration.GetSection(Section));
        var publicUrl = reading.Url("PublicUrl");
        var notify = reading.Notify();
        var settings = new FunctionsSettings
        {
            PublicUrl = publicUrl.AbsoluteUri.TrimEnd('/'),
            CosmosEndpoint = reading.Url("CosmosEndpoint"),
            CosmosKey = reading.Optional("CosmosKey"),
            CosmosDatabase = reading.Optional("CosmosDatabase") ?? "escalation",
            EmailEndpoint = notify is null ? reading.Url("EmailEndpoint") : null,
            EmailSender = notify is null
                ? reading.Text("EmailSender", "an email address", EmailAddress.IsUsable)
                : null,
            Notify = notify,
            LinkKeys = new LinkKeys(
                reading.Key("LinkKey", LinkKeys.Length),
                reading.OptionalKey("LinkKeyPrevious", LinkKeys.Length)
            ),
            IntakeSecret = reading.Key("IntakeSecret", 32),
            SecondChannel = SecondChannelOptions.Read(
                name => reading.Optional($"Webhook:{name}"),
                (name, must) => reading.Fault(name.Replace(":", "__", StringComparison.Ordinal), must)
            ),
            DeliverySecret = reading.Text("DeliverySecret", DeliverySecretShape, HasDeliverySecretShape),
            DeliverySecretPrevious = reading.OptionalText(
                "DeliverySecretPrevious",
                DeliverySecretShape,
                HasDeliverySecretShape
            ),
        };
        if (publicUrl.AbsolutePath != "/")
            reading.Fault("PublicUrl", "must have no path: Escalation needs a host name of its own");
        if (notify is not null && (reading.Optional("EmailEndpoint") ?? reading.Optional("EmailSender")) is not null)
            reading.Fault(
                "EmailEndpoint",
                "and Escalation__EmailSender must not be set where Escalation__Notify is: emails go out one way"
            );
        if (settings is { CosmosKey: not null, CosmosEndpoint.IsLoopback: false })
            reading.Fault(
                "CosmosKey",
                "is for the emulator on this machine only; an account is reached by the host's identity"
            );
        reading.ThrowIfFaulty();
        return settings;
    }

    private static bool HasDeliverySecretShape(string text) =>
        text.Length is >= 32 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
