using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>Something that a procedure asks for by itself, at intake or with an outcome.</summary>
public interface IFormField
{
    /// <summary>One word in camelCase, under which a case keeps the answer.</summary>
    string Id { get; }

    /// <summary>The label on the form.</summary>
    string Name { get; }

    /// <summary>One of <see cref="FieldKinds"/>.</summary>
    string Kind { get; }

    /// <summary>What a choice offers; empty for every other kind.</summary>
    IReadOnlyList<Term> Options { get; }
}

/// <summary>What an answer to a procedure's own field can be.</summary>
public static class FieldKinds
{
    public const string Text = "text",
        Yes = "yes",
        Choice = "choice",
        Date = "date";

    internal static readonly string[] AtIntake = [Text, Choice],
        AtStages = [Text, Yes, Choice, Date];

    /// <summary>A date as a case keeps it.</summary>
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>Null: it is no date as a case keeps one.</summary>
    public static DateOnly? DateOf(string answer) =>
        DateOnly.TryParseExact(answer, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>An answer as people read it; one that the field does not take (nothing checks a late response) as it was given.</summary>
    public static string InWords(this IFormField field, string answer) =>
        field.Kind switch
        {
            Choice => field.Options.FirstOrDefault(o => o.Id == answer)?.Name ?? answer,
            Date => DateOf(answer) is { } date ? UkDates.Date(date) : answer,
            Text or Yes => answer,
            _ => throw new InvalidOperationException($"Nothing is known of a field of the kind {field.Kind}."),
        };

    /// <summary>What a document says of a field's kind and of what it offers.</summary>
    internal static void Check(IFormField field, string[] kinds, string path, PolicyErrors errors)
    {
        if (!kinds.Contains(field.Kind))
            errors.Add($"{path}.kind", $"must be {PolicyWords.Either(kinds)}{PolicyWords.Meant(field.Kind, kinds)}");
        else if (field.Kind == Choice)
            errors.Unless(field.Options.Count > 0, $"{path}.options", "must offer at least one for a choice");
        else
            errors.Unless(field.Options.Count == 0, $"{path}.options", $"must be empty for {field.Kind}");
        PolicyWords.Names(field.Options.Select(o => o.Id), $"{path}.options", errors);
    }
}
