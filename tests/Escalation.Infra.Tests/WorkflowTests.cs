using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Escalation.Infra.Tests;

/// <summary>The GitHub workflows, as far as reading them goes.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. Repository.Workflows];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_only_read_unless_a_job_says_more(string file)
    {
        var permissions = Assert.IsType<YamlMappingNode>(Repository.Yaml(file)["permissions"]);

        Assert.All(permissions.Children, right => Assert.Equal(("contents", "read"), (right.Key.ToString(), right.Value.ToString())));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_major_version_or_a_commit(string file)
    {
        var uses = Steps(file).Select(step => Value(step, "uses")).OfType<string>().ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, action => Assert.Matches(Pinned(), action));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void No_step_puts_text_from_outside_into_a_shell(string file)
    {
        Assert.All(Steps(file), step => Assert.DoesNotContain("${{", Value(step, "run") ?? "", StringComparison.Ordinal));
        Assert.DoesNotContain("pull_request_target", Repository.Read(file), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_step_fails_when_any_command_of_a_pipe_does(string file)
    {
        Assert.Equal("bash", Repository.Yaml(file)["defaults"]["run"]["shell"].ToString());
    }

    [Fact]
    public void The_build_uses_the_real_packages_and_builds_every_template_that_is_deployed()
    {
        var build = Repository.Read(".github/workflows/build.yml");

        Assert.Contains("AzurePackages: real", build, StringComparison.Ordinal);
        Assert.Contains("infra/main.bicep infra/delivery-reports.bicep", build, StringComparison.Ordinal);
    }

    [Fact]
    public void Updates_are_looked_for_in_every_kind_of_dependency()
    {
        var updates = (YamlSequenceNode)Repository.Yaml(".github/dependabot.yml")["updates"];

        Assert.Equal(["github-actions", "npm", "nuget"], updates.Select(u => u["package-ecosystem"].ToString()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<YamlMappingNode> Steps(string file) =>
        ((YamlMappingNode)Repository.Yaml(file)["jobs"]).Children.Values.SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Value(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    [GeneratedRegex(@"^[\w-]+/[\w/-]+@(v\d+|[0-9a-f]{40})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pinned();
}
