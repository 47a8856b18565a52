using System.Globalization;
using System.Text.Json.Nodes;
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

        Assert.All(
            permissions.Children,
            right => Assert.Equal(("contents", "read"), (right.Key.ToString(), right.Value.ToString()))
        );
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
        Assert.All(
            Steps(file),
            step => Assert.DoesNotContain("${{", Value(step, "run") ?? "", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("pull_request_target", Repository.Read(file), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_step_fails_when_any_command_of_a_pipe_does(string file)
    {
        Assert.Equal("bash", Repository.Yaml(file)["defaults"]["run"]["shell"].ToString());
    }

    [Theory]
    [InlineData(".github/workflows/build.yml", "./test")]
    [InlineData(".github/workflows/long-tests.yml", "./test --long \"$PART\"")]
    public void The_tests_run_as_on_any_machine_and_with_every_package_itself(string file, string command)
    {
        Assert.Contains(command, Steps(file).Select(step => Value(step, "run")));
        Assert.Equal("real", Repository.Yaml(file)["jobs"]["test"]["env"]["EmailPackage"].ToString());
    }

    [Fact]
    public void The_long_tests_run_every_week_each_part_that_the_test_command_knows_on_a_machine_of_its_own()
    {
        var schedule = Assert.Single(
            ((YamlSequenceNode)Repository.Yaml(".github/workflows/long-tests.yml")["on"]["schedule"]).Children
        );

        Assert.Matches(@"^\d+ \d+ \* \* \d$", schedule["cron"].ToString());
        var job = Repository.Yaml(".github/workflows/long-tests.yml")["jobs"]["test"];
        Assert.Equal("[ tests, repeats, mutation ]", job["strategy"]["matrix"]["part"].ToString());
        Assert.Equal("${{ matrix.part }}", job["env"]["PART"].ToString());
        Assert.Contains(
            "\n  --long) parts='tests repeats mutation' ;;",
            Repository.Read("test"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_run_of_the_tests_ends_in_time_and_leaves_nothing_in_the_tree()
    {
        Assert.Contains(
            "--blame-hang-timeout \"$limit\" --blame-hang-dump-type none",
            Repository.Read("test"),
            StringComparison.Ordinal
        );
        Assert.Contains("--results-directory \"$results\"", Repository.Read("test"), StringComparison.Ordinal);
        Assert.All(Repository.Workflows, file => Assert.All(Jobs(file), job => Assert.InRange(Minutes(job), 1, 360)));
    }

    [Fact]
    public void No_test_waits_for_a_process_without_an_end() =>
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(Repository.Top, "tests"), "*.cs", SearchOption.AllDirectories),
            file => EndlessWait().IsMatch(File.ReadAllText(file))
        );

    [Fact]
    public void The_long_tests_measure_every_project_that_has_settings_for_it_against_a_threshold()
    {
        Assert.Contains(
            "for settings in tests/*/stryker-config.json",
            Repository.Read("test"),
            StringComparison.Ordinal
        );
        Assert.Contains("\"dotnet-stryker\"", Repository.Read(".config/dotnet-tools.json"), StringComparison.Ordinal);
        var settings = Directory
            .GetDirectories(Path.Combine(Repository.Top, "tests"))
            .Select(folder => Path.Combine(folder, "stryker-config.json"))
            .Where(File.Exists)
            .ToList();

        Assert.Equal(5, settings.Count);
        Assert.All(
            settings,
            file =>
            {
                var stryker = JsonNode.Parse(File.ReadAllText(file))!["stryker-config"]!;
                var project = (string)stryker["project"]!;
                Assert.True(Repository.Has($"src/{Path.GetFileNameWithoutExtension(project)}/{project}"), file);
                Assert.EndsWith(
                    $"{Path.GetFileNameWithoutExtension(project)}.Tests",
                    Path.GetDirectoryName(file),
                    StringComparison.Ordinal
                );
                Assert.InRange((int)stryker["thresholds"]!["break"]!, 70, 95);
            }
        );
    }

    [Fact]
    public void Opening_a_pull_request_says_at_the_top_which_setting_it_needs()
    {
        var all = Repository.Workflows.Select(Repository.Read);
        var opens = Assert.Single(all, workflow => workflow.Contains("gh pr create", StringComparison.Ordinal));
        var head = opens.Split('\n').TakeWhile(line => line.StartsWith('#'));

        Assert.Contains(
            head,
            line => line.Contains("Allow GitHub Actions to create and approve pull requests", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Updates_are_looked_for_in_every_kind_of_dependency_and_every_folder_that_has_one()
    {
        var updates = ((YamlSequenceNode)Repository.Yaml(".github/dependabot.yml")["updates"]).Children.ToDictionary(
            update => update["package-ecosystem"].ToString()
        );
        var npm = ((YamlSequenceNode)updates["npm"]["directories"]).Select(folder => folder.ToString()).ToList();

        Assert.Equal(["github-actions", "npm", "nuget"], updates.Keys.Order(StringComparer.Ordinal));
        Assert.NotEmpty(NpmFolders);
        Assert.All(
            NpmFolders,
            folder => Assert.Contains(npm, d => d == $"/{folder}" || d == $"/{Path.GetDirectoryName(folder)}/*")
        );
    }

    /// <summary>Folders with a lock file, not among what npm restored, which lies deeper.</summary>
    private static IEnumerable<string> NpmFolders =>
        Directory
            .EnumerateFiles(
                Repository.Top,
                "package-lock.json",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }
            )
            .Select(file => Path.GetRelativePath(Repository.Top, Path.GetDirectoryName(file)!).Replace('\\', '/'));

    private static IEnumerable<YamlMappingNode> Jobs(string file) =>
        ((YamlMappingNode)Repository.Yaml(file)["jobs"]).Children.Values.Cast<YamlMappingNode>();

    private static int Minutes(YamlMappingNode job) =>
        int.Parse(Value(job, "timeout-minutes")!, CultureInfo.InvariantCulture);

    private static IEnumerable<YamlMappingNode> Steps(string file) =>
        Jobs(file).SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Value(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    [GeneratedRegex(@"\.WaitForExit(Async)?\(\)", RegexOptions.None, 1000)]
    private static partial Regex EndlessWait();

    [GeneratedRegex(@"^[\w-]+/[\w/-]+@(v\d+|[0-9a-f]{40})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pinned();
}
