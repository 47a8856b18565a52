namespace Escalation.Web.Forms;

/// <summary>The first letter of words that begin a sentence, or stand inside one.</summary>
internal static class Sentence
{
    public static string UpperFirst(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"MASH number" stays as it is.</summary>
    public static string LowerFirst(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;
}
