using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Escalation.Infra.Tests;

/// <summary>The files that nothing here can carry out: they are read as text, or as YAML.</summary>
internal static partial class Repository
{
    public static string Top { get; } = FindTop();

    public static IReadOnlyList<string> Templates { get; } = Files("infra", "*.bicep");

    public static IReadOnlyList<string> Hooks { get; } = Files("infra/hooks", "*.sh");

    public static IReadOnlyList<string> Workflows { get; } = Files(".github/workflows", "*.yml");

    /// <param name="file">From the repository's top, with forward slashes.</param>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Top, file));

    public static bool Has(string path) => Path.Exists(Path.Combine(Top, path));

    public static YamlMappingNode Yaml(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Read(file)));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>What follows <c>resource … 'TYPE@…'</c>, up to the closing brace at the line's start; existing ones are left out.</summary>
    public static IReadOnlyList<Block> Resources(string type) =>
    [
        .. from file in Templates
           let text = Read(file)
           from Match match in Resource().Matches(text)
           where match.Groups["type"].Value == type
           select new Block(file, match.Value, text[..match.Index]),
    ];

    /// <param name="Before">The file's text before it.</param>
    public sealed record Block(string File, string Text, string Before);

    private static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Top, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Top, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindTop()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "azure.yaml")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex(@"^resource \w+ '(?<type>[\w./]+)@[\w-]+' = .*?^\}\]?$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Resource();
}
