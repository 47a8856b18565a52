using System.Globalization;
using System.Text.Json;

namespace Escalation.Core.Calendars;

/// <summary>Reads one event of a division; what is wrong with it goes to the list of errors.</summary>
internal readonly record struct EventReader(string Division, int Position, List<FeedError> Errors)
{
    private const int FirstYear = 1971;
    private const int LastYear = 2100;

    public void Refuse(string? field, string reason) => Errors.Add(new(Division, Position, field, reason));

    public BankHoliday? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(null, $"must be an object, and is {FeedParser.Kind(element)}");
            return null;
        }

        var date = Date(Text(element, "date", required: true));
        var title = Text(element, "title", required: true);
        var notes = Text(element, "notes", required: false);
        return date is null || title is null || notes is null ? null : new(date.Value, title, notes);
    }

    private DateOnly? Date(string? text)
    {
        if (text is null)
            return null;
        if (
            !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        )
            Refuse("date", $"'{text}' is not a date");
        else if (date.Year is < FirstYear or > LastYear)
            Refuse(
                "date",
                string.Create(CultureInfo.InvariantCulture, $"'{text}' lies outside {FirstYear} to {LastYear}")
            );
        else
            return date;
        return null;
    }

    private string? Text(JsonElement element, string field, bool required)
    {
        if (!element.TryGetProperty(field, out var value))
        {
            if (!required)
                return "";
            Refuse(field, "is missing");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(field, $"must be text, and is {FeedParser.Kind(value)}");
            return null;
        }

        return Readable(value, field, required);
    }

    private string? Readable(JsonElement value, string field, bool required)
    {
        string text;
        try
        {
            text = value.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            Refuse(field, "holds text that cannot be read");
            return null;
        }

        if (text.Any(char.IsControl))
            Refuse(field, "holds control characters");
        else if (required && text.Length == 0)
            Refuse(field, "is empty");
        else
            return text;
        return null;
    }
}
