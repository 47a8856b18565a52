using System.Net;
using System.Net.Sockets;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing.GovUkNotify;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A host that cannot start says what and where in one line, and ends with 1.</summary>
public sealed class StartFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        await RefusedAsync(["--urls", url, "--data", _folder.Path], url, "address already in use");
    }

    [Fact]
    public async Task Keys_are_not_made_before_the_port_is_had_so_that_none_is_lost()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await HostProcess.RunAsync([
            "--urls",
            $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}",
            "--data",
            _folder.Path,
        ]);

        Assert.Equal("", (await HostProcess.RunAsync(["keys", "list", "--data", _folder.Path])).Output);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["file"], "in the way");

        await RefusedAsync(["--data", _folder["file/data"]], _folder["file/data"], "cannot be made or written");
    }

    [Fact]
    public async Task A_database_of_a_later_program_is_named()
    {
        await HostProcess.RunAsync(["keys", "list", "--data", _folder.Path]);
        StoreFile.Run(_folder[StoreFile.Name], "PRAGMA user_version = 99");

        await RefusedAsync(["--data", _folder.Path], _folder[StoreFile.Name], "written by a later program");
    }

    [Fact]
    public async Task A_second_process_is_refused()
    {
        await using var first = await HostProcess.StartAsync(_folder.Path, []);

        await RefusedAsync(
            ["--urls", "http://127.0.0.1:0", "--data", _folder.Path],
            _folder.Path,
            "in use by another process"
        );
        await RefusedAsync(["keys", "list", "--data", _folder.Path], _folder.Path, "in use by another process");
    }

    [Fact]
    public async Task A_demonstration_needs_an_empty_folder()
    {
        await (await HostProcess.StartAsync(_folder.Path, [])).DisposeAsync();

        await RefusedAsync(
            ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--demo"],
            _folder.Path,
            "needs an empty data folder"
        );
    }

    [Theory]
    [InlineData("ESCALATION_SMTP__HOST", "mail.example.org", "Smtp:From must be an email address")]
    [InlineData("ESCALATION_SMTP__PORT", "25", "Smtp:Host must be set")]
    [InlineData("ESCALATION_PUBLICURL", "escalation.example.org", "PublicUrl must be an http or https address")]
    [InlineData("ESCALATION_PUBLICURL", "https://www.example.org/escalation", "PublicUrl must have no path")]
    [InlineData("ESCALATION_PROXIES", "127.0.0.1,the proxy", "'the proxy' is none")]
    [InlineData("ESCALATION_STAFF_KEY", "a staff key of two words", "STAFF_KEY must be 24 to 500")]
    [InlineData("ESCALATION_STAFF_KEY", "a-key-of-23-characters.", "STAFF_KEY must be 24 to 500")]
    [InlineData("ESCALATION_INTAKE_KEY", "a-key-of-23-characters.", "INTAKE_KEY must be 24 to 500")]
    [InlineData("ESCALATION_SECRETS_KEY", "c2hvcnQ=", "SECRETS_KEY must be 32 random bytes in base64")]
    public async Task A_setting_that_is_not_valid_is_named(string name, string value, string reason) =>
        await RefusedAsync(["--data", _folder.Path], "settings", reason, (name, value));

    [Theory]
    [InlineData("TLS", "ssl", "Smtp:Tls must be startTls, implicit or none")]
    [InlineData("PORT", "0", "Smtp:Port must be a number from 1 to 65535")]
    [InlineData("FROM", "nobody", "Smtp:From must be an email address")]
    [InlineData("HELO", "two words", "Smtp:Helo must be a host name")]
    [InlineData("USER", "somebody", "Smtp:User and Smtp:Password must be set together")]
    [InlineData(
        "CLIENTID",
        "program",
        "Smtp:TenantId, Smtp:ClientId, Smtp:ClientSecret and Smtp:User must be set together"
    )]
    public async Task A_mail_setting_that_is_not_valid_is_named(string name, string value, string reason) =>
        await RefusedAsync(
            ["--data", _folder.Path],
            "settings",
            reason,
            [.. Mail, ($"ESCALATION_SMTP__{name}", value)]
        );

    [Fact]
    public async Task A_password_is_not_sent_without_TLS_unless_the_setting_says_so() =>
        await RefusedAsync(
            ["--data", _folder.Path],
            "settings",
            "unless Smtp:PasswordWithoutTls is true",
            [
                .. Mail,
                ("ESCALATION_SMTP__TLS", "none"),
                ("ESCALATION_SMTP__USER", "somebody"),
                ("ESCALATION_SMTP__PASSWORD", "secret"),
            ]
        );

    [Theory]
    [InlineData(
        "http://hooks.example.org/x",
        "Webhook:Url must be an https address, unless Webhook:Inside lists its host"
    )]
    [InlineData("hooks", "Webhook:Url must be an https address")]
    public async Task A_webhook_that_is_not_valid_is_named(string url, string reason) =>
        await RefusedAsync(["--data", _folder.Path], "settings", reason, ("ESCALATION_WEBHOOK__URL", url));

    [Theory]
    [InlineData("KEY", "a-key", "Notify:Key must be an API key as GOV.UK Notify shows it")]
    [InlineData("TEMPLATE", "stage-opened", "Notify:Template must be the id of an email template")]
    [InlineData("TEMPLATEID", "f33517ff-2a88-4f6e-b855-c550268ce08a", "Notify:TEMPLATEID is no setting")]
    [InlineData("CALLBACKTOKEN", "short", "Notify:CallbackToken must be 32 to 128")]
    public async Task A_setting_of_notify_that_is_not_valid_is_named(string name, string value, string reason) =>
        await RefusedAsync(
            ["--data", _folder.Path],
            "settings",
            reason,
            [.. Notify, ($"ESCALATION_NOTIFY__{name}", value)]
        );

    [Fact]
    public async Task A_mail_server_and_notify_are_not_both_set() =>
        await RefusedAsync(
            ["--data", _folder.Path],
            "settings",
            "Smtp and Notify must not both be set: emails go out one way",
            [.. Mail, .. Notify]
        );

    [Fact]
    public async Task Notify_sends_no_links_that_lead_nowhere() =>
        await RefusedAsync(["--data", _folder.Path], "settings", "PublicUrl must be set when emails are sent", Notify);

    private static (string, string)[] Notify { get; } =
    [("ESCALATION_NOTIFY__KEY", NotifyStub.Key), ("ESCALATION_NOTIFY__TEMPLATE", NotifyStub.Template)];

    private static (string, string)[] Mail { get; } =
    [
        ("ESCALATION_SMTP__HOST", "mail.example.org"),
        ("ESCALATION_SMTP__FROM", "Escalations <a@example.org>"),
        ("ESCALATION_PUBLICURL", "https://e.example.org"),
    ];

    private static async Task RefusedAsync(
        string[] args,
        string where,
        string what,
        params (string, string)[] environment
    )
    {
        var (code, output, errors) = await HostProcess.RunAsync(args, environment);

        Assert.Equal((1, ""), (code, output));
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(where, line, StringComparison.Ordinal);
        Assert.Contains(what, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }
}
