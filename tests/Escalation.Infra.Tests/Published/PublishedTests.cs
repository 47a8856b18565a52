using System.Text.Json;

namespace Escalation.Infra.Tests.Published;

/// <summary>
/// The published folder, as far as it can be known without a Functions host: what the host reads at its start is there and right.
/// </summary>
public sealed class PublishedTests(Publish publish) : IClassFixture<Publish>
{
    /// <summary>Bytes of the whole folder; infra/README.md says so. Other platforms' libraries would add a quarter.</summary>
    private const long LargestSize = 46_000_000;

    public static TheoryData<string, string> Functions { get; } =
        new()
        {
            { "RaiseEscalation", "httpTrigger Function post api/escalations; durableClient" },
            { "Web", "httpTrigger Anonymous get head post put delete {*path}; durableClient" },
            { "EmailDelivery", "httpTrigger Anonymous post hooks/email-delivery; durableClient" },
            { "Sweep", "timerTrigger 0 */5 * * * *; durableClient" },
            { "Comparison", "timerTrigger 0 2-59/5 1-5 * * *; durableClient" },
            { "Retention", "timerTrigger 0 43 2 * * *; durableClient" },
            { "EscalationOrchestrator", "orchestrationTrigger" },
            { "Advance", "activityTrigger" },
            { "SendNotice", "activityTrigger" },
        };

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_has_its_trigger_route_level_and_schedule(string name, string bindings) =>
        Assert.Equal(bindings, Described()[name]);

    [Fact]
    public void There_is_no_function_but_those() =>
        Assert.Equal(
            Functions.Select(row => (string)row[0]).Order(StringComparer.Ordinal),
            Described().Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_host_finds_its_settings_its_worker_and_the_durable_extension()
    {
        Assert.Equal(Repository.Read("host.json"), File.ReadAllText(At("host.json")));

        using var worker = JsonDocument.Parse(File.ReadAllText(At("worker.config.json")));
        var description = worker.RootElement.GetProperty("description");
        Assert.Equal("dotnet-isolated", description.GetProperty("language").GetString());
        Assert.True(File.Exists(At(description.GetProperty("defaultWorkerPath").GetString()!)));

        using var extensions = JsonDocument.Parse(File.ReadAllText(At("extensions.json")));
        var all = extensions.RootElement.GetProperty("extensions").EnumerateArray();
        var place = all.Single(e => e.GetProperty("name").GetString() == "DurableTask")
            .GetProperty("hintPath")
            .GetString()!;
        Assert.StartsWith("./.azurefunctions/", place, StringComparison.Ordinal);
        Assert.True(File.Exists(At(place)));
    }

    [Fact]
    public void Nothing_makes_the_host_take_it_for_another_language_s_app_and_no_setting_of_this_machine_goes_along() =>
        Assert.DoesNotContain(
            Files().Select(Path.GetFileName),
            name => IsOfAnotherLanguage(name!) || name!.StartsWith("local.settings", StringComparison.Ordinal)
        );

    [Fact]
    public void It_carries_no_other_platform_s_libraries()
    {
        var native = Files()
            .Where(f => !f.StartsWith(".azurefunctions/", StringComparison.Ordinal))
            .Where(IsOfWindowsAlone);

        Assert.Empty(native);
        Assert.DoesNotContain(Files(), f => f.StartsWith("runtimes/", StringComparison.Ordinal));
        Assert.True(File.Exists(At("libQueryPlanInterop.so")));
    }

    [Fact]
    public void Its_size_is_what_the_infrastructure_s_README_says()
    {
        var size = Files().Sum(f => new FileInfo(At(f)).Length);

        Assert.InRange(size, LargestSize * 3 / 4, LargestSize);
        Assert.Contains(
            $"at most {LargestSize / 1_000_000} MB",
            Repository.Read("infra/README.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publishing_with_the_stand_in_for_the_email_package_is_refused()
    {
        var folder = Path.Combine(publish.Folder, "refused");
        var (exit, output) = await Publish.RunAsync(folder, "-p:EmailPackage=surface");

        Assert.NotEqual(0, exit);
        Assert.Contains("Publishing needs Azure.Communication.Email itself", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static bool IsOfAnotherLanguage(string file) =>
        file is "package.json" or "package-lock.json" or "requirements.txt" or "pom.xml" or "go.mod" or "profile.ps1";

    /// <summary>Each function's name, with what its bindings say.</summary>
    private Dictionary<string, string> Described()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(At("functions.metadata")));
        return metadata
            .RootElement.EnumerateArray()
            .ToDictionary(
                function => function.GetProperty("name").GetString()!,
                function =>
                    string.Join(
                        "; ",
                        function.GetProperty("bindings").EnumerateArray().Select(Describe).Where(b => b != "http")
                    )
            );
    }

    private static string Describe(JsonElement binding)
    {
        var told = new[] { "type", "authLevel", "methods", "route", "schedule" }.Where(name =>
            binding.TryGetProperty(name, out _)
        );
        return string.Join(' ', told.Select(name => Text(binding.GetProperty(name))));
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? string.Join(' ', value.EnumerateArray().Select(v => v.GetString()))
            : value.GetString()!;

    /// <summary>A library that only Windows loads: its machine code stands in the PE file without a .NET header.</summary>
    private bool IsOfWindowsAlone(string file)
    {
        if (!file.EndsWith(".dll", StringComparison.Ordinal))
            return false;
        using var stream = File.OpenRead(At(file));
        using var pe = new System.Reflection.PortableExecutable.PEReader(stream);
        return !pe.HasMetadata;
    }

    private IReadOnlyList<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(publish.Folder, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(publish.Folder, f).Replace('\\', '/')),
        ];

    private string At(string file) => Path.Combine(publish.Folder, file);
}
