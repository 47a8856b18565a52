using System.CommandLine;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies add</c>, on a data folder that no host is using.</summary>
internal sealed class PoliciesAddCommand : DetailedCommand
{
    private const string Actor = "command";

    private readonly Argument<string> _file = new("FILE") { Description = "The policy document" };

    public PoliciesAddCommand()
        : base(
            "add",
            "Store a partnership's own policy document, which new cases are opened under",
            """
            The checks are those of 'policies check', and that it clashes with nothing in the data folder. Its version
            is 1000 or more, and more than the one in force; a stored version is never changed. The same document again
            changes nothing. Open cases keep the version they were opened under. The host must not be running: it holds
            the data folder. While it is running: PUT the document to its /api/policies/ID, or open its page
            /policies/add, as administrator.
            """
        )
    {
        Add(_file);
        Add(Data);
        SetAction(AddAsync);
    }

    private async Task AddAsync(ParseResult parsed, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(_file);
        var policy = await PolicyFile.ReadAsync(file, cancel);
        await using var store = SqliteCaseStore.Open(parsed.GetRequiredValue(Data));
        var now = TimeProvider.System.GetUtcNow();
        var storing = await StoredPolicies.AddAsync(store, policy, null, Actor, Environment.UserName, now, cancel);
        var described = PolicyFile.Described(file, policy);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            storing switch
            {
                PolicyStoring.Stored =>
                    $"{described}: stored. New cases are opened under it; open cases keep their version.",
                PolicyStoring.Known { InForce.Version: var inForce } =>
                    $"{described}: it was there already, and nothing changed. "
                        + $"New cases are opened under version {inForce}.",
                PolicyStoring.Refused refused => throw PolicyFile.Faulty(file, refused.Why),
                _ => throw new InvalidOperationException($"No rule for {storing.GetType().Name}."),
            }
        );
    }
}
