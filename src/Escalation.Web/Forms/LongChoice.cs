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
        var named = choices.Where(c => string.Equals(c.Label.Trim(), typed.Trim(), StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return named is [var only] ? only.Id : null;
    }

    /// <summary>What to show in place of an id that is known.</summary>
    public static string Label(IReadOnlyList<Choice> choices, string value) => choices.FirstOrDefault(c => c.Id == value)?.Label ?? value;

    /// <summary>"No agency is called “oak”. Like it: Oak Hill (oak-hill), Oak Primary (oak-primary)".</summary>
    /// <param name="what">The kind of thing, such as "agency".</param>
    public static string Unknown(IReadOnlyList<Choice> choices, string typed, string what)
    {
        var like = choices.Where(c => c.Label.Contains(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        var first = $"No {what} of the directory is called “{typed}”";
        if (like.Count == 0)
            return $"{first}. Enter a name or short name as the directory has it";
        var more = like.Count > MostLike ? $", and {like.Count - MostLike} more" : "";
        return $"{first}. Like it: {string.Join(", ", like.Take(MostLike).Select(c => $"{c.Label} ({c.Id})"))}{more}";
    }
}
