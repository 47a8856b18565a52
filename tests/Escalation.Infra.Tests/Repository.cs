using YamlDotNet.RepresentationModel;

namespace Escalation.Infra.Tests;

/// <summary>The repository's own files, read as text or as YAML.</summary>
internal static class Repository
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

    /// <summary>All beneath a folder, from the repository's top, with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Top, folder), pattern, SearchOption.AllDirectories)
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
}
