using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>How a stage closed where no outcome ended its case; else it closed by the outcome's id.</summary>
public static class StageEnding
{
    public const string Escalated = "escalated",
        Skipped = "skipped",
        Withdrawn = "withdrawn";
}
