using System.Text.Json.Serialization;
using Escalation.Core.Cases;

namespace Escalation.Functions.Mail;

/// <summary>An event as Event Grid posts it, as far as it is looked at.</summary>
public sealed record DeliveryEvent(string? EventType, DateTimeOffset EventTime, DeliveryData? Data)
{
    public const string Handshake = "Microsoft.EventGrid.SubscriptionValidationEvent",
        Report = "Microsoft.Communication.EmailDeliveryReportReceived";
}

/// <param name="ValidationCode">Of the handshake.</param>
/// <param name="MessageId">Of a report: the operation's id.</param>
/// <param name="Status">Of a report: <c>Delivered</c>, <c>Bounced</c>, …</param>
public sealed record DeliveryData(string? ValidationCode, string? MessageId, string? Status)
{
    /// <summary>What the status means for the notice; null when it says nothing final.</summary>
    public (bool Delivered, string Code)? Outcome =>
        Status switch
        {
            "Delivered" => (true, "delivered"),
            "Bounced" => (false, RecipientFaults.Bounced),
            "Suppressed" => (false, RecipientFaults.Suppressed),
            "Quarantined" => (false, RecipientFaults.Quarantined),
            "FilteredSpam" => (false, RecipientFaults.Spam),
            "Failed" => (false, RecipientFaults.Failed),
            _ => null,
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<DeliveryEvent?>))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
