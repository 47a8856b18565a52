using System.CommandLine;
using System.Xml.Linq;
using Escalation.Core.Policies;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies schema</c>: needs no data folder.</summary>
internal sealed class PoliciesSchemaCommand : DetailedCommand
{
    public PoliciesSchemaCommand()
        : base(
            "schema",
            "Print the JSON Schema of policy documents",
            "For an editor that completes and checks a document while it is written. 'policies check' checks more."
        ) => SetAction(PrintAsync);

    private static async Task PrintAsync(ParseResult parsed, CancellationToken cancel)
    {
        var file = Path.Combine(AppContext.BaseDirectory, PolicySchema.CommentsFile);
        if (!File.Exists(file))
            throw new HostFault(
                $"{file} is missing: the program comes with it, and the schema's descriptions are in it."
            );
        using var reader = File.OpenText(file);
        var comments = await XDocument.LoadAsync(reader, LoadOptions.None, cancel);
        await parsed.InvocationConfiguration.Output.WriteAsync(PolicySchema.Text(comments));
    }
}
