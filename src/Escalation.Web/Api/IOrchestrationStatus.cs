namespace Escalation.Web.Api;

/// <summary>Optional: a host whose cases are orchestrations says how a case's one stands.</summary>
public interface IOrchestrationStatus
{
    /// <summary>Never throws: an orchestration that cannot be asked has the runtime status <c>Unknown</c>.</summary>
    Task<OrchestrationState> ReadAsync(string reference, CancellationToken cancel);
}

/// <param name="RuntimeStatus">The platform's word, <c>None</c> when there is no orchestration, or <c>Unknown</c>.</param>
/// <param name="Watch">Its custom status; null when it has none.</param>
public sealed record OrchestrationState(string RuntimeStatus, OrchestrationWatch? Watch)
{
    public const string None = "None",
        Unknown = "Unknown";

    /// <summary>
    /// Where case and orchestration disagree, in words; null where they agree, or where it is not known. The case is
    /// the truth.
    /// </summary>
    public string? Disagreement(string? stage, DateTimeOffset? nextWake) =>
        this switch
        {
            { RuntimeStatus: Unknown } => null,
            { RuntimeStatus: "Pending" } => null,
            { RuntimeStatus: "Running", Watch: null } => null,
            { RuntimeStatus: "Running" } when nextWake is null =>
                "The case needs no wake any more; its orchestration still runs.",
            { RuntimeStatus: "Running", Watch: { } watch } when stage is not null && watch.Stage != stage =>
                $"The case is at stage {stage}, its orchestration last saw stage {watch.Stage}.",
            { RuntimeStatus: "Running", Watch: { } watch } when watch.NextWake != nextWake =>
                "The case's next wake is not the one its orchestration last saw.",
            { RuntimeStatus: "Running" } => null,
            _ when nextWake is null => null,
            _ => $"The case has a next wake, but its orchestration does not run ({RuntimeStatus}).",
        };
}

public sealed record OrchestrationWatch(string? Stage, DateTimeOffset? Deadline, DateTimeOffset? NextWake);
