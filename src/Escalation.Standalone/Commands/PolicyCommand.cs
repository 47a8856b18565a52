using Escalation.Core.Policies;
using Escalation.Standalone.Hosting;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies check</c>: what the start would say of a document, with every fault on a line of its own.</summary>
internal static class PolicyCommand
{
    public static async Task CheckAsync(Invocation.Call call, TextWriter output, CancellationToken cancel)
    {
        var file = call.Operands[0];
        var result = await OwnPolicies.CheckAsync(PolicyCatalogue.BuiltIn, file, cancel);
        if (result.Policy is not { } policy)
            throw new HostFault(string.Join(Environment.NewLine, result.Errors));
        await output.WriteLineAsync($"{file}: {policy.Id} version {policy.Version} of {policy.Partnership}, {policy.Stages.Count} stages: no faults.");
    }
}
