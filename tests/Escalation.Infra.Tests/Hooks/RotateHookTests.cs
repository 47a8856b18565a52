namespace Escalation.Infra.Tests.Hooks;

public sealed class RotateHookTests : IDisposable
{
    private readonly HookMachine _machine = new();

    public RotateHookTests() => _machine.Fill();

    public static TheoryData<string> Shells => [.. HookMachine.Shells().Select(shell => string.Join(' ', shell))];

    /// <summary>A rotation and a call of az's at which it is interrupted, each that changes something or is waited for.</summary>
    public static TheoryData<string, string, string> Interruptions =>
        new()
        {
            { "link-keys", "link-key", "secret|set|--vault-name|kv-test|--name|link-key-previous" },
            { "link-keys", "link-key", "secret|set|--vault-name|kv-test|--name|link-key|" },
            { "link-keys", "link-key", "/configreferences/appsettings/refresh?" },
            { "link-keys", "link-key", "/configreferences/appsettings?" },
            { "link-keys", "link-key", "functionapp|restart" },
            { "link-keys", "link-key", "secret|set-attributes" },
            { "delivery", "delivery-secret", "secret|set|--vault-name|kv-test|--name|delivery-secret-previous" },
            { "delivery", "delivery-secret", "secret|set|--vault-name|kv-test|--name|delivery-secret|" },
            { "delivery", "delivery-secret", "/configreferences/appsettings/refresh?" },
            { "delivery", "delivery-secret", "/configreferences/appsettings?" },
            { "delivery", "delivery-secret", "functionapp|restart" },
            { "delivery", "delivery-secret", "deployment|group|create" },
            { "delivery", "delivery-secret", "secret|set-attributes" },
        };

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public void The_present_link_key_becomes_the_previous_one_and_a_new_one_signs(string shell)
    {
        var before = _machine.Secret("link-key");

        var result = _machine.RunUnder(shell.Split(' '), "rotate.sh", "link-keys");

        Assert.Equal((0, "Rotated: link-keys.\n", ""), (result.Exit, result.Output, result.Words));
        Assert.Equal(before, _machine.Secret("link-key-previous"));
        Assert.NotEqual(before, _machine.Secret("link-key"));
        Assert.Matches("^[A-Za-z0-9+/]{43}=$", _machine.Secret("link-key"));
        Assert.Equal(["refresh?", "restart"], Order("/refresh?", "functionapp|restart"));
        Assert.Empty(_machine.CallsWith("deployment"));
    }

    [Fact]
    public void A_new_delivery_secret_is_known_to_the_app_beside_the_one_before_and_then_told_to_Event_Grid()
    {
        var before = _machine.Secret("delivery-secret");

        var result = _machine.Run("rotate.sh", "delivery");

        Assert.Equal((0, ""), (result.Exit, result.Words));
        Assert.Equal(before, _machine.Secret("delivery-secret-previous"));
        Assert.Matches("^[0-9a-f]{64}$", _machine.Secret("delivery-secret"));
        Assert.NotEqual(before, _machine.Secret("delivery-secret"));
        Assert.Equal(
            ["refresh?", "restart", "create"],
            Order("/refresh?", "functionapp|restart", "deployment|group|create")
        );
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void Interrupted_and_run_again_it_keeps_the_secret_in_use_and_ends_with_one_new_one(
        string which,
        string secret,
        string at
    )
    {
        var before = _machine.Secret(secret);
        _machine.Fail(at);

        var interrupted = _machine.Run("rotate.sh", which);
        var meanwhile = new[] { _machine.Secret(secret), _machine.Secret($"{secret}-previous") };
        var again = _machine.Run("rotate.sh", which);
        _machine.FailNoMore();
        var atLast = _machine.Run("rotate.sh", which);

        Assert.Equal((1, 1, 0), (interrupted.Exit, again.Exit, atLast.Exit));
        Assert.Contains(before, meanwhile);
        Assert.Equal(before, _machine.Secret($"{secret}-previous"));
        Assert.NotEqual(before, _machine.Secret(secret));
    }

    [Fact]
    public void A_rotation_that_was_finished_is_followed_by_another()
    {
        _machine.Run("rotate.sh", "link-keys");
        var first = _machine.Secret("link-key");

        Assert.Equal(0, _machine.Run("rotate.sh", "link-keys").Exit);
        Assert.Equal(first, _machine.Secret("link-key-previous"));
        Assert.NotEqual(first, _machine.Secret("link-key"));
    }

    [Fact]
    public void A_new_secret_that_the_app_does_not_get_is_said_with_the_reason()
    {
        _machine.Unresolve(refreshes: 0, "FetchTimedOut");

        var result = _machine.Run("rotate.sh", "delivery");

        Assert.Equal(1, result.Exit);
        Assert.Contains(
            "Escalation__DeliverySecret: FetchTimedOut (the vault did not answer",
            result.Words,
            StringComparison.Ordinal
        );
        Assert.Empty(_machine.CallsWith("deployment"));
    }

    [Theory]
    [InlineData("link-keys", "exit 1")]
    [InlineData("link-keys", "exit 0")]
    [InlineData("delivery", "echo 00ff")]
    public void Without_a_good_new_secret_none_is_changed(string which, string openssl)
    {
        _machine.Put("bin/openssl", $"#!/bin/sh\n{openssl}\n", runs: true);

        AssertNothingChanges(which, "no secret was changed");
    }

    [Fact]
    public void Without_OpenSSL_none_is_changed()
    {
        _machine.Remove("bin/openssl");

        AssertNothingChanges("link-keys", "nothing was changed");
    }

    [Theory]
    [InlineData("--query|tags.rotation")]
    [InlineData("--query|value")]
    public void A_present_secret_that_can_t_be_read_stays(string read)
    {
        _machine.Fail(read);

        AssertNothingChanges("delivery", "can't be read");
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    public void What_is_no_key_never_becomes_the_previous_one(string text)
    {
        _machine.Put("stub/vault/link-key", text);

        AssertNothingChanges("link-keys", "nothing was changed");
    }

    [Theory]
    [InlineData()]
    [InlineData("intake-secret")]
    public void What_it_can_rotate_is_said(params string[] arguments)
    {
        var result = _machine.Run("rotate.sh", arguments);

        Assert.Equal((2, "usage: rotate.sh link-keys | delivery\n"), (result.Exit, result.Words));
        Assert.Empty(_machine.Calls);
    }

    [Fact]
    public void No_secret_is_printed_stands_on_a_command_line_or_stays_in_a_file()
    {
        var before = _machine.Secret("link-key");

        var result = _machine.Run("rotate.sh", "link-keys");

        Assert.All(
            [before, _machine.Secret("link-key")],
            secret => Assert.DoesNotContain(secret, result.Told + _machine.CommandLines, StringComparison.Ordinal)
        );
        Assert.Empty(_machine.Leftovers);
    }

    private void AssertNothingChanges(string which, string words)
    {
        var before = _machine.Vault.ToDictionary(name => name, _machine.Secret);

        var result = _machine.Run("rotate.sh", which);

        Assert.Equal(1, result.Exit);
        Assert.Contains(words, result.Words, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Vault.ToDictionary(name => name, _machine.Secret));
        Assert.Empty(_machine.CallsWith("secret|set"));
    }

    /// <summary>The ends of the patterns in the order in which calls had them.</summary>
    private IReadOnlyList<string> Order(params string[] patterns) =>
        [
            .. from call in _machine.Calls
            from pattern in patterns
            where call.Contains(pattern, StringComparison.Ordinal)
            select pattern.Split('/', '|')[^1],
        ];
}
