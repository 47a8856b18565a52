using Escalation.Functions.Settings;
using Escalation.Functions.SignIn;
using Escalation.Testing.GovUkNotify;
using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.Tests.Settings;

public sealed class FunctionsSettingsTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["Escalation:PublicUrl"] = "https://escalation.example.org/",
        ["Escalation:CosmosEndpoint"] = "https://cosmos.example.org:443/",
        ["Escalation:EmailEndpoint"] = "https://mail.example.org",
        ["Escalation:EmailSender"] = "escalation@mail.example.org",
        ["Escalation:LinkKey"] = Key,
        ["Escalation:IntakeSecret"] = Key,
        ["Escalation:DeliverySecret"] = new string('s', 32),
    };

    [Fact]
    public void Complete_settings_are_read()
    {
        var settings = Read();
        Assert.Equal(
            ("https://escalation.example.org", "escalation", null),
            (settings.PublicUrl, settings.CosmosDatabase, settings.CosmosKey)
        );
        Assert.Equal(32, settings.LinkKeys.Current.Length);
        Assert.Null(settings.LinkKeys.Previous);
    }

    [Fact]
    public void A_previous_link_key_is_read_for_rotation() =>
        Assert.Equal(32, Read(("LinkKeyPrevious", Key)).LinkKeys.Previous!.Length);

    [Fact]
    public void A_previous_delivery_secret_is_read_for_rotation()
    {
        Assert.Null(Read().DeliverySecretPrevious);
        Assert.Equal(new string('p', 32), Read(("DeliverySecretPrevious", new string('p', 32))).DeliverySecretPrevious);
    }

    [Theory]
    [InlineData("PublicUrl", null, "Escalation__PublicUrl is not set.")]
    [InlineData(
        "PublicUrl",
        "http://escalation.example.org",
        "Escalation__PublicUrl must be an https address without query (http only on this machine)."
    )]
    [InlineData(
        "PublicUrl",
        "https://escalation.example.org/?a=1",
        "Escalation__PublicUrl must be an https address without query (http only on this machine)."
    )]
    [InlineData(
        "PublicUrl",
        "https://www.example.org/escalation",
        "Escalation__PublicUrl must have no path: Escalation needs a host name of its own."
    )]
    [InlineData(
        "CosmosEndpoint",
        "cosmos",
        "Escalation__CosmosEndpoint must be an https address without query (http only on this machine)."
    )]
    [InlineData(
        "CosmosKey",
        "secret",
        "Escalation__CosmosKey is for the emulator on this machine only; an account is reached by the host's identity."
    )]
    [InlineData("EmailEndpoint", "", "Escalation__EmailEndpoint is not set.")]
    [InlineData("EmailSender", "nobody", "Escalation__EmailSender must be an email address.")]
    [InlineData("LinkKey", "c2hvcnQ=", "Escalation__LinkKey must be 32 bytes in base64.")]
    [InlineData("LinkKey", "not base64", "Escalation__LinkKey must be 32 bytes in base64.")]
    [InlineData("LinkKeyPrevious", "c2hvcnQ=", "Escalation__LinkKeyPrevious must be 32 bytes in base64.")]
    [InlineData("IntakeSecret", null, "Escalation__IntakeSecret is not set.")]
    [InlineData("DeliverySecret", "short", "Escalation__DeliverySecret must be 32 to 128 letters, digits, - and _.")]
    [InlineData("DeliverySecret", null, "Escalation__DeliverySecret is not set.")]
    [InlineData(
        "DeliverySecretPrevious",
        "short",
        "Escalation__DeliverySecretPrevious must be 32 to 128 letters, digits, - and _."
    )]
    [InlineData(
        "LinkKey",
        "@Microsoft.KeyVault(SecretUri=https://vault/secrets/link)",
        "Escalation__LinkKey is a Key Vault reference that was not resolved: look at the secret and the identity's role on the vault."
    )]
    [InlineData(
        "DeliverySecret",
        "@Microsoft.KeyVault(SecretUri=https://vault/secrets/link)",
        "Escalation__DeliverySecret is a Key Vault reference that was not resolved: "
            + "look at the secret and the identity's role on the vault."
    )]
    public void A_faulty_setting_has_one_line_of_its_own(string name, string? value, string line)
    {
        var fault = Assert.Throws<SettingsFault>(() => Read((name, value)));
        Assert.Equal([line], fault.Faults);
        Assert.Equal(line, fault.Message);
    }

    [Fact]
    public void Emails_go_out_by_notify_where_it_is_set_in_place_of_communication_services()
    {
        var settings = Read([("EmailEndpoint", null), ("EmailSender", null), .. Notify]);
        Assert.Equal((NotifyStub.Key, new Guid(NotifyStub.Template)), (settings.Notify!.Key, settings.Notify.Template));
        Assert.Equal((null, null), (settings.EmailEndpoint, settings.EmailSender));
        Assert.Null(Read().Notify);
    }

    [Theory]
    [InlineData(
        "Notify:Key",
        "a-key",
        "Escalation__Notify__Key must be an API key as GOV.UK Notify shows it when it is made: name, service id and secret, with hyphens."
    )]
    [InlineData(
        "Notify:Key",
        "@Microsoft.KeyVault(SecretUri=https://vault/secrets/notify-key)",
        "Escalation__Notify__Key is a Key Vault reference that was not resolved: look at the secret and the identity's role on the vault."
    )]
    [InlineData(
        "Notify:CallbackToken",
        "@Microsoft.KeyVault(SecretUri=https://vault/secrets/notify-token)",
        "Escalation__Notify__CallbackToken is a Key Vault reference that was not resolved: "
            + "look at the secret and the identity's role on the vault."
    )]
    [InlineData(
        "Notify:Other",
        "1",
        "Escalation__Notify__Other is no setting: there are Key, Template, ReplyTo, CallbackToken and Url."
    )]
    [InlineData(
        "EmailSender",
        "escalation@mail.example.org",
        "Escalation__EmailEndpoint and Escalation__EmailSender must not be set where Escalation__Notify is: emails go out one way."
    )]
    public void A_faulty_setting_of_notify_has_one_line_of_its_own(string name, string value, string line) =>
        Assert.Equal(
            [line],
            Assert
                .Throws<SettingsFault>(() =>
                    Read([("EmailEndpoint", null), ("EmailSender", null), .. Notify, (name, value)])
                )
                .Faults
        );

    private static (string, string?)[] Notify { get; } =
    [("Notify:Key", NotifyStub.Key), ("Notify:Template", NotifyStub.Template)];

    [Fact]
    public void Every_fault_is_named_at_once_and_no_value_is_repeated()
    {
        var fault = Assert.Throws<SettingsFault>(() =>
            Read(("PublicUrl", null), ("LinkKey", "a-secret"), ("EmailSender", "another-secret"))
        );
        Assert.Equal(3, fault.Faults.Count);
        Assert.All(fault.Faults, line => Assert.Contains(line, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_for_the_emulator_is_taken_on_this_machine() =>
        Assert.Equal("key", Read(("CosmosEndpoint", "http://127.0.0.1:8081"), ("CosmosKey", "key")).CosmosKey);

    [Theory]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData(null, false)]
    public void Principals_are_checked_where_the_platform_says_so(string? enabled, bool expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("WEBSITE_SITE_NAME", "site"), new("WEBSITE_AUTH_ENABLED", enabled)])
            .Build();
        Assert.Equal(new Platform(true, expected), Platform.Read(configuration));
    }

    private static FunctionsSettings Read(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(Complete);
        foreach (var (name, value) in changes)
            values["Escalation:" + name] = value;
        return FunctionsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
