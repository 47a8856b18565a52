using System.CommandLine;
using Escalation.Core.Policies;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies schema</c>: needs no data folder.</summary>
internal sealed class PoliciesSchemaCommand : DetailedCommand
{
    public PoliciesSchemaCommand()
        : base(
            "schema",
            "Print the JSON Schema of policy documents",
            "For an editor that completes and checks a document while it is written. 'policies check' checks more."
        ) => SetAction((parsed, _) => parsed.InvocationConfiguration.Output.WriteAsync(PolicySchema.Text));
}
