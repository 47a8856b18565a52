using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Policies;

/// <summary>Takes a partnership's own policy documents in: with the checks, and the words, of the command <c>policies check</c>.</summary>
internal sealed partial class PolicyService(IRecords records, ILogger<PolicyService> log)
{
    /// <param name="id">The one in the address, or null.</param>
    public static (Policy? Policy, Problem? Problem) Read(ReadOnlySpan<byte> document, string? id)
    {
        var reading = OwnPolicyDocument.Read("document", document);
        if (reading.Policy is not { } policy)
            return (null, Faulty(reading.Errors));
        return id is null || policy.Id == id
            ? (policy, null)
            : (null, Problem.Invalid("id", $"must be {id}, the one in the address"));
    }

    public static Problem Faulty(IReadOnlyList<PolicyError> errors) =>
        Problem.Of(Codes.Invalid, "The policy document has faults.", ByField(errors));

    /// <summary>Why it could not be stored now; null: it could, or is there already.</summary>
    public async Task<Problem?> CheckAsync(Policy policy, CancellationToken cancel) =>
        ProblemOf(await StoredPolicies.JudgeAsync(records, policy, null, cancel));

    /// <summary>Once it is begun it is not broken off.</summary>
    /// <param name="seen">See <see cref="StoredPolicies.AddAsync"/>.</param>
    public async Task<(PolicyStored? Stored, Problem? Problem)> StoreAsync(
        Policy policy,
        string? seen,
        Caller caller,
        DateTimeOffset now
    )
    {
        var storing = await StoredPolicies.AddAsync(
            records,
            policy,
            seen,
            caller.Actor,
            caller.Name,
            now,
            CancellationToken.None
        );
        if (storing is PolicyStoring.Stored)
            LogStored(log, policy.Id, policy.Version, policy.Partnership, policy.Hash, caller.Actor);
        if (ProblemOf(storing) is { } problem)
            return (null, problem);
        var inForce = storing is PolicyStoring.Known known ? known.InForce.Version : policy.Version;
        return (
            new PolicyStored(policy.Id, policy.Version, policy.Hash, storing is PolicyStoring.Stored, inForce),
            null
        );
    }

    private static Problem? ProblemOf(PolicyStoring? storing) =>
        storing switch
        {
            PolicyStoring.Refused refused => Problem.Of(
                Codes.Conflict,
                "The policy clashes with what is there. Nothing was stored.",
                ByField(refused.Why)
            ),
            PolicyStoring.Overtaken { InForce: { } now } => Overtaken(
                $"Version {now.Version} is in force, which is not the one that If-Match names: read it first."
            ),
            PolicyStoring.Overtaken => Overtaken("There is no such policy yet: send it without If-Match."),
            _ => null,
        };

    private static Problem Overtaken(string detail) =>
        Problem.Of(Codes.Conflict, detail) with
        {
            Status = StatusCodes.Status412PreconditionFailed,
        };

    private static Dictionary<string, string[]> ByField(IReadOnlyList<PolicyError> errors) =>
        errors
            .GroupBy(e => e.Field, e => e.Reason, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The policy {Policy}, version {Version} of {Partnership} ({Hash}), was stored by {Actor}"
    )]
    private static partial void LogStored(
        ILogger log,
        string policy,
        int version,
        string partnership,
        string hash,
        string actor
    );
}
