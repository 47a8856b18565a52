using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Escalation.Infra.Tests;

/// <summary><c>azure.yaml</c>, its hooks, and what they and the templates must agree on.</summary>
public sealed partial class DeploymentTests
{
    [Fact]
    public void Azure_yaml_leads_to_templates_and_hooks_that_are_there()
    {
        var azure = Repository.Yaml("azure.yaml");
        var infra = azure["infra"];
        var hooks = ((YamlMappingNode)azure["hooks"]).Children.Values.Select(hook => hook["run"].ToString()).ToList();

        Assert.True(Repository.Has($"{infra["path"]}/{infra["module"]}.bicep"));
        Assert.Equal(["infra/hooks/delivery-reports.sh", "infra/hooks/secrets.sh"], hooks.Order(StringComparer.Ordinal));
        Assert.All(hooks, hook => Assert.True(Repository.Has(hook), hook));
    }

    [Fact]
    public void The_function_app_carries_the_tag_by_which_azd_finds_the_service()
    {
        var service = Assert.Single(((YamlMappingNode)Repository.Yaml("azure.yaml")["services"]).Children);

        Assert.Equal("function", service.Value["host"].ToString());
        Assert.Contains($"'azd-service-name': '{service.Key}'", Repository.Read("infra/modules/function-app.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_that_a_hook_needs_is_an_output()
    {
        var needed = Repository.Hooks.SelectMany(hook => Needed().Matches(Repository.Read(hook))).Select(m => m.Groups["name"].Value).Distinct().ToList();
        var outputs = Output().Matches(Repository.Read("infra/main.bicep")).Select(m => m.Groups["name"].Value);

        Assert.Contains("AZURE_KEY_VAULT_NAME", needed);
        Assert.Empty(needed.Except(outputs));
    }

    [Fact]
    public void Every_secret_that_a_template_refers_to_is_made_by_the_hook_and_no_other()
    {
        var app = Repository.Read("infra/modules/function-app.bicep");
        var reports = Repository.Read("infra/after-deployment.bicep");
        var referred = Secret().Matches(app + reports).Select(m => m.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal);
        var made = Made().Match(Repository.Read("infra/hooks/secrets.sh")).Groups["names"].Value.Split(' ');

        Assert.Equal(referred, made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_hook_stops_at_the_first_fault()
    {
        Assert.NotEmpty(Repository.Hooks);
        Assert.All(Repository.Hooks, hook =>
        {
            Assert.StartsWith("#!/bin/sh\n", Repository.Read(hook), StringComparison.Ordinal);
            Assert.Contains("\nset -eu\n", Repository.Read(hook), StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"\$\{(?<name>(AZURE|SERVICE)_\w+):\?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Needed();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Output();

    [GeneratedRegex(@"(\}secrets/|getSecret\(')(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex(@"^for name in (?<names>[a-z -]+); do$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();
}
