using Escalation.Standalone.Settings;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.Emails;
using static Escalation.Standalone.Tests.Host.Configured;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Every setting's default, what it comes to and what is refused; those of a mail server apart.</summary>
public sealed class HostSettingsTests
{
    private const string Id = "8e222534-7f05-4972-86e3-17c5d9f894e2";

    private static (string, string?)[] Notify { get; } =
    [("Notify:Key", NotifyStub.Key), ("Notify:Template", NotifyStub.Template), ("PublicUrl", "https://e.example.org")];

    private static readonly string[] All =
    [
        "PublicUrl",
        "Proxies",
        "STAFF_KEY",
        "INTAKE_KEY",
        "SECRETS_KEY",
        "SECRETS_KEY_FILE",
        "Smtp:Host",
        "Smtp:Port",
        "Smtp:From",
        "Smtp:Tls",
        "Smtp:User",
        "Smtp:Password",
        "Smtp:TenantId",
        "Smtp:ClientId",
        "Smtp:ClientSecret",
        "Smtp:Helo",
        "Notify:Key",
        "Notify:Template",
        "Notify:ReplyTo",
        "Notify:CallbackToken",
        "Webhook:Url",
        "Webhook:Format",
        "Webhook:Inside",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_nothing_is_set_or_all_is_empty_nothing_is_sent_or_believed_and_the_key_is_in_a_file(bool empty)
    {
        var settings = Read(empty ? [.. All.Select(name => (name, (string?)""))] : []);

        Assert.Null(settings.PublicUrl);
        Assert.Empty(settings.Proxies);
        Assert.Equal((null, null), (settings.Smtp, settings.Notify));
        Assert.Equal((null, null), (settings.StaffKey, settings.IntakeKey));
        Assert.Equal((null, WebhookFormat.Json), (settings.SecondChannel.Url, settings.SecondChannel.Format));
        Assert.Empty(settings.SecondChannel.Inside);
        Assert.Null(settings.SecretsKey.Given);
        var home = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        );
        Assert.Equal(Path.GetFullPath(Path.Combine(home, "escalation", "secrets.key")), settings.SecretsKey.File);
    }

    [Theory]
    [InlineData("https://escalation.example.org", "https://escalation.example.org")]
    [InlineData("https://escalation.example.org/", "https://escalation.example.org")]
    [InlineData("https://escalation.example.org:8443/", "https://escalation.example.org:8443")]
    [InlineData("http://10.0.0.5:5080", "http://10.0.0.5:5080")]
    public void Links_begin_with_the_public_address_without_a_slash_at_its_end(string given, string expected) =>
        Assert.Equal(expected, Read(("PublicUrl", given)).PublicUrl);

