using System.CommandLine;
using System.CommandLine.Help;
using Escalation.Standalone.Commands;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Every command that there is: what it is given is read whole, and no wrong use of it passes.</summary>
public sealed class EveryCommandTests : IDisposable
{
    /// <summary>By its words; the host itself has none.</summary>
    private static readonly Dictionary<string, DetailedCommand> Commands = Named(CommandLine.Root, "").ToDictionary();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names { get; } = [.. Commands.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_that_it_takes_is_read_in_either_spelling_and_in_any_order(string name)
    {
        var command = Commands[name];
        string[] operands = Operands(command),
            flags = Flags(command),
            apart = [.. Texts(command).SelectMany(option => (string[])[option.Name, $"of {option.Name}"])],
            together = [.. Texts(command).Select(option => $"{option.Name}=of={option.Name}")];
        foreach (
            var (args, value) in ((string[], string)[])
                [
                    ([.. Words(name), .. operands, .. flags, .. apart], "of "),
                    ([.. Words(name), .. apart, .. flags, .. operands], "of "),
                    ([.. Words(name), .. together, .. operands, .. flags], "of="),
                ]
        )
        {
            var parsed = CommandLine.Parse(args);

            Assert.Null(Misuse.In(parsed));
            Assert.Same(command, parsed.CommandResult.Command);
            Assert.Equal(operands, command.Arguments.SelectMany(a => Given(parsed, a)));
            Assert.All(Texts(command), option => Assert.Equal(value + option.Name, parsed.GetValue(option)));
            Assert.All(flags, flag => Assert.True(parsed.GetValue<bool>(flag)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_options_it_is_about_the_folder_data_and_nothing_else_is_given(string name)
    {
        var command = Commands[name];
        var parsed = CommandLine.Parse([.. Words(name), .. Operands(command)]);

        Assert.Null(Misuse.In(parsed));
        Assert.All(
            Texts(command),
            option => Assert.Equal(option.Name == "--data" ? "data" : null, parsed.GetValue(option))
        );
        Assert.All(Flags(command), flag => Assert.False(parsed.GetValue<bool>(flag)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_wrong_use_of_it_passes_and_each_is_named_in_one_line(string name)
    {
        foreach (var (args, message) in WrongUses(name, Commands[name]))
        {
            var (code, output, errors) = await RunAsync(args);

            Assert.Equal((string.Join(' ', args), 2, "", message), (string.Join(' ', args), code, output, errors));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_help_says_how_to_use_it_however_it_is_asked_for(string name)
    {
        var command = Commands[name];
        foreach (
            var args in (string[][])
                [
                    ["help", .. Words(name)],
                    ["--help", .. Words(name)],
                    [.. Words(name), "--help"],
                    [.. Words(name), "-h"],
                    [.. Words(name), .. Operands(command), "-?"],
                ]
        )
        {
            var (code, output, errors) = await RunAsync(args);

            Assert.Equal((0, ""), (code, errors));
            Assert.Contains(command.Description!, output, StringComparison.Ordinal);
            Assert.Contains($"  {string.Join(' ', ["escalation", .. Words(name)])} ", output, StringComparison.Ordinal);
            Assert.All(
                command.Options.OfType<Option>().Where(o => o is not HelpOption),
                option =>
                {
                    Assert.Contains($"  {option.Name} ", output, StringComparison.Ordinal);
                    Assert.Contains(option.Description!, output, StringComparison.Ordinal);
                }
            );
            Assert.All(
                command.Arguments,
                argument =>
                    Assert.Contains($"  <{argument.Name}>  {argument.Description}", output, StringComparison.Ordinal)
            );
            Assert.EndsWith(command.Details, output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_it_is_about_not_being_there_ends_it_with_1_and_words(string name)
    {
        // The host has its own tests; what takes no file, no folder and no word is about nothing that could be missing.
        if (
            name.Length == 0
            || Commands[name] is { Arguments.Count: 0 } other && other.Options.All(o => o.Name != "--data")
        )
            return;
        var command = Commands[name];
        var file = _folder["in the way"];
        await File.WriteAllTextAsync(file, "no folder");
        string[] data = command.Options.Any(o => o.Name == "--data") ? ["--data", file] : [];

        var (code, output, errors) = await RunAsync([.. Words(name), .. Operands(command), .. data]);

        Assert.Equal((1, ""), (code, output));
        Assert.NotEqual("", errors);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<(string[] Args, string Message)> WrongUses(string name, DetailedCommand command)
    {
        string[] right = [.. Words(name), .. Operands(command)];
        foreach (var argument in command.Arguments)
        {
            yield return (Words(name), $"Required argument '{argument.Name}' missing for command: '{command.Name}'.");
            yield return ([.. Words(name), ""], Unknown(""));
        }
        string[] words = command.Arguments.Any(TakesSeveral) ? ["--unknown"] : ["extra", "--unknown", "--"];
        foreach (var word in (string[])[.. words, .. OptionsOfOthers(command)])
            yield return ([.. right, word, "x"], Unknown(word == "--" ? "x" : word));
        foreach (var option in command.Options.Where(o => o is not HelpOption && o.Arity.MaximumNumberOfValues > 0))
        {
            yield return ([.. right, option.Name], $"Required argument missing for option: '{option.Name}'.");
            yield return ([.. right, $"{option.Name}="], $"Required argument missing for option: '{option.Name}'.");
            yield return ([.. right, option.Name, ""], $"{option.Name} needs a value.");
            yield return ([.. right, option.Name, "--other"], $"{option.Name} needs a value.");
            yield return ([.. right, option.Name, "a", option.Name, "a"], $"{option.Name} is given twice.");
        }
        foreach (var flag in Flags(command))
        {
            yield return ([.. right, $"{flag}=yes"], Unknown("yes"));
            yield return ([.. right, flag, flag], $"{flag} is given twice.");
        }

        string Unknown(string word) => $"'{command.Name}' does not know what '{word}' is for. Try --help.";
    }

    private static IEnumerable<string> OptionsOfOthers(DetailedCommand command) =>
        Commands
            .Values.SelectMany(c => c.Options)
            .Select(o => o.Name)
            .Distinct()
            .Except(command.Options.Select(o => o.Name))
            .Where(o => o != "--help");

    private static IEnumerable<KeyValuePair<string, DetailedCommand>> Named(Command command, string words)
    {
        if (command is DetailedCommand detailed)
            yield return new(words, detailed);
        foreach (var below in command.Subcommands)
        foreach (var named in Named(below, $"{words} {below.Name}".Trim()))
            yield return named;
    }

    private static bool TakesSeveral(Argument argument) => argument.Arity.MaximumNumberOfValues > 1;

    private static IEnumerable<string?> Given(ParseResult parsed, Argument argument) =>
        TakesSeveral(argument)
            ? parsed.GetValue((Argument<string[]>)argument)!
            : new[] { parsed.GetValue((Argument<string>)argument) };

    private static string[] Words(string name) => name.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<Option<string>> Texts(Command command) => command.Options.OfType<Option<string>>();

    private static string[] Flags(Command command) => [.. command.Options.OfType<Option<bool>>().Select(o => o.Name)];

    private static string[] Operands(Command command) =>
        [.. Enumerable.Range(1, command.Arguments.Count).Select(i => $"operand {i}")];

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args)
    {
        using StringWriter output = new(),
            errors = new();
        var code = await CommandLine.RunAsync(args, output, errors);
        return (code, output.ToString().TrimEnd(), errors.ToString().TrimEnd());
    }
}
