using System.Globalization;

namespace Escalation.Core.Directory;

/// <summary>
/// What an email address may be, wherever one is entered: what every mailer of this program can send to. Quoted local parts, comments and
/// addresses without a full domain are valid by RFC 5321 and in use nowhere; they are refused here, where somebody can
/// correct them, and not by a mail server days later.
/// </summary>
public static class EmailAddress
{
    /// <summary>Characters, of the whole.</summary>
    public const int MaxLength = 254;

    private const int MaxLocal = 64;
    private const string LocalMarks = "!#$%&'*+-/=?^_`{|}~";
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool IsUsable(string? text)
    {
        if (text is null || text.Length > MaxLength)
            return false;
        var at = text.LastIndexOf('@');
        return at > 0 && IsLocal(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocal(string local) =>
        local.Length <= MaxLocal
        && local.Split('.').All(word => word.Length > 0 && word.All(c => IsWord(c) || LocalMarks.Contains(c)));

    /// <summary>
    /// Two names at least, of letters, digits and hyphens; the last is no number. An international domain by its ASCII form, which has to
    /// stand for letters where it is typed as such (<c>xn--…</c>).
    /// </summary>
    private static bool IsDomain(string domain)
    {
        string ascii;
        try
        {
            ascii = Idn.GetAscii(domain);
            Idn.GetUnicode(ascii);
        }
        catch (ArgumentException)
        {
            return false;
        }
        var names = ascii.Split('.');
        return names.Length > 1 && ascii.Length <= 253 && names.All(IsName) && !names[^1].All(char.IsAsciiDigit);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63
        && name[0] != '-'
        && name[^1] != '-'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || (c > '\u007f' && char.IsLetterOrDigit(c));
}
