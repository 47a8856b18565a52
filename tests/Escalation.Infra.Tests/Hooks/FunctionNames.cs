using System.Text.RegularExpressions;

namespace Escalation.Infra.Tests.Hooks;

/// <summary>The functions that the host declares, read from its source.</summary>
internal static partial class FunctionNames
{
    public static IReadOnlyList<string> All { get; } = [.. Find().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Find()
    {
        var host = Path.Combine(Repository.Top, "src", "Escalation.Functions");
        foreach (var text in Directory.GetFiles(host, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText))
        {
            foreach (Match function in Function().Matches(text))
                yield return NameOf(function, text);
        }
    }

    private static string NameOf(Match function, string text)
    {
        if (function.Groups["text"] is { Success: true } name)
            return name.Value;
        var constant = function.Groups["constant"].Value;
        return Constant().Matches(text).Single(m => m.Groups["name"].Value == constant).Groups["value"].Value;
    }

    [GeneratedRegex(@"\[Function\((""(?<text>\w+)""|(?<constant>\w+))\)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Function();

    [GeneratedRegex(@"(?<name>\w+) = ""(?<value>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();
}
