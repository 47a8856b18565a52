using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Escalation.Web.Tests.Browsing;

/// <summary>What an answer says, as a file beside the tests keeps it.</summary>
internal static partial class PageText
{
    /// <summary>The words of a page's main part, a block a line; what is no page as it is, with a line for each member.</summary>
    public static string Of(string answer)
    {
        var body = answer[Math.Max(0, answer.IndexOfAny(['<', '{', '[']))..];
        if (!body.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
            return body.Length > 0 && body[0] is '{' or '['
                ? body.Replace(",\"", ",\n\"", StringComparison.Ordinal)
                : answer;
        var main = new HtmlParser().ParseDocument(body).QuerySelector("main")!;
        var text = new StringBuilder();
        Write(main, text);
        return Blank().Replace(text.ToString(), "\n").Trim();
    }

    /// <summary>The words with what is filled in; each block on a line of its own.</summary>
    private static void Write(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
            switch (child)
            {
                case IText words:
                    text.Append(Space().Replace(words.Data, " "));
                    break;
                case IElement { LocalName: "script" or "style" }:
                    break;
                case IElement { LocalName: "input" or "option" } field when field.GetAttribute("type") is not "hidden":
                    text.Append('[')
                        .Append(field.GetAttribute("value"))
                        .Append(field.HasAttribute("checked") ? " x" : "")
                        .Append(']');
                    Write(field, text);
                    break;
                case IElement
                {
                    LocalName: "a" or "span" or "strong" or "em" or "time" or "b" or "abbr" or "text" or "tspan"
                } inline:
                    Write(inline, text);
                    break;
                case IElement block:
                    text.Append('\n');
                    Write(block, text);
                    text.Append('\n');
                    break;
            }
    }

    /// <summary>Without what is another one each time.</summary>
    /// <param name="cases">References.</param>
    public static string Masked(string text, IReadOnlyList<string> cases)
    {
        for (var i = 0; i < cases.Count; i++)
            text = text.Replace(cases[i], $"CASE-{i + 1}", StringComparison.Ordinal);
        text = Program().Replace(Hashed().Replace(text, "$1: …"), "Escalation VERSION");
        return Token().Replace(Hash().Replace(text, "HASH"), "ID");
    }

    [GeneratedRegex("[0-9a-f]{12,}", RegexOptions.None, 10_000)]
    private static partial Regex Hash();

    /// <summary>The bytes that a hash is made of, with salts and hashes in them; and when an answer was given.</summary>
    [GeneratedRegex("^(\"canonical\"|Date):.*$", RegexOptions.Multiline, 10_000)]
    private static partial Regex Hashed();

    /// <summary>Built of which commit, and run by which .NET.</summary>
    [GeneratedRegex("Escalation [0-9.]+(\\+[0-9a-f]+)? on [.]NET [^ \n]+", RegexOptions.None, 10_000)]
    private static partial Regex Program();

    [GeneratedRegex("[0-9A-Za-z_-]{43,}", RegexOptions.None, 10_000)]
    private static partial Regex Token();

    [GeneratedRegex("\\s+", RegexOptions.None, 10_000)]
    private static partial Regex Space();

    [GeneratedRegex("\\s*\n\\s*", RegexOptions.None, 10_000)]
    private static partial Regex Blank();
}
