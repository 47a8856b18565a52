using Escalation.Testing.GovUkNotify;
using Escalation.Web.GovUkNotify;

namespace Escalation.Web.Tests.GovUkNotify;

public sealed class NotifySettingsTests
{
    private const string Id = "8e222534-7f05-4972-86e3-17c5d9f894e2";

    private static readonly Dictionary<string, string> Complete = new(StringComparer.OrdinalIgnoreCase)
    {
        ["KEY"] = NotifyStub.Key,
        ["TEMPLATE"] = NotifyStub.Template,
    };

    [Fact]
    public void A_key_and_a_template_are_enough()
    {
        var (settings, faults) = Read();
        Assert.Empty(faults);
        Assert.Equal(
            (NotifyStub.Key, new Guid(NotifyStub.Template), null),
            (settings!.Key, settings.Template, settings.CallbackToken)
        );
        Assert.Equal("https://api.notifications.service.gov.uk/", settings.Url.AbsoluteUri);
        Assert.Null(settings.ReplyToOf("manager@example.org"));
    }

    [Fact]
    public void Where_nothing_is_set_emails_go_another_way()
    {
        var (settings, faults) = Read(("KEY", null), ("TEMPLATE", ""));
        Assert.Null(settings);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("KEY", null, "Notify:Key must be set when other Notify settings are")]
    [InlineData("KEY", "a-key", "Notify:Key must be an API key as GOV.UK Notify shows it")]
    [InlineData("KEY", $"{NotifyStub.Service}-{NotifyStub.Secret}", "Notify:Key must be an API key")]
    [InlineData(
        "KEY",
        $"name-{NotifyStub.Service}-22222222-2222-2222-2222-22222222222x",
        "Notify:Key must be an API key"
    )]
    [InlineData(
        "KEY",
        $"name-x6785a09-ab16-4eb0-8407-a37497a57506-{NotifyStub.Secret}",
        "Notify:Key must be an API key"
    )]
    [InlineData("KEY", $"name {NotifyStub.Service}-{NotifyStub.Secret}", "Notify:Key must be an API key")]
    [InlineData("TEMPLATE", null, "Notify:Template must be the id of an email template")]
    [InlineData("TEMPLATE", "stage-opened", "Notify:Template must be the id of an email template")]
    [InlineData("REPLYTO", "manager@sandwell.example.org", "Notify:ReplyTo must be the id of a reply-to address")]
    [InlineData("REPLYTO", $"manager={Id}", "Notify:ReplyTo must be the id")]
    [InlineData("REPLYTO", $"{Id},{Id}", "Notify:ReplyTo must be the id")]
    [InlineData("REPLYTO", $"a@example.org={Id}, A@example.org={Id}", "each address once")]
    [InlineData(
        "CALLBACKTOKEN",
        "a-token-of-31-characters-0123456",
        "Notify:CallbackToken must be 32 to 128 letters, digits, - and _",
        31
    )]
    [InlineData("CALLBACKTOKEN", "a token of several words 0123456789", "Notify:CallbackToken must be 32 to 128")]
    [InlineData("URL", "http://api.example.org", "Notify:Url must be an https address without a path")]
    [InlineData("URL", "https://api.example.org/v2", "Notify:Url must be an https address without a path")]
    [InlineData("URL", "api", "Notify:Url must be an https address")]
    [InlineData(
        "TEMPLATEID",
        Id,
        "Notify:TEMPLATEID is no setting: there are Key, Template, ReplyTo, CallbackToken and Url"
    )]
    public void A_setting_that_is_wrong_is_named_and_its_value_is_not(
        string name,
        string? value,
        string fault,
        int? length = null
    )
    {
        var given = length is { } l ? value![..l] : value;
        var (_, faults) = Read((name, given));
        Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
        if (given is { Length: > 10 })
            Assert.DoesNotContain(given, faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Reply_to_ids_are_found_by_address_in_any_case_of_letters_and_the_one_without_address_is_for_the_others()
    {
        const string other = "0a0a0a0a-7f05-4972-86e3-17c5d9f894e2";
        var (settings, faults) = Read(("REPLYTO", $"Manager@example.org={Id}, {other}"));
        Assert.Empty(faults);
        Assert.Equal(new Guid(Id), settings!.ReplyToOf("manager@EXAMPLE.org"));
        Assert.Equal(new Guid(other), settings.ReplyToOf("somebody@example.org"));
        Assert.Equal(new Guid(other), settings.ReplyToOf(null));
    }

    [Fact]
    public void Written_out_the_settings_tell_no_secret()
    {
        var (settings, _) = Read(("CALLBACKTOKEN", new string('t', 32)));
        Assert.Equal($"GOV.UK Notify, template {NotifyStub.Template}", $"{settings}");
    }

    private static (NotifySettings? Settings, List<string> Faults) Read(params (string Name, string? Value)[] changes)
    {
        var (values, faults) = (
            new Dictionary<string, string>(Complete, StringComparer.OrdinalIgnoreCase),
            new List<string>()
        );
        foreach (var (name, value) in changes)
            values[name] = value ?? "";
        var settings = NotifySettings.Read(
            values.Keys,
            name => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null,
            (name, must) => faults.Add($"{name} {must}")
        );
        return (settings, faults);
    }
}
