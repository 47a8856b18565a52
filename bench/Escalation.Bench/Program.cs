using System.Globalization;
using Escalation.Bench;
using Escalation.Bench.DueCases;
using Escalation.Bench.Opening;
using Escalation.Bench.Pages;
using Escalation.Bench.Scale;

if (args is [ScaleChild.Argument, var folder])
    return await ScaleChild.RunAsync(folder);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var sections = new Dictionary<string, Func<Workspace, Task<Findings>>>(StringComparer.Ordinal)
{
    ["deadline"] = _ => DeadlineSection.RunAsync(),
    ["opening"] = OpeningSection.RunAsync,
    ["opening-http"] = HttpSection.RunAsync,
    ["due"] = DueSection.RunAsync,
    ["scale"] = ScaleSection.RunAsync,
    ["pages"] = PagesSection.RunAsync,
};
var at = Array.IndexOf(args, "--data");
var root = at >= 0 && at + 1 < args.Length ? args[at + 1] : Path.GetTempPath();
var asked = args.Where((arg, i) => !arg.StartsWith("--", StringComparison.Ordinal) && (at < 0 || i != at + 1))
    .ToArray();
if (asked.Except(sections.Keys).Any())
{
    Console.Error.WriteLine($"Usage: [--data DIR] [--keep] [--brief] [{string.Join(" | ", sections.Keys)}]...");
    return 2;
}
using var workspace = new Workspace(
    Path.Combine(root, "escalation-bench"),
    args.Contains("--keep"),
    args.Contains("--brief")
);
Console.WriteLine(
    $"{Environment.ProcessorCount} processors, "
        + $"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, files on {workspace.FileSystem}"
);
foreach (var name in asked.Length > 0 ? asked : [.. sections.Keys])
    Report.Print(name, await sections[name](workspace));
return 0;
