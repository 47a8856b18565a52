namespace Escalation.Standalone.Commands;

/// <summary>Reads the command line. Strict: a word nobody knows is never passed over.</summary>
internal static class CommandLine
{
    private static readonly string[] HelpWords = ["--help", "-h", "-?", "help"];

    public static Invocation Read(IReadOnlyList<string> args)
    {
        var asksForHelp = args.Any(a => HelpWords.Contains(a) && (a != "help" || ReferenceEquals(a, args[0])));
        var words = args.Where(a => !HelpWords.Contains(a)).ToList();
        var (shape, taken) = Find(words);
        if (shape is null)
            return new Invocation.Misused(NoSuchCommand(words));
        return asksForHelp
            ? new Invocation.Help(shape.Name.Length == 0 ? null : shape)
            : Read(shape, args.Skip(taken).ToList());
    }

    /// <summary>The command that the words begin with, and how many words name it.</summary>
    private static (CommandShape? Shape, int Taken) Find(List<string> words)
    {
        if (words is [] || words[0].StartsWith('-'))
            return (CommandShape.Run, 0);
        foreach (var shape in CommandShape.All)
        {
            var name = shape.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (name.Length > 0 && words.Count >= name.Length && words.Take(name.Length).SequenceEqual(name))
                return (shape, name.Length);
        }
        return (null, 0);
    }

    private static string NoSuchCommand(List<string> words)
    {
        var alike = CommandShape
            .All.Where(s => s.Name.StartsWith(words[0] + " ", StringComparison.Ordinal))
            .Select(s => s.Name)
            .ToList();
        return alike.Count > 0
            ? $"'{words[0]}' needs to be one of: {string.Join(", ", alike)}."
            : $"There is no command '{words[0]}'. Try --help.";
    }

    private static Invocation Read(CommandShape shape, List<string> rest)
    {
        var operands = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < rest.Count; i++)
        {
            var word = rest[i];
            if (!word.StartsWith('-'))
            {
                operands.Add(word);
                continue;
            }
            var equals = word.IndexOf('=');
            var name = equals < 0 ? word : word[..equals];
            string? value;
            if (shape.Flags.Contains(name))
                value = equals < 0 ? "" : null;
            else if (shape.Options.Contains(name))
                value =
                    equals >= 0 ? word[(equals + 1)..]
                    : i + 1 < rest.Count && !rest[i + 1].StartsWith('-') ? rest[++i]
                    : null;
            else
                return new Invocation.Misused($"{Named(shape)} has no option '{name}'. Try --help.");
            if (value is null)
                return new Invocation.Misused(
                    shape.Flags.Contains(name) ? $"{name} takes no value." : $"{name} needs a value."
                );
            if (!options.TryAdd(name, value))
                return new Invocation.Misused($"{name} is given twice.");
        }
        return Checked(new Invocation.Call(shape, operands, options));
    }

    private static Invocation Checked(Invocation.Call call)
    {
        var (given, needed) = (call.Operands.Count, call.Command.Operands);
        if (given > needed)
            return new Invocation.Misused(
                $"{Named(call.Command)} does not know what '{call.Operands[needed]}' is for. Try --help."
            );
        return given < needed
                ? new Invocation.Misused($"{Named(call.Command)} needs more: {call.Command.Name} {call.Command.Usage}")
            : call.Options.FirstOrDefault(o => o.Value.Length == 0 && !call.Command.Flags.Contains(o.Key))
                is { Key: { } empty }
                ? new Invocation.Misused($"{empty} needs a value.")
            : call;
    }

    private static string Named(CommandShape shape) => shape.Name.Length == 0 ? "The host" : $"'{shape.Name}'";
}
