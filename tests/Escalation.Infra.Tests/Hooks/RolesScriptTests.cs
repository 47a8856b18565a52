using System.Text.Json;
using System.Text.RegularExpressions;

namespace Escalation.Infra.Tests.Hooks;

public sealed partial class RolesScriptTests : IDisposable
{
    private readonly HookMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_registration_without_roles_gets_those_that_are_named()
    {
        Registration("[]");

        string[] named = ["Administrator", "BusinessManager.sandwell", "Practitioner.sandwell.oak-primary"];
        var roles = Roles(named);

        Assert.Equal(named, roles.Select(r => r.GetProperty("value").GetString()));
        Assert.Equal(
            ["Administrator", "Business manager, sandwell", "Practitioner, sandwell oak-primary"],
            NamesOf(roles)
        );
        Assert.All(
            roles,
            role =>
            {
                Assert.Equal(
                    "User",
                    Assert.Single(role.GetProperty("allowedMemberTypes").EnumerateArray()).GetString()
                );
                Assert.True(role.GetProperty("isEnabled").GetBoolean());
                Assert.NotEmpty(role.GetProperty("description").GetString()!);
                Assert.Equal(8, role.GetProperty("id").GetGuid().Version);
            }
        );
        Assert.Equal(3, roles.Select(r => r.GetProperty("id").GetGuid()).Distinct().Count());
    }

    [Fact]
    public void A_role_has_the_same_id_in_every_run()
    {
        Registration("[]");

        Assert.Equal(
            Roles("Administrator").Single().GetRawText(),
            Roles("Practitioner.sefton.school", "Administrator")[1].GetRawText()
        );
    }

    [Fact]
    public void Roles_that_are_there_stay_as_they_are_and_are_not_doubled()
    {
        Registration(
            """
            [
              { "allowedMemberTypes": [ "User" ], "description": "Runs it [all]", "displayName": "Boss",
                "id": "44444444-4444-4444-4444-444444444444", "isEnabled": false, "value": "Administrator" }
            ]
            """,
            "Administrator"
        );

        var roles = Roles("Administrator", "BusinessManager.sefton", "BusinessManager.sefton");

        Assert.Equal(["Boss", "Business manager, sefton"], NamesOf(roles));
        Assert.Equal("Runs it [all]", roles[0].GetProperty("description").GetString());
        Assert.False(roles[0].GetProperty("isEnabled").GetBoolean());
    }

    [Theory]
    [InlineData("administrator")]
    [InlineData("BusinessManager")]
    [InlineData("BusinessManager.sandwell.oak-primary")]
    [InlineData("Practitioner.sandwell")]
    [InlineData("Practitioner.Sandwell.Oak")]
    [InlineData("Practitioner.sandwell.oak\", \"x\": \"")]
    public void What_is_no_role_is_refused_before_anything_is_asked(string role)
    {
        var result = _machine.Run("roles.sh", "Administrator", role);

        Assert.Equal((1, ""), (result.Exit, result.Output));
        Assert.Contains($"{role} is no role.", result.Words, StringComparison.Ordinal);
        Assert.Empty(_machine.Calls);
    }

    [Fact]
    public void A_registration_that_can_t_be_read_is_said_and_no_file_is_begun()
    {
        _machine.Fail("ad|app|show");

        var result = _machine.Run("roles.sh", "Administrator");

        Assert.Equal((1, ""), (result.Exit, result.Output));
        Assert.Contains("can't be read", result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_directory_of_another_tenant_is_not_asked()
    {
        _machine.Put("stub/tenant", "66666666-6666-6666-6666-666666666666\n");

        var result = _machine.Run("roles.sh", "Administrator");

        Assert.Equal((1, ""), (result.Exit, result.Output));
        Assert.Contains(
            $"az account set --subscription {HookMachine.Subscription}",
            result.Words,
            StringComparison.Ordinal
        );
        Assert.Empty(_machine.CallsWith("ad|app"));
    }

    [Fact]
    public void Without_names_it_says_what_it_takes()
    {
        Assert.StartsWith("usage: roles.sh Administrator", _machine.Run("roles.sh").Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_roles_are_those_that_the_host_reads()
    {
        var read = Read()
            .Matches(Repository.Read("src/Escalation.Functions/SignIn/EntraRoles.cs"))
            .Select(m => m.Groups["role"].Value);

        Assert.Equal(["Administrator", "BusinessManager", "Practitioner"], read.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string?> NamesOf(IEnumerable<JsonElement> roles) =>
        roles.Select(role => role.GetProperty("displayName").GetString());

    private void Registration(string json, params string[] values)
    {
        _machine.Put("stub/roles.json", json + "\n");
        _machine.Put("stub/roles.txt", string.Concat(values.Select(value => value + "\n")));
    }

    private IReadOnlyList<JsonElement> Roles(params string[] names)
    {
        var result = _machine.Run("roles.sh", names);

        Assert.Equal((0, ""), (result.Exit, result.Words));
        using var roles = JsonDocument.Parse(result.Output);
        return [.. roles.RootElement.EnumerateArray().Select(role => role.Clone())];
    }

    /// <summary>A pattern of a role's words apart by dots.</summary>
    [GeneratedRegex(@"^\s+\[Roles\.(?<role>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();
}
