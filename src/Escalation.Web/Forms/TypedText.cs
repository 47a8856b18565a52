using System.Globalization;

namespace Escalation.Web.Forms;

/// <summary>
/// A text as people type and paste it. White space at its ends, and characters there that cannot be seen (zero width, soft hyphens, marks
/// of direction and of byte order), are no part of it. What turns a text's direction over stays: it changes what is seen.
/// </summary>
public static class TypedText
{
    private const char LeftToRightOverride = '\u202D',
        RightToLeftOverride = '\u202E';

    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsUnseen(text[start]))
            start++;
        while (start < end && IsUnseen(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary>Null where nothing was typed.</summary>
    public static string? OrNull(string? text) =>
        text is not null && Trim(text) is { Length: > 0 } typed ? typed : null;

    private static bool IsUnseen(char c) =>
        char.IsWhiteSpace(c)
        || (
            char.GetUnicodeCategory(c) is UnicodeCategory.Format
            && c is not (LeftToRightOverride or RightToLeftOverride)
        );
}
