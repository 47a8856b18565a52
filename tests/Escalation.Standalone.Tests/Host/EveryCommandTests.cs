using Escalation.Standalone.Commands;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Every command that there is: what it is given is read whole, and no wrong use of it passes.</summary>
public sealed class EveryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names { get; } = [.. CommandShape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_that_it_takes_is_read_in_either_spelling_and_in_any_order(string name)
    {
        var shape = Shape(name);
        string[] apart = [.. shape.Options.SelectMany(option => (string[])[option, $"of {option}"])],
            together = [.. shape.Options.Select(option => $"{option}=of={option}")];
        foreach (
            var (args, value) in ((string[], string)[])
                [
                    ([.. Words(shape), .. Operands(shape), .. shape.Flags, .. apart], "of "),
                    ([.. Words(shape), .. apart, .. shape.Flags, .. Operands(shape)], "of "),
                    ([.. Words(shape), .. together, .. Operands(shape), .. shape.Flags], "of="),
                ]
        )
        {
            var call = Assert.IsType<Invocation.Call>(CommandLine.Read(args));

            Assert.Same(shape, call.Command);
            Assert.Equal(Operands(shape), call.Operands);
            Assert.Equal(
                shape.Options.Select(o => (o, value + o)).Concat(shape.Flags.Select(f => (f, ""))).Order(),
                call.Options.Select(o => (o.Key, o.Value)).Order()
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_options_it_is_about_the_folder_data(string name)
    {
        var shape = Shape(name);
        var call = Assert.IsType<Invocation.Call>(CommandLine.Read([.. Words(shape), .. Operands(shape)]));

        Assert.Equal(("data", 0), (call.Data, call.Options.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_wrong_use_of_it_passes_and_each_is_named_in_one_line(string name)
    {
        var shape = Shape(name);
        foreach (var (args, message) in WrongUses(shape))
        {
            var (code, output, errors) = await RunAsync(args);

            Assert.Equal((string.Join(' ', args), 2, "", message), (string.Join(' ', args), code, output, errors));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_help_says_how_to_use_it_however_it_is_asked_for(string name)
    {
        if (name.Length == 0)
            return;
        var shape = Shape(name);
        foreach (
            var args in (string[][])
                [
                    ["help", .. Words(shape)],
                    ["--help", .. Words(shape)],
                    [.. Words(shape), "--help"],
                    [.. Words(shape), "-h"],
                    [.. Words(shape), .. Operands(shape), "-?"],
                ]
        )
        {
            var (code, output, errors) = await RunAsync(args);

            Assert.Equal((0, ""), (code, errors));
            Assert.StartsWith($"escalation {name} {shape.Usage}", output, StringComparison.Ordinal);
            Assert.Contains(shape.Summary[1..], output, StringComparison.Ordinal);
            Assert.EndsWith(shape.Details.TrimEnd(), output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_it_is_about_not_being_there_ends_it_with_1_and_words(string name)
    {
        if (name.Length == 0)
            return;
        var shape = Shape(name);
        var file = _folder["in the way"];
        await File.WriteAllTextAsync(file, "no folder");
        string[] data = shape.Options.Contains("--data") ? ["--data", file] : [];

        var (code, output, errors) = await RunAsync([.. Words(shape), .. Operands(shape), .. data]);

        Assert.Equal((1, ""), (code, output));
        Assert.NotEqual("", errors);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<(string[] Args, string Message)> WrongUses(CommandShape shape)
    {
        var named = shape.Name.Length == 0 ? "The host" : $"'{shape.Name}'";
        string[] right = [.. Words(shape), .. Operands(shape)];
        if (shape.Operands > 0)
            yield return (
                [.. Words(shape), .. Operands(shape).Skip(1)],
                $"{named} needs more: {shape.Name} {shape.Usage}"
            );
        if (shape.Name.Length > 0)
            yield return ([.. right, "extra"], $"{named} does not know what 'extra' is for. Try --help.");
        yield return ([.. right, "--unknown"], $"{named} has no option '--unknown'. Try --help.");
        foreach (var other in CommandShape.All.SelectMany(s => s.Options).Distinct().Except(shape.Options))
            yield return ([.. right, other, "x"], $"{named} has no option '{other}'. Try --help.");
        foreach (var other in CommandShape.All.SelectMany(s => s.Flags).Distinct().Except(shape.Flags))
            yield return ([.. right, other], $"{named} has no option '{other}'. Try --help.");
        foreach (var option in shape.Options)
        {
            yield return ([.. right, option], $"{option} needs a value.");
            yield return ([.. right, $"{option}="], $"{option} needs a value.");
            yield return ([.. right, option, "--other"], $"{option} needs a value.");
            yield return ([.. right, option, "a", option, "a"], $"{option} is given twice.");
        }
        foreach (var flag in shape.Flags)
        {
            yield return ([.. right, $"{flag}=yes"], $"{flag} takes no value.");
            yield return ([.. right, flag, flag], $"{flag} is given twice.");
        }
    }

    private static CommandShape Shape(string name) => CommandShape.All.Single(shape => shape.Name == name);

    private static string[] Words(CommandShape shape) => shape.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Operands(CommandShape shape) =>
        [.. Enumerable.Range(1, shape.Operands).Select(i => $"operand {i}")];

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args)
    {
        using StringWriter output = new(),
            errors = new();
        var code = await CommandRunner.RunAsync(CommandLine.Read(args), output, errors);
        return (code, output.ToString().TrimEnd(), errors.ToString().TrimEnd());
    }
}
