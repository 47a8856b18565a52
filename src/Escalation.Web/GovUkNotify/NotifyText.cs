using System.Text.RegularExpressions;
using Escalation.Core.Notices;

namespace Escalation.Web.GovUkNotify;

/// <summary>
/// An email's text as Notify takes it. Notify reads a personalisation as Markdown: nothing that a person wrote may become a heading or a
/// link there, and our own links have to stay links.
/// </summary>
internal static partial class NotifyText
{
    public static string Of(Email email)
    {
        var (lines, inList) = (new List<string>(), false);
        foreach (var line in (email.Unwrapped ?? email.Text).TrimEnd().Split('\n'))
        {
            var isItem = line.StartsWith("- ", StringComparison.Ordinal);
            // Without the empty line before it, Markdown takes a list's beginning for a part of the paragraph.
            if (isItem && !inList)
                lines.Add("");
            inList = isItem;
            lines.Add(
                isItem ? $"* {Plain(line[2..])}"
                : IsOurLink(email, line) ? line
                : Plain(line)
            );
        }
        return string.Join('\n', lines);
    }

    private static bool IsOurLink(Email email, string line) => email.Links.Contains(line, StringComparer.Ordinal);

    /// <summary>A backslash before whatever Markdown would read, and a space in any address that it would make a link of.</summary>
    private static string Plain(string words) => Special().Replace(Address().Replace(words, "$1: //"), @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]()#+\-.!|~]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Special();

    [GeneratedRegex(
        "(https?|ftp)://",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Address();
}
