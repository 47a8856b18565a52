using System.CommandLine;

namespace Escalation.Standalone.Commands;

/// <summary>A command whose help says more than what it takes.</summary>
/// <param name="summary">One line, without a full stop.</param>
/// <param name="details">Lines of the help, after what it takes.</param>
internal abstract class DetailedCommand(string name, string summary, string details) : Command(name, summary)
{
    public string Details => details;

    /// <summary>The data folder, for every command that is about one.</summary>
    protected static Option<string> Data { get; } =
        new("--data")
        {
            Description = "The folder of everything that must survive",
            HelpName = "DIR",
            DefaultValueFactory = _ => "data",
        };
}
