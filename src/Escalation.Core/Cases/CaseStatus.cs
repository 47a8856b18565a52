using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>Statuses as in the HTTP contract.</summary>
public static class CaseStatus
{
    public const string Open = "open",
        OnHold = "onHold",
        AwaitingConfirmation = "awaitingConfirmation";
    public const string Resolved = "resolved",
        Decided = "decided",
        WithoutAgreement = "withoutAgreement",
        Withdrawn = "withdrawn";
}
