using Escalation.Standalone.Commands;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Host;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--nope", "The host has no option '--nope'. Try --help.")]
    [InlineData("frobnicate", "There is no command 'frobnicate'. Try --help.")]
    [InlineData("frobnicate --help", "There is no command 'frobnicate'. Try --help.")]
    [InlineData("--demo extra", "The host does not know what 'extra' is for. Try --help.")]
    [InlineData("--demo=yes", "--demo takes no value.")]
    [InlineData("--data", "--data needs a value.")]
    [InlineData("--data --demo", "--data needs a value.")]
    [InlineData("--data=", "--data needs a value.")]
    [InlineData("--data a --data b", "--data is given twice.")]
    [InlineData("--urls nonsense", "--urls needs http or https addresses, as http://127.0.0.1:5080.")]
    [InlineData("--urls ftp://127.0.0.1:1", "--urls needs http or https addresses, as http://127.0.0.1:5080.")]
    [InlineData("--demo --clock yesterday", "--clock needs an instant, as 2026-12-23T10:00:00Z; 'yesterday' is none.")]
    [InlineData(
        "--demo --clock 2026-12-23T10:00:00",
        "--clock needs an instant, as 2026-12-23T10:00:00Z; '2026-12-23T10:00:00' is none."
    )]
    [InlineData(
        "--clock 2026-12-23T10:00:00Z",
        "--clock works only with --demo: a real installation's time is never moved."
    )]
    [InlineData("keys", "'keys' needs to be one of: keys add, keys list, keys revoke, keys rotate, keys replace-lost.")]
    [InlineData(
        "keys mend",
        "'keys' needs to be one of: keys add, keys list, keys revoke, keys rotate, keys replace-lost."
    )]
    [InlineData("keys revoke", "'keys revoke' needs more: keys revoke ID [--data DIR]")]
    [InlineData("keys list --role Intake", "'keys list' has no option '--role'. Try --help.")]
    [InlineData("backup", "'backup' needs more: backup FILE [--data DIR]")]
    [InlineData("backup a b", "'backup' does not know what 'b' is for. Try --help.")]
    [InlineData("backup a --demo", "'backup' has no option '--demo'. Try --help.")]
    public async Task What_it_does_not_know_is_said_in_one_line_and_ends_with_2(string line, string message)
    {
        var (code, output, errors) = await RunAsync(line);

        Assert.Equal((2, "", message), (code, output, errors.TrimEnd()));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("-h")]
    [InlineData("--demo --help")]
    public async Task Help_names_every_command_and_option(string line)
    {
        var (code, output, errors) = await RunAsync(line);

        Assert.Equal((0, ""), (code, errors));
        Assert.All(CommandShape.All, shape => Assert.Contains(shape.Name, output, StringComparison.Ordinal));
        Assert.All(
            CommandShape.All.SelectMany(s => s.Options.Concat(s.Flags)),
            option => Assert.Contains(option, output, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("help keys add")]
    [InlineData("keys add --help")]
    [InlineData("keys add --role -h")]
    public async Task Help_on_a_command_is_about_that_command(string line)
    {
        var (code, output, _) = await RunAsync(line);

        Assert.Equal(0, code);
        Assert.StartsWith("escalation keys add --role ROLE", output, StringComparison.Ordinal);
        Assert.DoesNotContain("backup", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_prints_help_and_ends_with_0()
    {
        var (code, output, errors) = await HostProcess.RunAsync(["--help"]);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("--clock INSTANT", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string line)
    {
        using StringWriter output = new(),
            errors = new();
        // A host that it starts, in place of a refusal, would never end.
        var code = await CommandRunner.RunAsync(CommandLine.Read(line.Split(' ')), output, errors).InTimeAsync();
        return (code, output.ToString(), errors.ToString());
    }
}
