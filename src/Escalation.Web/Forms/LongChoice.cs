namespace Escalation.Web.Forms;

/// <summary>A choice from a list that can be too long for a page. Then its name is typed, or its id.</summary>
internal static class LongChoice
{
    /// <summary>Choices that a page lists.</summary>
    public const int Most = 100;

    private const int MostLike = 5;

    public static bool IsTyped(IReadOnlyList<Choice> choices) => choices.Count > Most;

    /// <summary>The id that the text is, or is the name of, however cased; null: of none, or of several.</summary>
    public static string? Find(IReadOnlyList<Choice> choices, string typed)
    {
        if (choices.Any(c => c.Id == typed))
            return typed;
        return Named(choices, typed) is [var only] ? only.Id : null;
    }

    /// <summary>What to show in place of an id that is known.</summary>
    public static string Label(IReadOnlyList<Choice> choices, string value) =>
        choices.FirstOrDefault(c => c.Id == value)?.Label ?? value;

    /// <summary>
    /// "No agency is called “oak”. Like it: Oak Hill (oak-hill), Oak Primary (oak-primary)"; or which ones, where several
    /// are called so.
    /// </summary>
    /// <param name="what">The kind of thing, such as "agency".</param>
    public static string Unknown(IReadOnlyList<Choice> choices, string typed, string what)
    {
        if (Named(choices, typed) is { Count: > 1 } named)
            return $"More than one {what} of the directory is called “{typed}”. Enter a short name: {Listed(named)}";
        var like = choices.Where(c => c.Label.Contains(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        var first = $"No {what} of the directory is called “{typed}”";
        if (like.Count == 0)
            return $"{first}. Enter a name or short name as the directory has it";
        return $"{first}. Like it: {Listed(like)}";
    }

    private static List<Choice> Named(IReadOnlyList<Choice> choices, string typed) =>
        [.. choices.Where(c => string.Equals(c.Label.Trim(), typed.Trim(), StringComparison.OrdinalIgnoreCase))];

    private static string Listed(List<Choice> choices)
    {
        var more = choices.Count > MostLike ? $", and {choices.Count - MostLike} more" : "";
        return $"{string.Join(", ", choices.Take(MostLike).Select(c => $"{c.Label} ({c.Id})"))}{more}";
    }
}
