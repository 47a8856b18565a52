namespace Escalation.Web.Api;

/// <param name="Stage">Null after the end, and while the present stage is internal to another agency.</param>
/// <param name="RuntimeStatus">On Azure, of the case's orchestration; else null.</param>
/// <param name="CustomStatus">
/// On Azure, what the orchestration last saw; null elsewhere, and where part of the case is internal to another agency.
/// </param>
/// <param name="Disagreement">Where case and orchestration disagree, in words; null where they agree.</param>
public sealed record StatusView(
    string Reference,
    string Status,
    string? Stage,
    DateTimeOffset? Deadline,
    bool Overdue,
    DateTimeOffset? NextWake,
    long Version,
    string? RuntimeStatus,
    OrchestrationWatch? CustomStatus,
    string? Disagreement
);
