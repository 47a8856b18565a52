using System.Text;

namespace Escalation.Web.Emails;

/// <summary>A letter as plain text: the words of the HTML in the same order, in lines of at most 72 characters. A longer word, such as a link, has a line of its own.</summary>
internal static class LetterText
{
    private const int Width = 72;

    public static string Of(Letter letter)
    {
        var text = new StringBuilder(4096);
        Paragraph(text, $"Dear {letter.Name},");
        if (letter.Due is { } due)
        {
            Wrap(text, $"{due.Label}: {due.When}", "");
            Paragraph(text, due.Left);
        }
        foreach (var paragraph in letter.Lead)
            Paragraph(text, paragraph);
        foreach (var link in letter.Links)
        {
            Wrap(text, $"{link.Label}:", "");
            text.Append(link.Url).Append("\n\n");
        }
        foreach (var fact in letter.Facts)
            Wrap(text, $"{fact.Term}: {fact.Detail}", "  ");
        foreach (var part in letter.Parts)
        {
            text.Append('\n');
            Wrap(text, part.Heading, "");
            foreach (var line in part.Lines)
                Wrap(text, $"- {line}", "  ");
        }
        text.Append('\n');
        foreach (var line in letter.Foot)
            Wrap(text, line, "");
        return text.ToString();
    }

    /// <summary>Line breaks and other control characters become spaces: for names, subjects and the values of facts.</summary>
    public static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim() : text;

    private static void Paragraph(StringBuilder text, string words)
    {
        Wrap(text, words, "");
        text.Append('\n');
    }

    /// <param name="indent">Before every line but the first.</param>
    private static void Wrap(StringBuilder text, string words, string indent)
    {
        var length = 0;
        foreach (var word in OneLine(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > 0 && length + 1 + word.Length > Width)
            {
                text.Append('\n').Append(indent).Append(word);
                length = indent.Length + word.Length;
                continue;
            }
            if (length > 0)
                text.Append(' ');
            text.Append(word);
            length += word.Length + (length > 0 ? 1 : 0);
        }
        text.Append('\n');
    }
}
