namespace Escalation.Standalone.Commands;

/// <summary>What the command line asks for.</summary>
internal abstract record Invocation
{
    private Invocation() { }

    /// <summary>Options by name with their dashes; flags have an empty value.</summary>
    public sealed record Call(
        CommandShape Command,
        IReadOnlyList<string> Operands,
        IReadOnlyDictionary<string, string> Options
    ) : Invocation
    {
        public string Data => Options.GetValueOrDefault("--data", "data");
    }

    /// <param name="About">Null: everything.</param>
    public sealed record Help(CommandShape? About) : Invocation;

    /// <param name="Message">One line.</param>
    public sealed record Misused(string Message) : Invocation;
}
