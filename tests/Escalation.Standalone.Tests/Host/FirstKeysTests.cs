using Escalation.Standalone.Hosting;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Which keys a start makes and prints.</summary>
public sealed class FirstKeysTests : IAsyncLifetime
{
    private const string Printed = " (shown only now): ";
    private readonly TemporaryFolder _folder = new();
    private SqliteCaseStore _store = null!;
    private AccessKeys _keys = null!;

    public Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder.Path);
        _keys = new AccessKeys(_store, TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Roles.Administrator, null, "Intake key")]
    [InlineData(Roles.Intake, null, "Administrator key")]
    [InlineData(Roles.BusinessManager, "sandwell", "Administrator key", "Intake key")]
    public async Task A_key_is_made_only_of_a_role_that_nobody_has_whatever_the_id(
        string role,
        string? partnership,
        params string[] made
    )
    {
        await _keys.AddAsync(new AccessKey("0a1b2c3d", role, partnership, null, "Somebody"), null, default);

        var shown = await StartAsync(null);

        Assert.Equal(made, shown.Select(line => line.Split(Printed)[0]));
        Assert.Equal(made.Length + 1, (await _keys.ListAsync(default)).Count);
        Assert.Empty(await StartAsync(null));
    }

    [Fact]
    public async Task A_key_of_the_settings_stands_beside_those_there_are_and_is_not_printed()
    {
        await _keys.AddAsync(new AccessKey("0a1b2c3d", Roles.Administrator, null, null, "Somebody"), null, default);
        const string given = "an-administrator-key-of-the-settings";

        var shown = await StartAsync(given);

        Assert.StartsWith("Intake key" + Printed, Assert.Single(shown), StringComparison.Ordinal);
        Assert.Equal(FirstKeys.AdministratorId, (await _keys.FindAsync(given, default))!.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_changed_key_of_the_settings_stands_in_place_of_the_one_before_which_is_worth_nothing_then(
        bool madeBefore
    )
    {
        string[] before = ["the-first-administrator-key", "the-first-intake-form-s-key"],
            after = ["the-second-administrator-key", "the-second-intake-form-s-key"];
        if (madeBefore)
            before = [.. (await StartAsync(null)).Select(line => line.Split(Printed)[1])];
        else
            Assert.Empty(await StartAsync(before[0], before[1]));

        Assert.Empty(await StartAsync(after[0], after[1]));

        foreach (var leaked in before)
            Assert.Null(await _keys.FindAsync(leaked, default));
        Assert.Equal(
            ("administrator", Roles.Administrator),
            (await _keys.FindAsync(after[0], default) is { } staff ? (staff.Id, staff.Role) : default)
        );
        Assert.Equal(
            ("intake", Roles.Intake),
            (await _keys.FindAsync(after[1], default) is { } intake ? (intake.Id, intake.Role) : default)
        );
        Assert.Equal(2, (await _keys.ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_key_of_the_settings_that_is_taken_away_goes_on_working_and_none_is_made()
    {
        const string given = "an-administrator-key-of-the-settings";
        await StartAsync(given, "an-intake-key-of-the-settings");

        Assert.Empty(await StartAsync(null));
        Assert.NotNull(await _keys.FindAsync(given, default));
    }

    private Task<IReadOnlyList<string>> StartAsync(string? staffKey, string? intakeKey = null) =>
        FirstKeys.EnsureAsync(
            _keys,
            new HostSettings
            {
                SecretsKey = new SecretsKeySource(null, _folder["secrets.key"]),
                StaffKey = staffKey,
                IntakeKey = intakeKey,
            },
            default
        );
}
