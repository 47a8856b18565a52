using System.CommandLine;
using Escalation.Core.Policies;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies check</c>: needs no data folder.</summary>
internal sealed class PoliciesCheckCommand : DetailedCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The policy document, or several of one partnership",
        Arity = ArgumentArity.OneOrMore,
    };

    public PoliciesCheckCommand()
        : base(
            "check",
            "Read a policy document and say what is wrong with it",
            """
            Ends with 0 when it could be used, with 1 when not. What a data folder holds is not looked at: another policy
            that a document names is built in, or given in the same call.
            """
        )
    {
        Add(_files);
        SetAction(CheckAsync);
    }

    private async Task CheckAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (given, faults) = (new List<(string File, Policy Policy)>(), new List<HostFault>());
        foreach (var file in parsed.GetRequiredValue(_files))
            try
            {
                given.Add((file, await PolicyFile.ReadAsync(file, cancel)));
            }
            catch (HostFault fault)
            {
                faults.Add(fault);
            }
        IReadOnlyList<Policy> all =
        [
            .. PolicyCatalogue.BuiltIn.All.Where(b => given.All(g => g.Policy.Id != b.Id)),
            .. given.Select(g => g.Policy),
        ];
        foreach (var (file, policy) in given)
            if (Faults(policy, all) is { Count: > 0 } found)
                faults.Add(PolicyFile.Faulty(file, found));
        if (faults.Count > 0)
            throw new HostFault(string.Join(Environment.NewLine, faults.Select(f => f.Message)));
        foreach (var (file, policy) in given)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{PolicyFile.Described(file, policy)}: no faults."
            );
    }

    private static IReadOnlyList<PolicyError> Faults(Policy policy, IReadOnlyList<Policy> all) =>
        [
            .. PolicyKey.Of(policy).ClashesWith(PolicyCatalogue.BuiltIn.All.Concat(all).Select(PolicyKey.Of)),
            .. PolicyWays.Faults(policy, all),
        ];
}
