using Escalation.Standalone.Commands;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Host;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--nope", "'escalation' does not know what '--nope' is for. Try --help.")]
    [InlineData("frobnicate", "'escalation' does not know what 'frobnicate' is for. Try --help.")]
    [InlineData("frobnicate --help", "'escalation' does not know what 'frobnicate' is for. Try --help.")]
    [InlineData("help frobnicate", "'escalation' does not know what 'frobnicate' is for. Try --help.")]
    [InlineData("--demo extra", "'escalation' does not know what 'extra' is for. Try --help.")]
    [InlineData("--demo=yes", "'escalation' does not know what 'yes' is for. Try --help.")]
    [InlineData("--demo --demo", "--demo is given twice.")]
    [InlineData("--data", "Required argument missing for option: '--data'.")]
    [InlineData("--data --demo", "--data needs a value.")]
    [InlineData("--data=", "Required argument missing for option: '--data'.")]
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
    [InlineData("keys", "'keys' needs one of: add, list, revoke, rotate, replace-lost.")]
    [InlineData("keys mend", "'keys' does not know what 'mend' is for. Try --help.")]
    [InlineData("keys revoke", "Required argument 'ID' missing for command: 'revoke'.")]
    [InlineData("keys list --role Intake", "'list' does not know what '--role' is for. Try --help.")]
    [InlineData("keys add --role -h", "--role needs a value.")]
    [InlineData("backup", "Required argument 'FILE' missing for command: 'backup'.")]
    [InlineData("backup --nope", "'backup' does not know what '--nope' is for. Try --help.")]
    [InlineData("backup -- --nope", "'backup' does not know what '--nope' is for. Try --help.")]
    [InlineData("backup a b", "'backup' does not know what 'b' is for. Try --help.")]
    [InlineData("backup a --demo", "'backup' does not know what '--demo' is for. Try --help.")]
    [InlineData("--demo backup a", "--demo must come after 'backup'.")]
    [InlineData("--data d backup a", "--data must come after 'backup'.")]
    [InlineData("@words", "'escalation' does not know what '@words' is for. Try --help.")]
    [InlineData("[suggest] --d", "'escalation' does not know what '[suggest]' is for. Try --help.")]
    [InlineData("[diagram] backup a", "'backup' does not know what '[diagram]' is for. Try --help.")]
    [InlineData("--version", "'escalation' does not know what '--version' is for. Try --help.")]
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
    public async Task Help_names_every_command_every_option_of_the_host_and_its_settings(string line)
    {
        var (code, output, errors) = await RunAsync(line);

        Assert.Equal((0, ""), (code, errors));
        Assert.All(
            CommandLine.Root.Subcommands,
            command =>
            {
                Assert.Contains($"  {command.Name} ", output, StringComparison.Ordinal);
                Assert.All(command.Subcommands, below => Assert.Contains(below.Name, output, StringComparison.Ordinal));
            }
        );
        Assert.All(CommandLine.Root.Options, option => Assert.Contains(option.Name, output, StringComparison.Ordinal));
        Assert.Contains("ESCALATION_PUBLICURL", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help keys add")]
    [InlineData("keys add --help")]
    [InlineData("keys add --role Intake -h")]
    public async Task Help_on_a_command_is_about_that_command(string line)
    {
        var (code, output, _) = await RunAsync(line);

        Assert.Equal(0, code);
        Assert.Contains("escalation keys add [options]", output, StringComparison.Ordinal);
        Assert.Contains("--role <ROLE>", output, StringComparison.Ordinal);
        Assert.DoesNotContain("backup", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_prints_help_and_ends_with_0()
    {
        var (code, output, errors) = await HostProcess.RunAsync(["--help"]);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("--clock <INSTANT>", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string line)
    {
        using StringWriter output = new(),
            errors = new();
        // A host that it starts, in place of a refusal, would never end.
        var code = await CommandLine.RunAsync(line.Split(' '), output, errors).InTimeAsync();
        return (code, output.ToString(), errors.ToString());
    }
}
