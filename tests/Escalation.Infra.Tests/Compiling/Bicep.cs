using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Escalation.Infra.Tests.Compiling;

/// <summary>
/// The compiler of the templates: what it says of a file, the JSON it makes, and what Resource Manager would deploy with given parameters,
/// worked out on this machine. Each is done once for all tests.
/// </summary>
internal static class Bicep
{
    public const string Subscription = "00000000-0000-0000-0000-000000000001",
        Tenant = "00000000-0000-0000-0000-000000000002";

    private const string MainTemplate = "infra/main.bicep";

    private static readonly ConcurrentDictionary<string, Lazy<JsonNode>> Compiled = new(),
        Snapshots = new();

    /// <summary>The files that are deployed: what the others are for.</summary>
    public static IReadOnlyList<string> Deployed { get; } =
    [MainTemplate, "infra/group.bicep", "infra/after-deployment.bicep"];

    /// <summary>Everything that the compiler remarks on, a code and a sentence each: errors, warnings and hints.</summary>
    /// <param name="file">From the repository's top.</param>
    public static IReadOnlyList<string> Remarks(string file) => Remarks(Compile(file));

    /// <summary>The same of a template that is no file of the repository, under the templates' configuration.</summary>
    public static IReadOnlyList<string> RemarksOnText(string template) =>
        InFolder(folder =>
        {
            File.Copy(Path.Combine(Repository.Top, "infra/bicepconfig.json"), Path.Combine(folder, "bicepconfig.json"));
            var path = Path.Combine(folder, "given.bicep");
            File.WriteAllText(path, template);
            return Remarks(CompileAt(path));
        });

    /// <param name="file">From the repository's top.</param>
    public static JsonObject Build(string file) => JsonNode.Parse(Compile(file).Text("contents"))!.AsObject();

    /// <param name="file">From the repository's top.</param>
    /// <param name="parameters">Lines of a parameters file.</param>
    public static Snapshot Snapshot(string file, string parameters) =>
        new(
            Snapshots.GetOrAdd($"{file}\n{parameters}", _ => new(() => TakeSnapshot(file, parameters))).Value.AsObject()
        );

    private static JsonNode Compile(string file) =>
        Compiled.GetOrAdd(file, _ => new(() => CompileAt(Path.Combine(Repository.Top, file)))).Value;

    private static JsonNode CompileAt(string path) => Compiler.Ask("bicep/compile", new JsonObject { ["path"] = path });

    private static IReadOnlyList<string> Remarks(JsonNode compiled) =>
        [
            .. from remark in compiled["diagnostics"]!.AsArray().OfType<JsonObject>()
            select $"{remark.Text("level")} {remark.Text("code")}: {remark.Text("message")} ({remark.Text("source")})",
        ];

    private static JsonNode TakeSnapshot(string file, string parameters) =>
        InFolder(folder =>
        {
            var path = Path.Combine(folder, "given.bicepparam");
            var template = Path.GetRelativePath(folder, Path.Combine(Repository.Top, file)).Replace('\\', '/');
            File.WriteAllText(path, $"using '{template}'\n{parameters}\n");
            var target = new JsonObject
            {
                ["tenantId"] = Tenant,
                ["subscriptionId"] = Subscription,
                ["location"] = "uksouth",
            };
            if (file != MainTemplate)
                target["resourceGroup"] = "rg-test";
            var taken = Compiler.Ask("bicep/getSnapshot", new JsonObject { ["path"] = path, ["metadata"] = target });
            return JsonNode.Parse(taken.Text("snapshot"))!;
        });

    /// <summary>Parameters files and such are never in the repository.</summary>
    private static T InFolder<T>(Func<string, T> what)
    {
        var folder = Directory.CreateTempSubdirectory("escalation-bicep-");
        try
        {
            return what(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
