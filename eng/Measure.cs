#:property PublishAot=false
#:property RunAnalyzers=false
// Run by eng/measure, from the repository's top. Prints figures; judges nothing, and changes no file.

using System.Globalization;
using System.Text.RegularExpressions;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var files = Directory
    .EnumerateFiles("src", "*", SearchOption.AllDirectories)
    .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
    .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
    .Order(StringComparer.Ordinal)
    .Select(f => new Source(f, File.ReadAllText(f)))
    .ToList();
var lines = files.Where(f => f.IsCode).SelectMany(f => f.Text.Split('\n')).ToList();

Console.WriteLine($"files of source                      {files.Count}, {lines.Count:N0} lines of C#");
Console.WriteLine($"lines over 140 characters            {lines.Count(l => l.Length > 140)}");
Console.WriteLine(
    $"lines over 120 characters            {100.0 * lines.Count(l => l.Length > 120) / lines.Count:0.0} %"
);
Console.WriteLine($"README                               {new FileInfo("README.md").Length / 1024.0:0.0} KB");

var twice = files
    .SelectMany(f => f.Declares.Select(name => (name, f.Path)))
    .GroupBy(d => d.name, d => d.Path)
    .Where(g => g.Distinct().Count() > 1)
    .ToList();
Console.WriteLine($"type names declared more than once   {twice.Count}");
foreach (var name in twice)
    Console.WriteLine($"    {name.Key}: {string.Join(", ", name.Distinct().Select(Short))}");

foreach (var project in files.GroupBy(f => f.Project))
{
    var folders = project.Select(f => f.Folder).OfType<string>().Distinct().ToList();
    var uses = folders.ToDictionary(
        f => f,
        f =>
            project
                .Where(s => s.Folder == f)
                .SelectMany(s => s.Uses)
                .Where(u => u != f && folders.Contains(u))
                .ToHashSet()
    );
    var inCycles = folders.Where(f => Reached(f, uses).Contains(f)).Order(StringComparer.Ordinal).ToList();
    Console.WriteLine(
        $"folders in cycles, {project.Key, -25} {inCycles.Count} of {folders.Count}: {string.Join(", ", inCycles)}"
    );
}

// A fact by one of its kind: in how many files its name stands, in C#, as JSON or as a policy's word.
foreach (
    var (fact, pattern) in new[]
    {
        ("an outcome (no longer disagrees)", "[Nn]oLongerDisagrees"),
        ("an intake field (outcome sought)", "[Oo]utcomeSought"),
        ("a tracker filter (due from)", "[^a-zA-Z][Dd]ue(F|-f)rom[^a-zA-Z]"),
        ("an event (handed over)", "HandedOver"),
    }
)
{
    var homes = files.Where(f => Regex.IsMatch(f.Text, pattern)).Select(f => Short(f.Path)).ToList();
    Console.WriteLine($"files that name {fact, -36} {homes.Count}: {string.Join(", ", homes)}");
}

static string Short(string path) => path["src/Escalation.".Length..];

static HashSet<string> Reached(string from, Dictionary<string, HashSet<string>> uses)
{
    var (found, ahead) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>(uses[from]));
    while (ahead.TryPop(out var folder))
        if (found.Add(folder))
            foreach (var next in uses[folder])
                ahead.Push(next);
    return found;
}

internal sealed partial record Source(string Path, string Text)
{
    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);
    public string Project => Path.Split('/')[1];

    /// <summary>The folder of the project; null: its top.</summary>
    public string? Folder => Path.Split('/') is [_, _, var folder, _, ..] ? folder : null;

    public IEnumerable<string> Declares =>
        IsCode
            ? Declared().Matches(Text).Select(m => m.Groups["name"].Value)
            : new[] { System.IO.Path.GetFileNameWithoutExtension(Path) }.Where(n => n != "_Imports");

    /// <summary>Folders of its own project that it uses.</summary>
    public IEnumerable<string> Uses =>
        Used().Matches(Text).Where(m => m.Groups["project"].Value == Project).Select(m => m.Groups["folder"].Value);

    [GeneratedRegex(
        @"^\s*((public|internal|private|protected|file|static|sealed|abstract|partial|readonly) )*"
            + @"(class|record struct|record|struct|interface|enum) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Declared();

    [GeneratedRegex(
        @"^\s*@?using (static )?(?<project>Escalation\.\w+)\.(?<folder>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Used();
}
