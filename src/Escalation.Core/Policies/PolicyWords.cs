namespace Escalation.Core.Policies;

/// <summary>The closed vocabularies of policy documents, and the patterns of the open ones.</summary>
public static class PolicyWords
{
    /// <summary>Why a text is no slug, after the field.</summary>
    public const string SlugReason = "must be lower-case words joined by hyphens, 40 characters at the most";

    /// <summary>Why a text is no name, after the field.</summary>
    public const string NameReason = "must be one word in camelCase, 40 characters at the most";

    internal static readonly string[] Divisions = ["england-and-wales", "scotland", "northern-ireland"];

    internal static readonly string[] PersonKinds = ["child", "adult", "family", "theme"];
    internal static readonly string[] Methods = ["phone", "meeting", "online", "email"];

    /// <summary>The page that adds a policy has its address.</summary>
    public const string ReservedId = "add";

    /// <summary>
    /// Words with a meaning of their own where an agency or a partnership is named. A partnership is an agency of its own directory too.
    /// </summary>
    internal static readonly string[] Reserved =
    [
        "all",
        "missing",
        "other",
        "parties",
        "partnership",
        "raising",
        "receiving",
        "reporting",
    ];

    /// <summary>Why a text is no partnership's id, after the field.</summary>
    public static readonly string ReservedReason = $"must not be {Listed(Reserved)} or begin with other-";

    /// <summary>No id of a partnership.</summary>
    public static bool IsReserved(string partnership) =>
        Reserved.Contains(partnership) || partnership.StartsWith("other-", StringComparison.Ordinal);

    /// <summary>An id as people read it in addresses: lower-case words joined by hyphens.</summary>
    public static bool IsSlug(string text) =>
        text.Length is > 0 and <= 40
        && char.IsAsciiLetterLower(text[0])
        && text.Split('-')
            .All(word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));

    /// <summary>An id by which rules name something: one word in camelCase.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 40 && char.IsAsciiLetterLower(text[0]) && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// After a reason: "; did you mean lineManager?" for the known word that a mistyped one is nearest to; empty: none is near.
    /// </summary>
    public static string Meant(string typed, IEnumerable<string> known)
    {
        var near = known
            .Where(word => word != typed && typed.Length > 2)
            .Select(word => (Word: word, Distance: Distance(typed, word)))
            .Where(found => found.Distance <= Math.Clamp(typed.Length / 3, 1, 3))
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Word, StringComparer.Ordinal)
            .Select(found => found.Word)
            .FirstOrDefault();
        return near is null ? "" : $"; did you mean {near}?";
    }

    /// <summary>How many letters have to be added, left out, changed or swapped with the next one.</summary>
    private static int Distance(string from, string to)
    {
        var steps = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            steps[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            steps[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        for (var j = 1; j <= to.Length; j++)
        {
            var changed = steps[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
            steps[i, j] = Math.Min(changed, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
            if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
        }
        return steps[from.Length, to.Length];
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);

    /// <summary>What references of a partnership begin with: two to four capitals.</summary>
    public static bool IsPrefix(string text) => text.Length is >= 2 and <= 4 && text.All(char.IsAsciiLetterUpper);

    internal static string Listed(IEnumerable<string> words) => string.Join(", ", words);

    /// <summary>"text, yes, choice or date".</summary>
    internal static string Either(IReadOnlyList<string> words) => $"{Listed(words.SkipLast(1))} or {words[^1]}";

    /// <summary>Ids of a list of things: each a camelCase word, none twice.</summary>
    internal static void Names(IEnumerable<string> ids, string list, PolicyErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, id) in ids.Index())
        {
            errors.Unless(IsName(id), $"{list}[{i}].id", NameReason);
            errors.Unless(seen.Add(id), $"{list}[{i}].id", $"must not repeat {id}");
        }
    }

    /// <summary>A list of words: each from the vocabulary, none twice.</summary>
    internal static void Each(
        IReadOnlyList<string> words,
        string list,
        IReadOnlyCollection<string> vocabulary,
        PolicyErrors errors
    )
    {
        foreach (var (i, word) in words.Index())
        {
            errors.Unless(
                vocabulary.Contains(word),
                $"{list}[{i}]",
                vocabulary.Count == 0
                    ? "must not be there: the policy has none"
                    : $"must be one of {Listed(vocabulary)}{Meant(word, vocabulary)}"
            );
            errors.Unless(!words.Take(i).Contains(word), $"{list}[{i}]", $"must not repeat {word}");
        }
    }
}
