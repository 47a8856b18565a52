using System.CommandLine;

namespace Escalation.Standalone.Commands;

/// <summary>Commands about one subject, which begin with its word.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string about, params Command[] commands)
        : base(name)
    {
        var names = string.Join(", ", commands.Select(c => c.Name));
        Description = $"{about}: {names}";
        foreach (var command in commands)
            Add(command);
        SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Error.WriteLine($"'{name}' needs one of: {names}.");
            return 2;
        });
    }
}
