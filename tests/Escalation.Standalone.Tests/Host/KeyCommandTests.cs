using Escalation.Standalone.Commands;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Which access keys the command makes, and what it says when one is revoked.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_made_of_every_role_with_what_it_needs_and_of_none_with_less_or_more()
    {
        var choices =
            from role in (string[])["Administrator", "BusinessManager", "Practitioner", "Intake", "administrator", ""]
            from partnership in (string?[])[null, "sefton"]
            from agency in (string?[])[null, "police"]
            select (Role: role, Partnership: partnership, Agency: agency);
        var made = new List<string>();
        foreach (var (role, partnership, agency) in choices)
        {
            string[] args =
            [
                "keys",
                "add",
                "--name",
                "Whose it is",
                .. role.Length == 0 ? (string[])[] : ["--role", role],
                .. partnership is null ? (string[])[] : ["--partnership", partnership],
                .. agency is null ? (string[])[] : ["--agency", agency],
            ];
            var (code, output, errors) = await RunAsync(args);
            if (code == 0)
                made.Add(output.Split('\n')[0].Trim());
            else
                Assert.Equal(
                    (1, "", true),
                    (code, output, errors.StartsWith("No key was made. ", StringComparison.Ordinal))
                );
        }

        Assert.Equal(
            [
                "Administrator  Whose it is",
                "BusinessManager  sefton  Whose it is",
                "Practitioner  sefton  police  Whose it is",
                "Intake  Whose it is",
                "Intake  sefton  Whose it is",
            ],
            made.Select(line => line[10..])
        );
        var listed = (await RunAsync("keys", "list")).Output.Split('\n').Select(line => line.Trim());
        Assert.Equal(made.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task A_key_needs_a_name_that_says_whose_it_is()
    {
        Assert.Equal(1, (await RunAsync("keys", "add", "--role", "Administrator")).Code);
        Assert.Equal(1, (await RunAsync("keys", "add", "--role", "Administrator", "--name", " ")).Code);
        Assert.Equal((0, "", ""), await RunAsync("keys", "list"));
    }

    [Theory]
    [InlineData("administrator", true)]
    [InlineData("intake", true)]
    [InlineData("somebody", false)]
    public async Task Whoever_revokes_a_key_that_a_variable_sets_is_told_that_it_comes_back(string id, bool told)
    {
        await using (var store = SqliteCaseStore.Open(_folder["data"]))
        {
            var keys = new AccessKeys(store, TimeProvider.System);
            await FirstKeys.EnsureAsync(keys, ServedHost.Settings(_folder.Path), CancellationToken.None);
            var other = new AccessKey("somebody", Roles.Administrator, null, null, "Somebody");
            await keys.AddAsync(other, null, CancellationToken.None);
        }

        var (code, output, errors) = await RunAsync("keys", "revoke", id);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith($"{id} is revoked.", output, StringComparison.Ordinal);
        Assert.Equal(told, output.Contains("returns at the next start", StringComparison.Ordinal));
        Assert.DoesNotContain(id + "  ", (await RunAsync("keys", "list")).Output, StringComparison.Ordinal);
        Assert.Equal((1, "", $"There is no key '{id}'."), await RunAsync("keys", "revoke", id));
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using StringWriter output = new(),
            errors = new();
        var code = await CommandLine.RunAsync([.. args, "--data", _folder["data"]], output, errors);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }
}
