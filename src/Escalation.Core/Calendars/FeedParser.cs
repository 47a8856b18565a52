using System.Globalization;
using System.Text.Json;

namespace Escalation.Core.Calendars;

/// <summary>What reading a feed gave: an edition, or every fault found.</summary>
/// <param name="Edition">Null exactly when there are errors.</param>
public sealed record FeedReading(CalendarEdition? Edition, IReadOnlyList<FeedError> Errors);

/// <summary>A fault of a feed.</summary>
/// <param name="Division">Null when the fault is the document's.</param>
/// <param name="Position">Place among the division's events, from 1; null when the fault is the division's.</param>
public sealed record FeedError(string? Division, int? Position, string? Field, string Reason)
{
    public override string ToString()
    {
        var place = Division ?? "the feed";
        if (Position is { } position)
            place += string.Create(CultureInfo.InvariantCulture, $", event {position}");
        return Field is null ? $"{place}: {Reason}." : $"{place}, {Field}: {Reason}.";
    }
}

/// <summary>Reads the gov.uk feed. Divisions and fields that it does not know are passed over, so that the feed may grow.</summary>
internal static class FeedParser
{
    public static FeedReading Parse(ReadOnlySpan<byte> json, DateOnly date)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(
                json.ToArray(),
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            return Read(document.RootElement, date);
        }
        catch (JsonException broken)
        {
            return new(null, [new(null, null, null, $"is not JSON: {broken.Message.TrimEnd('.')}")]);
        }
        catch (InvalidOperationException broken)
        {
            // A name with half a surrogate pair, or bytes that are not UTF-8: found only when the name is read.
            return new(null, [new(null, null, null, $"holds text that cannot be read: {broken.Message.TrimEnd('.')}")]);
        }
    }

    private static FeedReading Read(JsonElement root, DateOnly date)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new(null, [new(null, null, null, $"must be an object, and is {Kind(root)}")]);
        var errors = new List<FeedError>();
        var holidays = new Dictionary<string, IReadOnlyList<BankHoliday>>();
        foreach (var division in CalendarEdition.Divisions)
        {
            if (root.TryGetProperty(division, out var element))
                holidays[division] = Division(division, element, errors);
            else
                errors.Add(new(division, null, null, "is missing"));
        }

        return errors.Count > 0 ? new(null, errors) : new(new CalendarEdition(date, holidays), []);
    }

    private static List<BankHoliday> Division(string division, JsonElement element, List<FeedError> errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new(division, null, null, $"must be an object, and is {Kind(element)}"));
            return [];
        }

        if (
            element.TryGetProperty("division", out var name)
            && !(name.ValueKind == JsonValueKind.String && name.ValueEquals(division))
        )
            errors.Add(new(division, null, "division", "names another division"));
        if (!element.TryGetProperty("events", out var events))
            errors.Add(new(division, null, "events", "is missing"));
        else if (events.ValueKind != JsonValueKind.Array)
            errors.Add(new(division, null, "events", $"must be a list, and is {Kind(events)}"));
        else if (events.GetArrayLength() == 0)
            errors.Add(new(division, null, "events", "is empty"));
        else
            return Events(division, events, errors);
        return [];
    }

    private static List<BankHoliday> Events(string division, JsonElement events, List<FeedError> errors)
    {
        var byDate = new SortedDictionary<DateOnly, BankHoliday>();
        var position = 0;
        foreach (var element in events.EnumerateArray())
        {
            position++;
            var reader = new EventReader(division, position, errors);
            if (reader.Read(element) is { } holiday && !byDate.TryAdd(holiday.Date, holiday))
                reader.Refuse("date", $"{UkDates.Date(holiday.Date)} is given twice");
        }

        return [.. byDate.Values];
    }

    public static string Kind(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };
}
