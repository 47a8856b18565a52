using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace Escalation.Infra.Tests;

/// <summary><c>azure.yaml</c>, its hooks, and what they and the templates must agree on.</summary>
public sealed partial class DeploymentTests
{
    [Fact]
    public void Azure_yaml_leads_to_templates_and_hooks_that_are_there()
    {
        var infra = Repository.Yaml("azure.yaml")["infra"];

        // group: what README has councils set that hand out a resource group only.
        Assert.All(
            [infra["module"].ToString(), "group"],
            module =>
            {
                Assert.True(Repository.Has($"{infra["path"]}/{module}.bicep"), module);
                Assert.True(Repository.Has($"{infra["path"]}/{module}.parameters.json"), module);
            }
        );
        Assert.Equal(["infra/hooks/secrets.sh"], HooksAfter("provision"));
        Assert.Equal(["infra/hooks/after-deployment.sh", "infra/hooks/smoke.sh"], HooksAfter("deploy"));
        Assert.All(
            [.. HooksAfter("provision"), .. HooksAfter("deploy")],
            hook => Assert.True(Repository.Has(hook), hook)
        );
    }

    [Fact]
    public void Every_script_may_be_run_as_azd_runs_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var script in Scripts)
            Assert.True(
                File.GetUnixFileMode(Path.Combine(Repository.Top, script)).HasFlag(UnixFileMode.UserExecute),
                script
            );
    }

    [Fact]
    public void The_project_has_an_id_for_user_secrets_so_that_azd_writes_none_into_it()
    {
        var project = XDocument.Parse(Repository.Read("src/Escalation.Functions/Escalation.Functions.csproj"));

        Assert.True(Guid.TryParse(Assert.Single(project.Descendants("UserSecretsId")).Value, out _));
    }

    [Fact]
    public void The_function_app_carries_the_tag_by_which_azd_finds_the_service()
    {
        var service = Assert.Single(((YamlMappingNode)Repository.Yaml("azure.yaml")["services"]).Children);
        var app = Repository.Read("infra/modules/function-app.bicep");

        Assert.Equal("function", service.Value["host"].ToString());
        Assert.Contains($"'azd-service-name': '{service.Key}'", app, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_that_a_script_needs_is_azd_s_an_output_or_a_parameter_s()
    {
        var needed = Repository
            .Hooks.SelectMany(script => Needed().Matches(Repository.Read(script)))
            .SelectMany(m => m.Groups["names"].Value.Split(' '))
            .Distinct()
            .ToList();
        var outputs = Output().Matches(Repository.Read("infra/main.bicep")).Select(m => m.Groups["name"].Value);
        var parameters = Variable()
            .Matches(Repository.Read("infra/main.parameters.json"))
            .Select(m => m.Groups["name"].Value);

        Assert.Contains("AZURE_KEY_VAULT_NAME", needed);
        Assert.Empty(needed.Except(outputs).Except(parameters).Except(["AZURE_SUBSCRIPTION_ID"]));
    }

    [Fact]
    public void Every_secret_that_a_template_refers_to_is_made_by_the_hook_or_asked_for_and_no_other()
    {
        const string brought = "notify-key",
            whereBrought = "notify-callback-token";
        var templates = string.Concat(Repository.Templates.Select(Repository.Read));
        var referred = Secret()
            .Matches(templates)
            .Select(m => m.Groups["name"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
        var hook = Repository.Read("infra/hooks/secrets.sh");
        var made = Made().Match(hook).Groups["names"].Value.Split(' ');

        Assert.Equal(referred, made.Append(brought).Append(whereBrought).Order(StringComparer.Ordinal));
        Assert.Contains($"grep -qx {brought} \"$folder/known\" || fail", hook, StringComparison.Ordinal);
        Assert.Contains($"store {whereBrought} ", hook, StringComparison.Ordinal);
    }

    [Fact]
    public void The_smoke_test_looks_for_the_subscription_that_the_template_makes()
    {
        Assert.Contains(
            Repository.Templates,
            file => Repository.Read(file).Contains("name: 'email-delivery'", StringComparison.Ordinal)
        );
        Assert.Contains(
            "/eventSubscriptions/email-delivery?",
            Repository.Read("infra/hooks/smoke.sh"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_script_stops_at_the_first_fault()
    {
        Assert.NotEmpty(Scripts);
        Assert.All(
            Scripts,
            script => Assert.StartsWith("#!/bin/sh\n", Repository.Read(script), StringComparison.Ordinal)
        );
        Assert.All(
            Repository.Hooks,
            script => Assert.Contains("\nset -eu\n", Repository.Read(script), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_README_names_every_script_and_every_parameter_s_variable()
    {
        var readme = Repository.Read("infra/README.md");
        var variables = Variable()
            .Matches(Repository.Read("infra/main.parameters.json"))
            .Select(m => m.Groups["name"].Value)
            .Where(name =>
                name.StartsWith("ESCALATION_", StringComparison.Ordinal) && name != "ESCALATION_EMAIL_DOMAIN_VERIFIED"
            );

        Assert.All(variables, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
        Assert.All(Scripts, script => Assert.Contains(Path.GetFileName(script), readme, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_script_sends_its_reader_to_is_there()
    {
        var readme = Repository.Read("infra/README.md");
        var named = Repository
            .Hooks.SelectMany(script => Section().Matches(Repository.Read(script)))
            .Select(m => m.Groups["name"].Value)
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($"\n## {name}\n", readme, StringComparison.Ordinal));
    }

    /// <summary>What is run; session.sh is read by them.</summary>
    private static IEnumerable<string> Scripts => Repository.Hooks.Except(["infra/hooks/session.sh"]);

    private static IReadOnlyList<string> HooksAfter(string command)
    {
        var hooks = Repository.Yaml("azure.yaml")["hooks"][$"post{command}"];
        return
        [
            .. (hooks is YamlSequenceNode several ? several.Children : [hooks]).Select(hook => hook["run"].ToString()),
        ];
    }

    [GeneratedRegex(
        @"^ *needs_values (?<names>[A-Z_ ]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Needed();

    [GeneratedRegex(@"infra/README\.md, \\""(?<name>[\w -]+)\\""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Output();

    [GeneratedRegex(@"(\}secrets/|getSecret\(')(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex(
        @"^for name in (?<names>[a-z -]+); do$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Made();
}
