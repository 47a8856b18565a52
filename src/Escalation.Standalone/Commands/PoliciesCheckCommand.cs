using System.CommandLine;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies check</c>: needs no data folder.</summary>
internal sealed class PoliciesCheckCommand : DetailedCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The policy document" };

    public PoliciesCheckCommand()
        : base(
            "check",
            "Read a policy document and say what is wrong with it",
            "Ends with 0 when it could be used, with 1 when not. What a data folder holds is not looked at."
        )
    {
        Add(_file);
        SetAction(CheckAsync);
    }

    private async Task CheckAsync(ParseResult parsed, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(_file);
        var policy = await PolicyFile.ReadAsync(file, cancel);
        var clashes = PolicyKey.Of(policy).ClashesWith(PolicyCatalogue.BuiltIn.All.Select(PolicyKey.Of));
        if (clashes.Count > 0)
            throw PolicyFile.Faulty(file, clashes);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{PolicyFile.Described(file, policy)}: no faults.");
    }
}