    [Theory]
    [InlineData("escalation.example.org", "PublicUrl must be an http or https address without query.")]
    [InlineData("ftp://escalation.example.org", "PublicUrl must be an http or https address without query.")]
    [InlineData("/escalation", "PublicUrl must be an http or https address without query.")]
    [InlineData("https://e.example.org?a=1", "PublicUrl must be an http or https address without query.")]
    [InlineData("https://e.example.org#a", "PublicUrl must be an http or https address without query.")]
    [InlineData(
        "https://www.example.org/escalation",
        "PublicUrl must have no path: Escalation needs a host name of its own, as https://escalation.example.org."
    )]
    public void An_address_that_links_cannot_begin_with_is_refused(string given, string refusal) =>
        Assert.Equal(refusal, Refusal(("PublicUrl", given)));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1/32")]
    [InlineData("::1", "::1/128")]
    [InlineData("10.0.0.0/24", "10.0.0.0/24")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("127.0.0.1,10.0.0.0/24", "127.0.0.1/32 10.0.0.0/24")]
    [InlineData(" 127.0.0.1 , , 10.0.0.0/24 ,", "127.0.0.1/32 10.0.0.0/24")]
    public void Proxies_are_addresses_and_networks(string given, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(("Proxies", given)).Proxies));

    [Theory]
    [InlineData("the proxy")]
    [InlineData("127.0.0.1/8/")]
    [InlineData("127.0.0.1/33")]
    [InlineData("127.0.0.1;10.0.0.1")]
    [InlineData("proxy.example.org")]
    public void What_is_no_proxy_s_address_is_refused_and_named(string given) =>
        Assert.Equal(
            "Proxies must be addresses or networks, separated by commas, as 127.0.0.1,10.0.0.0/24; "
                + $"'{given}' is none.",
            Refusal(("Proxies", $"10.0.0.1,{given}"))
        );

    public static TheoryData<string, int> KeysTaken { get; } =
        new()
        {
            { "STAFF_KEY", 24 },
            { "STAFF_KEY", 500 },
            { "INTAKE_KEY", 24 },
            { "INTAKE_KEY", 500 },
        };

    [Theory]
    [MemberData(nameof(KeysTaken))]
    public void A_first_key_has_24_to_500_characters(string name, int length)
    {
        var key = new string('k', length);
        var settings = Read((name, key));

        Assert.Equal(name == "STAFF_KEY" ? key : null, settings.StaffKey);
        Assert.Equal(name == "INTAKE_KEY" ? key : null, settings.IntakeKey);
    }

    public static TheoryData<string, string> KeysRefused { get; } =
        new()
        {
            { "STAFF_KEY", new string('k', 23) },
            { "STAFF_KEY", new string('k', 501) },
            { "STAFF_KEY", new string('k', 24) + " " },
            { "STAFF_KEY", new string('k', 24) + "é" },
            { "INTAKE_KEY", new string('k', 23) },
            { "INTAKE_KEY", new string('k', 501) },
        };

    [Theory]
    [MemberData(nameof(KeysRefused))]
    public void A_first_key_that_could_be_guessed_or_typed_wrong_is_refused_and_not_repeated(string name, string key) =>
        Assert.Equal(
            $"{name} must be 24 to 500 printable ASCII characters without spaces; 'openssl rand -base64 32' makes one.",
            Refusal((name, key))
        );

    [Fact]
    public void The_secrets_key_is_given_or_in_the_file_that_is_named()
    {
        var key = Convert.ToBase64String(new byte[32]);
        var settings = Read(("SECRETS_KEY", key), ("SECRETS_KEY_FILE", "keys/../secrets.key"));

        Assert.Equal(new SecretsKeySource(key, Path.GetFullPath("secrets.key")), settings.SecretsKey);
        Assert.Equal("ESCALATION_SECRETS_KEY", settings.SecretsKey.Where);
        Assert.Equal(Path.GetFullPath("secrets.key"), (settings.SecretsKey with { Given = null }).Where);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void A_secrets_key_of_another_length_is_refused(int length)
    {
        var key = length == 0 ? "no base64!" : Convert.ToBase64String(new byte[length]);
        Assert.Equal(
            "SECRETS_KEY must be 32 random bytes in base64, as 'openssl rand -base64 32' prints them.",
            Refusal(("SECRETS_KEY", key))
        );
    }

    [Fact]
    public void Every_setting_of_notify_is_read()
    {
        var notify = Read([
            .. Notify,
            ("Notify:ReplyTo", $"manager@example.org={Id}"),
            ("Notify:CallbackToken", new string('t', 32)),
            ("Notify:Url", "http://127.0.0.1:9"),
        ]).Notify!;

        Assert.Equal((NotifyStub.Key, new Guid(NotifyStub.Template)), (notify.Key, notify.Template));
        Assert.Equal(new Guid(Id), notify.ReplyToOf("Manager@example.org"));
        Assert.Null(notify.ReplyToOf("other@example.org"));
        Assert.Equal((new string('t', 32), new Uri("http://127.0.0.1:9")), (notify.CallbackToken, notify.Url));
        var fewest = Read(Notify).Notify!;
        Assert.Equal((null, new Uri("https://api.notifications.service.gov.uk/")), (fewest.CallbackToken, fewest.Url));
    }

    [Theory]
    [InlineData("Notify:Key", null, "Notify:Key must be set when other Notify settings are.")]
    [InlineData("Notify:Template", null, "Notify:Template must be the id of an email template.")]
    [InlineData("Notify:Template", "opened", "Notify:Template must be the id of an email template.")]
    [InlineData(
        "Notify:CallbackToken",
        "31-characters-are-one-too-few--",
        "Notify:CallbackToken must be 32 to 128 letters, digits, - and _."
    )]
    [InlineData(
        "Notify:Url",
        "http://notify.example.org",
        "Notify:Url must be an https address without a path (http only on this machine)."
    )]
    [InlineData(
        "Notify:Url",
        "https://notify.example.org/v2",
        "Notify:Url must be an https address without a path (http only on this machine)."
    )]
    [InlineData("PublicUrl", null, "PublicUrl must be set when emails are sent, so that their links lead here.")]
    public void A_setting_of_notify_that_is_wrong_or_missing_is_named(string name, string? value, string refusal) =>
        Assert.Equal(refusal, Refusal([.. Notify.Where(s => s.Item1 != name), (name, value)]));

    [Fact]
    public void Emails_go_out_one_way() =>
        Assert.Equal(
            "Smtp and Notify must not both be set: emails go out one way.",
            Refusal([.. Notify, ("Smtp:Host", "mail.example.org"), ("Smtp:From", "a@example.org")])
        );

    [Theory]
    [InlineData("json", WebhookFormat.Json)]
    [InlineData("JSON", WebhookFormat.Json)]
    [InlineData("teams", WebhookFormat.Teams)]
    [InlineData(null, WebhookFormat.Json)]
    public void A_webhook_is_posted_to_in_its_format(string? format, WebhookFormat expected)
    {
        var channel = Read(
            ("Webhook:Url", "https://hooks.example.org/x"),
            ("Webhook:Format", format),
            ("Webhook:Inside", "one.example.org, two.example.org")
        ).SecondChannel;

        Assert.Equal((new Uri("https://hooks.example.org/x"), expected), (channel.Url, channel.Format));
        Assert.Equal(["one.example.org", "two.example.org"], channel.Inside);
    }

    [Theory]
    [InlineData("http://hooks.example.org", "hooks.example.org", null)]
    [InlineData("http://hooks.example.org", "HOOKS.example.org", null)]
    [InlineData(
        "http://hooks.example.org",
        "other.example.org",
        "Webhook:Url must be an https address, unless Webhook:Inside lists its host."
    )]
    [InlineData("ftp://hooks.example.org", "hooks.example.org", "Webhook:Url must be an https address.")]
    [InlineData("hooks", "hooks", "Webhook:Url must be an https address.")]
    public void A_webhook_is_reached_by_https_or_is_of_a_host_that_is_listed(string url, string inside, string? refusal)
    {
        (string, string?)[] settings = [("Webhook:Url", url), ("Webhook:Inside", inside)];
        if (refusal is null)
            Assert.Equal(new Uri(url), Read(settings).SecondChannel.Url);
        else
            Assert.Equal(refusal, Refusal(settings));
    }

    [Fact]
    public void Every_fault_is_named_at_once() =>
        Assert.Equal(
            "PublicUrl must be an http or https address without query; Smtp:Host must be set when other Smtp settings are; "
                + "Webhook:Format must be json or teams; "
                + "Proxies must be addresses or networks, separated by commas, as 127.0.0.1,10.0.0.0/24; 'x' is none.",
            Refusal(("Proxies", "x"), ("PublicUrl", "x"), ("Smtp:Port", "25"), ("Webhook:Format", "x"))
        );
}
