using System.Text.RegularExpressions;

namespace Escalation.Infra.Tests;

/// <summary>
/// The folders of a project are its modules: each uses those named before it and no other. What a page is about stands
/// on what all share, and not on another page's subject.
/// </summary>
public sealed partial class FolderTests
{
    public static TheoryData<string, string[]> FromTheGroundUp =>
        new()
        {
            { "Core", ["Calendars", "Policies", "Directory", "Cases", "Notices", "Storage", "Reporting"] },
            { "Cosmos", ["Items", "Queries"] },
            {
                "Functions",
                ["Telemetry", "SignIn", "Orchestrations", "Sweeping", "Mail", "Settings", "Health", "Triggers"]
            },
            {
                "Standalone",
                [
                    "Storage",
                    "Clocks",
                    "Smtp",
                    "Settings",
                    "Scheduling",
                    "Outbox",
                    "Health",
                    "Demo",
                    "Hosting",
                    "Commands",
                ]
            },
            { "Web", [.. Shared, .. Subjects, "OpenApi", "Composition"] },
        };

    private static readonly string[] Shared =
    [
        "Assets",
        "Secrets",
        "Wording",
        "Site",
        "Forms",
        "Api",
        "OutcomeForms",
        "Tokens",
        "Emails",
        "GovUkNotify",
    ];

    /// <summary>Of the pages and the API. Raising is an intake by hand; case pages are the escalations' own.</summary>
    private static readonly string[] Subjects =
    [
        "Health",
        "Intake",
        "Raising",
        "Links",
        "Escalations",
        "CasePages",
        "Tracking",
        "Reports",
        "Policies",
        "Partnerships",
        "Calendars",
        "SignInPages",
    ];

    [Theory, MemberData(nameof(FromTheGroundUp))]
    public void A_folder_uses_those_below_it_alone(string project, string[] folders)
    {
        var sources = Sources(project).Where(s => s.Folder is not null).ToList();
        Assert.Equal(
            folders.Order(StringComparer.Ordinal),
            sources.Select(s => s.Folder!).Distinct().Order(StringComparer.Ordinal)
        );
        var upward =
            from source in sources
            from used in source.Uses(sources)
            where Array.IndexOf(folders, used) > Array.IndexOf(folders, source.Folder)
            select $"{source.Path} uses {used}";
        Assert.Empty(upward.Distinct());
    }

    [Fact]
    public void No_subject_of_the_pages_uses_another()
    {
        var sources = Sources("Web").ToList();
        var between =
            from source in sources
            where Subjects.Contains(source.Folder)
            from used in source.Uses(sources)
            where Subjects.Contains(used)
            select $"{source.Folder} uses {used}";
        Assert.Equal(["CasePages uses Escalations", "Raising uses Intake"], between.Distinct().Order());
    }

    private static IEnumerable<Source> Sources(string project) =>
        Repository
            .Files($"src/Escalation.{project}", "*.cs")
            .Concat(Repository.Files($"src/Escalation.{project}", "*.razor"))
            .Where(f => f.Split('/')[2] is not ("bin" or "obj"))
            .Select(f => new Source(project, f, Comments().Replace(Repository.Read(f), "")));

    [GeneratedRegex("//.*", RegexOptions.NonBacktracking)]
    private static partial Regex Comments();

    private sealed partial record Source(string Project, string Path, string Text)
    {
        private string[] Parts => Path.Split('/');

        /// <summary>Null: at the project's top, where everything is put together.</summary>
        public string? Folder => Parts is [_, _, var folder, _, ..] ? folder : null;

        /// <summary>Folders that it names in a <c>using</c> or before a type that has a file of its own there.</summary>
        public IEnumerable<string> Uses(IReadOnlyList<Source> all)
        {
            var types = all.Select(s => $"{s.Folder}.{s.Parts[^1].Split('.')[0]}").ToHashSet(StringComparer.Ordinal);
            var prefix = $"Escalation.{Project}.";
            foreach (Match name in Names().Matches(Text))
            {
                var whole = name.Value.StartsWith(prefix, StringComparison.Ordinal);
                var parts = (whole ? name.Value[prefix.Length..] : name.Value).Split('.');
                if (parts[0] != Folder && (whole || (parts.Length > 1 && types.Contains($"{parts[0]}.{parts[1]}"))))
                    yield return parts[0];
            }
        }

        [GeneratedRegex(
            @"(?<![\w.])[A-Z]\w*(\.[A-Z]\w*)+",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 10_000
        )]
        private static partial Regex Names();
    }
}
