using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Escalation.Standalone.Commands;

/// <summary>What a command takes, as the library writes it, and then what else there is to know.</summary>
internal sealed class HelpWithDetails : SynchronousCommandLineAction
{
    private readonly HelpAction _standard = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _standard.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DetailedCommand command)
            parseResult.InvocationConfiguration.Output.WriteLine(command.Details);
        return 0;
    }
}
