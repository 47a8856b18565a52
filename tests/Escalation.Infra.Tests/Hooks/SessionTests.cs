namespace Escalation.Infra.Tests.Hooks;

/// <summary>What every hook begins with, and that none asks Azure for anything in another subscription.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly HookMachine _machine = new();

    public static TheoryData<string, string> Hooks =>
        new()
        {
            { "secrets.sh", "" },
            { "rotate.sh", "link-keys" },
            { "rotate.sh", "delivery" },
            { "after-deployment.sh", "" },
            { "smoke.sh", "" },
            { "roles.sh", "Administrator" },
        };

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Every_script_that_is_run_is_among_those_tried_here()
    {
        var tried = Hooks.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(tried, Repository.Hooks.Select(Path.GetFileName).Where(name => name != "session.sh"));
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void Every_call_names_the_subscription_that_azd_chose(string hook, string argument)
    {
        var result = Run(hook, argument);

        Assert.Equal((0, ""), (result.Exit, result.Words));
        string[] ofTheTenant = ["az|ad|app|show|", "az|account|show|--query|tenantId|"];
        var asked = _machine
            .Calls.Where(call => call.StartsWith("az|", StringComparison.Ordinal))
            .Where(call => !ofTheTenant.Any(start => call.StartsWith(start, StringComparison.Ordinal)))
            .ToList();
        Assert.NotEmpty(asked);
        Assert.All(
            asked,
            call => Assert.Contains($"|--subscription|{HookMachine.Subscription}", call, StringComparison.Ordinal)
        );
        Assert.All(
            asked.Where(call => call.Contains("|--url|", StringComparison.Ordinal)),
            call =>
                Assert.Contains($"|--url|/subscriptions/{HookMachine.Subscription}/", call, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void An_app_in_another_subscription_than_azd_chose_is_left_alone(string hook, string argument)
    {
        _machine.Values["AZURE_SUBSCRIPTION_ID"] = "33333333-3333-3333-3333-333333333333";

        var result = Run(hook, argument);

        Assert.Equal(1, result.Exit);
        Assert.Contains("the app is in another", result.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.Calls);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_subscription_that_az_is_not_signed_in_to_is_said_first(string hook, string argument)
    {
        _machine.Fail("account|show");

        var result = Run(hook, argument);

        Assert.Equal(1, result.Exit);
        Assert.Contains("az login --tenant", result.Words, StringComparison.Ordinal);
        Assert.Single(_machine.Calls);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void By_hand_the_values_are_asked_of_azd(string hook, string argument)
    {
        _machine.Put(
            "stub/azd-values",
            string.Concat(_machine.Values.Select(value => $"{value.Key}=\"{Escaped(value.Value)}\"\n"))
        );
        _machine.Values.Clear();

        var result = Run(hook, argument);

        Assert.Equal((0, ""), (result.Exit, result.Words));
        Assert.StartsWith("azd env get-values --cwd ", _machine.Calls[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_value_that_the_template_did_not_give_is_named(string hook, string argument)
    {
        _machine.Values.Remove("SERVICE_APP_NAME");

        var result = Run(hook, argument);

        Assert.Equal(1, result.Exit);
        Assert.Contains("SERVICE_APP_NAME is not set", result.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.Calls);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void Without_az_a_hook_says_so(string hook, string argument)
    {
        _machine.Remove("bin/az");

        var result = Run(hook, argument);

        Assert.Equal(1, result.Exit);
        Assert.Contains("az is not on the PATH", result.Words, StringComparison.Ordinal);
    }

    private static string Escaped(string text) => text.Replace("\"", "\\\"", StringComparison.Ordinal);

    private HookResult Run(string hook, string argument)
    {
        _machine.Fill();
        _machine.Answer("ready", 200, """{"status":"ok"}""");
        _machine.Answer("made-up-sign-in", 401);
        _machine.Answer("report", 200);
        _machine.Answer("report-without-secret", 404);
        _machine.Put("stub/roles.json", "[]\n");
        _machine.Put("stub/roles.txt", "");
        return argument.Length == 0 ? _machine.Run(hook) : _machine.Run(hook, argument);
    }
}
