using Escalation.Standalone.Commands;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Tests.Host;

/// <summary>How the host is to run, by what the command line gives.</summary>
public sealed class RunOptionsTests
{
    [Fact]
    public void Without_options_it_listens_on_this_machine_with_the_folder_data_and_the_machine_s_clock()
    {
        var options = Read();

        Assert.Equal(["http://127.0.0.1:5080"], options.Urls);
        Assert.Equal(("data", false, null), (options.Data, options.Demo, options.Clock));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "http://127.0.0.1:1")]
    [InlineData("https://0.0.0.0:443", "https://0.0.0.0:443")]
    [InlineData(" http://127.0.0.1:1 ;; https://localhost:2 ;", "http://127.0.0.1:1|https://localhost:2")]
    [InlineData("http://*:80;http://[::1]:81", "http://*:80|http://[::1]:81")]
    public void It_listens_on_every_address_given(string urls, string expected) =>
        Assert.Equal(expected.Split('|'), Read("--urls", urls).Urls);

    [Theory]
    [InlineData(";")]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:1;ftp://127.0.0.1:2")]
    [InlineData("http://unix:/tmp/escalation.sock")]
    public void An_address_that_is_not_http_or_https_is_refused(string urls) =>
        Assert.Equal("--urls needs http or https addresses, as http://127.0.0.1:5080.", Refusal("--urls", urls));

    [Fact]
    public void Folder_demonstration_and_clock_are_as_given()
    {
        var options = Read("--data", "/srv/x", "--demo", "--clock", "2026-12-23T10:00:00+01:00");

        Assert.Equal(
            ("/srv/x", true, new DateTimeOffset(2026, 12, 23, 9, 0, 0, TimeSpan.Zero)),
            (options.Data, options.Demo, options.Clock)
        );
        Assert.Null(Read("--demo").Clock);
    }

    [Theory]
    [InlineData("2026-12-23")]
    [InlineData("2026-12-23T10:00:00")]
    [InlineData("2026-13-23T10:00:00Z")]
    [InlineData("2026-12-23T25:00:00Z")]
    [InlineData("2026-12-23T10:00:00Z ")]
    public void An_instant_that_is_none_or_whose_zone_would_be_guessed_is_refused(string clock) =>
        Assert.Equal(
            $"--clock needs an instant, as 2026-12-23T10:00:00Z; '{clock}' is none.",
            Refusal("--demo", "--clock", clock)
        );

    [Fact]
    public void A_clock_is_moved_in_a_demonstration_alone() =>
        Assert.Equal(
            "--clock works only with --demo: a real installation's time is never moved.",
            Refusal("--clock", "2026-12-23T10:00:00Z")
        );

    private static RunOptions Read(params string[] args)
    {
        var parsed = CommandLine.Parse(args);
        Assert.Null(Misuse.In(parsed));
        return RunCommand.Read(parsed);
    }

    private static string? Refusal(params string[] args) => Misuse.In(CommandLine.Parse(args));
}
