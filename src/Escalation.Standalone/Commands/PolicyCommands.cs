using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies check</c>, and <c>policies add</c> on a data folder that no host is using. Each fault has a line.</summary>
internal static class PolicyCommands
{
    private const string Actor = "command";

    public static async Task CheckAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        var file = call.Operands[0];
        var policy = await ReadAsync(file, cancel);
        var clashes = PolicyKey.Of(policy).ClashesWith(PolicyCatalogue.BuiltIn.All.Select(PolicyKey.Of));
        if (clashes.Count > 0)
            throw Faulty(file, clashes);
        await output.WriteLineAsync($"{Described(file, policy)}: no faults.");
    }

    public static async Task AddAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        var file = call.Operands[0];
        var policy = await ReadAsync(file, cancel);
        await using var store = SqliteCaseStore.Open(call.Data);
        var now = TimeProvider.System.GetUtcNow();
        var storing = await StoredPolicies.AddAsync(store, policy, null, Actor, Environment.UserName, now, cancel);
        await output.WriteLineAsync(
            storing switch
            {
                PolicyStoring.Stored =>
                    $"{Described(file, policy)}: stored. New cases are opened under it; open cases keep their version.",
                PolicyStoring.Known { InForce.Version: var inForce } =>
                    $"{Described(file, policy)}: it was there already, and nothing changed. New cases are opened under version {inForce}.",
                PolicyStoring.Refused refused => throw Faulty(file, refused.Why),
                _ => throw new InvalidOperationException($"No rule for {storing.GetType().Name}."),
            }
        );
    }

    private static async Task<Policy> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            var reading = OwnPolicyDocument.Read(file, await File.ReadAllBytesAsync(file, cancel));
            return reading.Policy ?? throw Faulty(file, reading.Errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Faulty(file, [new PolicyError(file, "document", $"cannot be read: {e.Message}")]);
        }
    }

    private static HostFault Faulty(string file, IReadOnlyList<PolicyError> errors) =>
        new(string.Join(Environment.NewLine, errors.Select(e => e with { File = file })));

    private static string Described(string file, Policy policy) =>
        $"{file}: {policy.Id} version {policy.Version} of {policy.Partnership}, {policy.Stages.Count} stages";
}
