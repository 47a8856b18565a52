using Escalation.Functions.Settings;
using Escalation.Web.Emails;
using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.Tests.Settings;

/// <summary>Every setting of the Azure host: taken as it is, missed where it is needed, and refused just beyond its bounds.</summary>
public sealed class SettingBoundsTests
{
    private const string NotAddress = "must be an https address without query (http only on this machine).",
        NotKey = "must be 32 bytes in base64.",
        NotSecret = "must be 32 to 128 letters, digits, - and _.",
        Unresolved =
            "is a Key Vault reference that was not resolved: look at the secret and the identity's role on the vault.";

    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["PublicUrl"] = "https://escalation.example.org/",
        ["CosmosEndpoint"] = "https://cosmos.example.org:443/",
        ["CosmosDatabase"] = "cases-of-ours",
        ["EmailEndpoint"] = "https://mail.example.org",
        ["EmailSender"] = "escalation@mail.example.org",
        ["LinkKey"] = KeyOf(1),
        ["LinkKeyPrevious"] = KeyOf(2),
        ["IntakeSecret"] = KeyOf(3),
        ["DeliverySecret"] = new string('d', 32),
        ["DeliverySecretPrevious"] = new string('p', 32),
        ["Webhook:Url"] = "https://hooks.example.org/x",
        ["Webhook:Format"] = "teams",
        ["Webhook:Inside"] = "one.example.org, two.example.org",
    };

    private static readonly string[] Optional =
    [
        "CosmosDatabase",
        "LinkKeyPrevious",
        "DeliverySecretPrevious",
        "Webhook:Url",
        "Webhook:Format",
        "Webhook:Inside",
    ];

    public static TheoryData<string> Needed { get; } = [.. Complete.Keys.Except(Optional)];

    [Fact]
    public void Each_is_taken_for_what_it_is()
    {
        var settings = Read();

        Assert.Equal(
            ("https://escalation.example.org", new Uri("https://cosmos.example.org"), null, "cases-of-ours"),
            (settings.PublicUrl, settings.CosmosEndpoint, settings.CosmosKey, settings.CosmosDatabase)
        );
        Assert.Equal(
            (new Uri("https://mail.example.org"), "escalation@mail.example.org", null),
            (settings.EmailEndpoint, settings.EmailSender, settings.Notify)
        );
        Assert.Equal(
            [KeyOf(1), KeyOf(2), KeyOf(3)],
            new[] { settings.LinkKeys.Current, settings.LinkKeys.Previous!, settings.IntakeSecret }.Select(
                Convert.ToBase64String
            )
        );
        Assert.Equal(
            (new string('d', 32), new string('p', 32)),
            (settings.DeliverySecret, settings.DeliverySecretPrevious)
        );
        Assert.Equal(
            (new Uri("https://hooks.example.org/x"), WebhookFormat.Teams),
            (settings.SecondChannel.Url, settings.SecondChannel.Format)
        );
        Assert.Equal(["one.example.org", "two.example.org"], settings.SecondChannel.Inside);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_the_ones_that_may_be_missing_there_is_one_key_one_secret_and_the_log(string? nothing)
    {
        var settings = Read([.. Optional.Select(name => (name, nothing))]);

        Assert.Equal("escalation", settings.CosmosDatabase);
        Assert.Equal((null, null), (settings.LinkKeys.Previous, settings.DeliverySecretPrevious));
        Assert.Equal((null, WebhookFormat.Json), (settings.SecondChannel.Url, settings.SecondChannel.Format));
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void One_that_is_needed_and_not_set_is_the_one_fault(string name)
    {
        foreach (var nothing in (string?[])[null, ""])
            Assert.Equal([$"Escalation__{name} is not set."], Faults((name, nothing)));
    }

    [Theory]
    [InlineData("PublicUrl")]
    [InlineData("CosmosEndpoint")]
    [InlineData("EmailEndpoint")]
    public void An_address_is_https_without_a_query_or_http_on_this_machine(string name)
    {
        foreach (var taken in (string[])["https://x.example.org", "http://localhost:1", "http://127.0.0.1:1"])
            Read((name, taken));
        foreach (
            var refused in (string[])
                [
                    "http://x.example.org",
                    "http://10.0.0.1",
                    "ftp://localhost",
                    "x.example.org",
                    "/x",
                    "https://x.example.org/?a=1",
                    "https://x.example.org/#a",
                ]
        )
            Assert.Equal([$"Escalation__{name} {NotAddress}"], Faults((name, refused)));
    }

    [Theory]
    [InlineData("LinkKey")]
    [InlineData("LinkKeyPrevious")]
    [InlineData("IntakeSecret")]
    public void A_key_has_32_bytes(string name)
    {
        foreach (var length in (int[])[1, 31, 33, 64])
            Assert.Equal([$"Escalation__{name} {NotKey}"], Faults((name, Convert.ToBase64String(new byte[length]))));
        Assert.Equal([$"Escalation__{name} {NotKey}"], Faults((name, KeyOf(1)[..^1] + "!")));
    }

    [Theory]
    [InlineData("DeliverySecret")]
    [InlineData("DeliverySecretPrevious")]
    public void A_secret_that_stands_in_an_address_has_32_to_128_letters_digits_hyphens_and_underscores(string name)
    {
        foreach (var taken in (string[])[new('s', 32), new('s', 128), "09-_azAZ" + new string('s', 24)])
            Read((name, taken));
        foreach (
            var refused in (string[])
                [new('s', 31), new('s', 129), new string('s', 32) + "&", new string('s', 32) + "é", new(' ', 32)]
        )
            Assert.Equal([$"Escalation__{name} {NotSecret}"], Faults((name, refused)));
    }

    [Theory]
    [InlineData("LinkKey")]
    [InlineData("LinkKeyPrevious")]
    [InlineData("IntakeSecret")]
    [InlineData("DeliverySecret")]
    [InlineData("DeliverySecretPrevious")]
    public void A_reference_to_the_vault_that_the_platform_left_as_it_was_is_named(string name)
    {
        foreach (var start in (string[])["@Microsoft.KeyVault(", "@microsoft.keyvault("])
            Assert.Equal(
                [$"Escalation__{name} {Unresolved}"],
                Faults((name, $"{start}SecretUri=https://vault/secrets/one)"))
            );
    }

    [Theory]
    [InlineData("Url", "hooks", "Escalation__Webhook__Url must be an https address.")]
    [InlineData(
        "Url",
        "http://hooks.example.org",
        "Escalation__Webhook__Url must be an https address, unless Webhook:Inside lists its host."
    )]
    [InlineData("Format", "xml", "Escalation__Webhook__Format must be json or teams.")]
    public void A_second_channel_that_cannot_be_is_named(string name, string value, string fault) =>
        Assert.Equal([fault], Faults(($"Webhook:{name}", value)));

    [Theory]
    [InlineData("https://cosmos.example.org", false)]
    [InlineData("https://10.0.0.1", false)]
    [InlineData("http://localhost:8081", true)]
    [InlineData("https://127.0.0.1:8081", true)]
    public void A_key_of_the_database_is_for_this_machine_alone(string endpoint, bool taken)
    {
        (string, string?)[] settings = [("CosmosEndpoint", endpoint), ("CosmosKey", "a-key")];
        if (taken)
            Assert.Equal("a-key", Read(settings).CosmosKey);
        else
            Assert.StartsWith(
                "Escalation__CosmosKey is for the emulator on this machine only;",
                Assert.Single(Faults(settings)),
                StringComparison.Ordinal
            );
    }

    private static string KeyOf(byte value) => Convert.ToBase64String(Enumerable.Repeat(value, 32).ToArray());

    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] changes) =>
        Assert.Throws<SettingsFault>(() => Read(changes)).Faults;

    private static FunctionsSettings Read(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(Complete);
        foreach (var (name, value) in changes)
            values[name] = value;
        return FunctionsSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.ToDictionary(v => $"Escalation:{v.Key}", v => v.Value))
                .Build()
        );
    }
}
