using System.CommandLine;

namespace Escalation.Standalone.Commands;

/// <summary><c>help COMMAND</c>: the same as <c>COMMAND --help</c>.</summary>
internal sealed class HelpCommand : Command
{
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "Its words; none: everything",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public HelpCommand()
        : base("help", "Say more about a command")
    {
        Add(_command);
        SetAction(HelpAsync);
    }

    private Task<int> HelpAsync(ParseResult parsed, CancellationToken cancel)
    {
        var to = parsed.InvocationConfiguration;
        return CommandLine.RunAsync([.. parsed.GetRequiredValue(_command), "--help"], to.Output, to.Error);
    }
}
