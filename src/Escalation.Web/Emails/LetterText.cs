using System.Text;

namespace Escalation.Web.Emails;

/// <summary>A letter as plain text.</summary>
internal static class LetterText
{
    public static string Of(Letter letter)
    {
        var text = new StringBuilder(4096);
        text.Append("Dear ").Append(OneLine(letter.Name)).Append(",\n\n");
        foreach (var paragraph in letter.Lead)
            text.Append(paragraph).Append("\n\n");
        foreach (var link in letter.Links)
            text.Append(link.Label).Append(":\n").Append(link.Url).Append("\n\n");
        foreach (var fact in letter.Facts)
            text.Append(fact.Term).Append(": ").Append(OneLine(fact.Detail)).Append('\n');
        foreach (var part in letter.Parts)
        {
            text.Append('\n').Append(part.Heading).Append('\n');
            foreach (var line in part.Lines)
                text.Append("- ").Append(OneLine(line)).Append('\n');
        }
        text.Append('\n');
        foreach (var line in letter.Foot)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>Line breaks and other control characters become spaces: for names, subjects and the values of facts.</summary>
    public static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim() : text;
}
