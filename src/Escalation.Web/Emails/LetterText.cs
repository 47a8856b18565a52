using System.Text;

namespace Escalation.Web.Emails;

/// <summary>
/// A letter as plain text: the words of the HTML in the same order. A word longer than the lines, such as a link, has a line of its own.
/// </summary>
internal sealed class LetterText
{
    private readonly StringBuilder _text = new(4096);
    private readonly int _width;

    private LetterText(int width) => _width = width;

    /// <param name="width">How many characters a line has at most.</param>
    public static string Of(Letter letter, int width = 72)
    {
        var text = new LetterText(width);
        text.Write(letter);
        return text._text.ToString();
    }

    /// <summary>Line breaks and other control characters become spaces: for names, subjects and the values of facts.</summary>
    public static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim() : text;

    private void Write(Letter letter)
    {
        Paragraph($"Dear {letter.Name},");
        if (letter.Due is { } due)
        {
            Wrap($"{due.Label}: {due.When}", "");
            Paragraph(due.Left);
        }
        foreach (var paragraph in letter.Lead)
            Paragraph(paragraph);
        foreach (var link in letter.Links)
        {
            Wrap($"{link.Label}:", "");
            _text.Append(link.Url).Append("\n\n");
        }
        foreach (var fact in letter.Facts)
            Wrap($"{fact.Term}: {fact.Detail}", "  ");
        foreach (var part in letter.Parts)
        {
            _text.Append('\n');
            Wrap(part.Heading, "");
            foreach (var line in part.Lines)
                Wrap($"- {line}", "  ");
        }
        _text.Append('\n');
        foreach (var line in letter.Foot)
            Wrap(line, "");
    }

    private void Paragraph(string words)
    {
        Wrap(words, "");
        _text.Append('\n');
    }

    /// <param name="indent">Before every line but the first.</param>
    private void Wrap(string words, string indent)
    {
        var length = 0;
        foreach (var word in OneLine(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > 0 && length + 1 + word.Length > _width)
            {
                _text.Append('\n').Append(indent).Append(word);
                length = indent.Length + word.Length;
                continue;
            }
            if (length > 0)
                _text.Append(' ');
            _text.Append(word);
            length += word.Length + (length > 0 ? 1 : 0);
        }
        _text.Append('\n');
    }
}
