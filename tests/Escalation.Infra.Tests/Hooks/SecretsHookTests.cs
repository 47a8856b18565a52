namespace Escalation.Infra.Tests.Hooks;

public sealed class SecretsHookTests : IDisposable
{
    private readonly HookMachine _machine = new();

    public static TheoryData<string> Shells => [.. HookMachine.Shells().Select(shell => string.Join(' ', shell))];

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_first_run_makes_every_secret_and_waits_until_the_app_has_them(string shell)
    {
        _machine.Unresolve(refreshes: 3);

        var result = _machine.RunUnder(shell.Split(' '), "secrets.sh");

        Assert.Equal((0, ""), (result.Exit, result.Words));
        Assert.Equal(HookMachine.Secrets, _machine.Vault);
        Assert.All(
            _machine.Vault,
            name =>
                Assert.Matches(
                    HookMachine.IsHexadecimal(name) ? "^[0-9a-f]{64}$" : "^[A-Za-z0-9+/]{43}=$",
                    _machine.Secret(name)
                )
        );
        Assert.Equal(5, _machine.Vault.Select(_machine.Secret).Distinct().Count());
        Assert.Equal(3, _machine.CallsWith("/refresh?").Count);
        Assert.StartsWith("az|functionapp|restart|", _machine.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_makes_nothing_and_looks_again()
    {
        _machine.Fill();

        var result = _machine.Run("secrets.sh");

        Assert.Equal((0, "The app has every secret.\n", ""), (result.Exit, result.Output, result.Words));
        Assert.Empty(_machine.CallsWith("az|keyvault|secret|set"));
        Assert.Single(_machine.CallsWith("/configreferences/"));
        Assert.Empty(_machine.CallsWith("restart"));
    }

    [Fact]
    public void A_second_run_asks_again_for_what_the_first_left_unresolved()
    {
        _machine.Fill();
        _machine.Unresolve(refreshes: 1);

        Assert.Equal(0, _machine.Run("secrets.sh").Exit);
        Assert.StartsWith("az|functionapp|restart|", _machine.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void References_that_stay_unresolved_are_named_with_the_platform_s_reason_and_what_it_means()
    {
        _machine.Unresolve(refreshes: 0, "AccessToKeyVaultDenied", "Key Vault reference was not able to be resolved");

        var result = _machine.Run("secrets.sh");

        Assert.Equal(1, result.Exit);
        Assert.All(
            HookMachine.References,
            name =>
                Assert.Contains(
                    $"  {name}: AccessToKeyVaultDenied (the identity of the app may not",
                    result.Words,
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            "Azure says: Key Vault reference was not able to be resolved",
            result.Words,
            StringComparison.Ordinal
        );
        Assert.Equal(20, _machine.CallsWith("/refresh?").Count);
    }

    [Fact]
    public void A_status_that_nobody_here_knows_is_told_as_it_is()
    {
        _machine.Unresolve(refreshes: 0, "SomethingNew");

        Assert.Contains(
            "  Escalation__LinkKey: SomethingNew\n",
            _machine.Run("secrets.sh").Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void By_notify_its_key_has_to_be_brought_and_its_callbacks_token_is_made()
    {
        _machine.Values["ESCALATION_NOTIFY_TEMPLATE"] = "f33517ff-2a88-4f6e-b855-c550268ce08a";
        _machine.Fill();

        var without = _machine.Run("secrets.sh");
        Assert.Equal(1, without.Exit);
        Assert.Contains("the vault has no key for it", without.Words, StringComparison.Ordinal);
        Assert.Contains("--vault-name kv-test --name notify-key", without.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.CallsWith("az|keyvault|secret|set"));

        _machine.Put("stub/vault/notify-key", "the-key");
        Assert.Equal(0, _machine.Run("secrets.sh").Exit);
        Assert.Matches("^[0-9a-f]{64}$", _machine.Secret("notify-callback-token"));
        Assert.Equal("the-key", _machine.Secret("notify-key"));
        Assert.Single(_machine.CallsWith("az|keyvault|secret|set"));

        Assert.Equal(
            (0, "The app has every secret.\n"),
            (_machine.Run("secrets.sh").Exit, _machine.Run("secrets.sh").Output)
        );
        Assert.Single(_machine.CallsWith("az|keyvault|secret|set"));
    }

    [Fact]
    public void An_app_without_references_is_a_fault()
    {
        _machine.Put("stub/references", "");

        var result = _machine.Run("secrets.sh");

        Assert.Equal(1, result.Exit);
        Assert.Contains("has no setting that refers to the vault", result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_takes_some_minutes_is_waited_for()
    {
        _machine.Fail("keyvault|secret|list", times: 19);

        var result = _machine.Run("secrets.sh");

        Assert.Equal((0, ""), (result.Exit, result.Words));
        Assert.Equal(HookMachine.Secrets, _machine.Vault);
    }

    [Fact]
    public void A_vault_that_stays_closed_is_said_with_az_s_own_words_and_nothing_is_changed()
    {
        _machine.Fail("keyvault|secret|list");

        var result = _machine.Run("secrets.sh");

        Assert.Equal(1, result.Exit);
        Assert.StartsWith("ERROR: (Forbidden)", result.Words, StringComparison.Ordinal);
        Assert.Contains("Key Vault Secrets Officer", result.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.Vault);
    }

    [Fact]
    public void A_run_that_az_breaks_off_midway_is_finished_by_the_next_and_changes_no_secret_that_was_made()
    {
        _machine.Unresolve(refreshes: 1);
        _machine.Fail("--name|intake-secret");

        var broken = _machine.Run("secrets.sh");
        var made = _machine.Vault.ToDictionary(name => name, _machine.Secret);
        _machine.FailNoMore();
        var next = _machine.Run("secrets.sh");

        Assert.Equal((1, 0), (broken.Exit, next.Exit));
        Assert.Equal(["link-key", "link-key-previous"], made.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("did not take the secret intake-secret", broken.Words, StringComparison.Ordinal);
        Assert.Equal(HookMachine.Secrets, _machine.Vault);
        Assert.All(made, secret => Assert.Equal(secret.Value, _machine.Secret(secret.Key)));
    }

    [Theory]
    [InlineData("/configreferences/appsettings?")]
    [InlineData("/configreferences/appsettings/refresh?")]
    [InlineData("functionapp|restart")]
    public void A_bad_moment_of_Azure_s_is_got_over(string call)
    {
        _machine.Unresolve(refreshes: 1);
        _machine.Fail(call, times: 4);

        Assert.Equal(0, _machine.Run("secrets.sh").Exit);
    }

    [Theory]
    [InlineData("/configreferences/appsettings?", "references can't be read")]
    [InlineData("/configreferences/appsettings/refresh?", "could not be asked to read the vault again")]
    [InlineData("functionapp|restart", "could not be started anew")]
    public void What_Azure_refuses_for_good_ends_the_run_in_words(string call, string words)
    {
        _machine.Unresolve(refreshes: 1);
        _machine.Fail(call);

        var result = _machine.Run("secrets.sh");

        Assert.Equal(1, result.Exit);
        Assert.Contains(words, result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_OpenSSL_nothing_is_asked_of_Azure()
    {
        _machine.Remove("bin/openssl");

        var result = _machine.Run("secrets.sh");

        Assert.Equal(1, result.Exit);
        Assert.Contains("openssl is not on the PATH; nothing was changed", result.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.Calls);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("exit 0")]
    [InlineData("echo c2hvcnQ=")]
    [InlineData("echo 'unknown option -base64 or -hex, and words as long as a secret'")]
    [InlineData("printf '%064d' 0 | tr 0 'é'")]
    public void What_OpenSSL_makes_is_looked_at_before_it_is_stored(string does)
    {
        _machine.Put("bin/openssl", $"#!/bin/sh\n{does}\n", runs: true);

        var result = _machine.Run("secrets.sh");

        Assert.Equal(1, result.Exit);
        Assert.Contains("no secret was changed", result.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.Vault);
    }

    [Fact]
    public void Names_are_found_where_az_ends_lines_as_Windows_does()
    {
        _machine.Fill();
        _machine.Put("stub/line-end", "\r");

        Assert.Equal(0, _machine.Run("secrets.sh").Exit);
        Assert.Empty(_machine.CallsWith("az|keyvault|secret|set"));
    }

    [Fact]
    public void No_secret_is_printed_stands_on_a_command_line_or_stays_in_a_file()
    {
        _machine.Unresolve(refreshes: 1);

        var result = _machine.Run("secrets.sh");

        Assert.Equal(5, _machine.Vault.Count);
        Assert.All(
            _machine.Vault.Select(_machine.Secret),
            secret => Assert.DoesNotContain(secret, result.Told + _machine.CommandLines, StringComparison.Ordinal)
        );
        Assert.Empty(_machine.Leftovers);
    }
}
