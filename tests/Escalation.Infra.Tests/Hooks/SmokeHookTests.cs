namespace Escalation.Infra.Tests.Hooks;

public sealed class SmokeHookTests : IDisposable
{
    private const string SignInWords = "App Service authentication is off: no staff can sign in.";
    private const string SignInIsOff =
        $$"""{"title":"Unavailable","status":503,"detail":"{{SignInWords}}","code":"unavailable"}""";

    private readonly HookMachine _machine = new();

    public SmokeHookTests()
    {
        _machine.Fill();
        _machine.Answer("ready", 200, """{"status":"ok","counts":{"open":0}}""");
        _machine.Answer("made-up-sign-in", 401);
        _machine.Answer("report", 200);
        _machine.Answer("report-without-secret", 404);
    }

    public static TheoryData<string> Shells => [.. HookMachine.Shells().Select(shell => string.Join(' ', shell))];

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public void What_works_is_said_and_so_is_what_was_not_looked_at(string shell)
    {
        var result = _machine.RunUnder(shell.Split(' '), "smoke.sh");

        Assert.Equal((0, ""), (result.Exit, result.Words));
        Assert.Equal(
            6,
            result.Output.Split('\n').Count(line => line.StartsWith("  well   ", StringComparison.Ordinal))
        );
        Assert.Contains(
            "  note   Not shown: that Communication Services sends, and reports.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "What was deployed works, as far as can be seen from outside.\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(_machine.Leftovers);
    }

    [Fact]
    public void It_changes_nothing()
    {
        _machine.Run("smoke.sh");

        Assert.All(["|set", "|create", "|restart", "|post|"], change => Assert.Empty(_machine.CallsWith(change)));
    }

    [Fact]
    public void The_first_deployment_before_sign_in_is_set_up_is_no_fault()
    {
        _machine.Values.Remove("ESCALATION_ENTRA_CLIENT_ID");
        _machine.Answer("ready", 503, SignInIsOff);

        var result = _machine.Run("smoke.sh");

        Assert.Equal(0, result.Exit);
        Assert.Contains(
            "  note   Staff can't sign in yet: infra/README.md, \"Staff sign-in\".",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Single(_machine.CallsWith("/health/ready"));
    }

    [Fact]
    public void Sign_in_that_was_set_up_and_is_off_all_the_same_is_a_fault()
    {
        _machine.Answer("ready", 503, SignInIsOff);

        AssertFault("the app does not see WEBSITE_AUTH_ENABLED");
    }

    [Fact]
    public void It_knows_the_sign_in_fault_by_the_words_that_the_host_uses()
    {
        var probe = Repository.Read("src/Escalation.Functions/Health/StaffSignInProbe.cs");

        Assert.Contains($"\"{SignInWords}\"", probe, StringComparison.Ordinal);
        Assert.Contains(
            $"without_sign_in=\"{SignInWords}\"",
            Repository.Read("infra/hooks/smoke.sh"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_cause_of_not_being_ready_is_told_in_the_app_s_words_once_it_was_waited_for()
    {
        _machine.Answer(
            "ready",
            503,
            """{"title":"Unavailable","detail":"The task hub can\u0027t be \"reached\" (RpcException).","status":503}"""
        );

        AssertFault("""Not ready: The task hub can't be \"reached\" (RpcException).""");
        Assert.Equal(12, _machine.CallsWith("/health/ready").Count);
    }

    [Fact]
    public void An_app_that_is_behind_is_noted()
    {
        _machine.Answer("ready", 200, """{"status":"behind","counts":{}}""");

        var result = _machine.Run("smoke.sh");

        Assert.Equal(0, result.Exit);
        Assert.Contains("  note   Ready, but behind:", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(503, "Function host is not running.")]
    [InlineData(200, "<html>Your Azure Function App is up and running.</html>")]
    public void An_app_that_does_not_start_is_said_and_asked_nothing_further(int status, string body)
    {
        _machine.Answer("ready", status, body);

        AssertFault($"The app does not answer (HTTP {status:D3} at /health/ready)");
        Assert.Empty(_machine.CallsWith("--data-binary"));
    }

    [Fact]
    public void A_machine_that_reaches_no_network_is_a_fault_and_not_a_crash()
    {
        _machine.Put("bin/curl", "#!/bin/sh\nexit 6\n", runs: true);

        AssertFault("The app does not answer (HTTP 000 at /health/ready)");
    }

    [Fact]
    public void Every_function_of_the_host_is_looked_for()
    {
        Assert.Equal(9, FunctionNames.All.Count);
        var all = string.Join(' ', FunctionNames.All);
        Assert.Contains($"for name in {all}; do", Repository.Read("infra/hooks/smoke.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_is_missing_is_named()
    {
        _machine.Functions([.. FunctionNames.All.Where(name => name != "Sweep")]);

        AssertFault("Functions are missing: Sweep.");
    }

    [Fact]
    public void A_list_of_functions_that_comes_late_is_waited_for()
    {
        _machine.Functions([]);

        AssertFault("Functions are missing: Advance Comparison");
        Assert.Equal(20, _machine.CallsWith("functionapp|function|list").Count);
    }

    [Fact]
    public void An_unresolved_reference_is_named()
    {
        _machine.Unresolve(refreshes: 0, "VaultNotFound");

        AssertFault("Escalation__LinkKey: VaultNotFound (no vault of that name answers the app");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Creating\nhttps://func-test.azurewebsites.net/hooks/email-delivery\n")]
    [InlineData("Succeeded\nhttps://func-other.azurewebsites.net/hooks/email-delivery\n")]
    public void Event_Grid_s_subscription_has_to_be_there_finished_and_this_app_s(string subscription)
    {
        _machine.Put("stub/subscription", subscription);

        AssertFault("Event Grid does not post delivery reports to");
    }

    [Fact]
    public void A_subscription_that_is_not_there_is_a_fault()
    {
        _machine.Fail("eventSubscriptions/email-delivery");

        AssertFault("Run infra/hooks/after-deployment.sh");
    }

    [Theory]
    [InlineData(404, "The app does not know the vault's delivery secret")]
    [InlineData(503, "The app could not take a delivery report (HTTP 503)")]
    public void A_delivery_report_that_does_not_arrive_is_a_fault(int status, string words)
    {
        _machine.Answer("report", status);

        AssertFault(words);
    }

    [Fact]
    public void A_delivery_report_that_arrives_without_the_secret_is_a_fault()
    {
        _machine.Answer("report-without-secret", 200);

        AssertFault("A delivery report without the secret is not turned away");
    }

    [Fact]
    public void A_secret_that_can_t_be_read_is_said()
    {
        _machine.Fail("secret|show");

        AssertFault("The delivery secret can't be read");
    }

    [Theory]
    [InlineData(200, "A MADE-UP SIGN-IN IS BELIEVED")]
    [InlineData(500, "Whether a made-up sign-in is refused could not be seen (HTTP 500")]
    public void A_made_up_sign_in_has_to_be_refused(int status, string words)
    {
        _machine.Answer("made-up-sign-in", status);

        AssertFault(words);
    }

    [Fact]
    public void Every_fault_is_told_and_they_are_counted()
    {
        _machine.Answer("report", 404);
        _machine.Answer("made-up-sign-in", 200);
        _machine.Put("stub/subscription", "");

        Assert.StartsWith("3 of these want mending;", _machine.Run("smoke.sh").Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_delivery_secret_stands_on_no_command_line_and_is_not_printed()
    {
        var result = _machine.Run("smoke.sh");

        Assert.DoesNotContain(
            _machine.Secret("delivery-secret"),
            result.Told + _machine.CommandLines,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("base64")]
    public void A_missing_tool_is_said(string tool)
    {
        _machine.Remove($"bin/{tool}");

        Assert.Contains($"{tool} is not on the PATH", _machine.Run("smoke.sh").Words, StringComparison.Ordinal);
    }

    private void AssertFault(string words)
    {
        var result = _machine.Run("smoke.sh");

        Assert.Equal(1, result.Exit);
        Assert.Contains("  FAULT  ", result.Output, StringComparison.Ordinal);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.StartsWith("1 of these want mending; then run this again", result.Words, StringComparison.Ordinal);
    }
}
