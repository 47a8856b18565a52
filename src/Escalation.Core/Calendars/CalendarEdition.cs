using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Escalation.Core.Calendars;

/// <summary>The bank holidays of the three divisions as they were known on a day, in the sense of the gov.uk feed.</summary>
public sealed class CalendarEdition
{
    private const string BuiltInFeed = "calendars/bank-holidays.json";
    private static readonly Lazy<CalendarEdition> LazyBuiltIn = new(ReadBuiltIn);
    private readonly Dictionary<string, IReadOnlyList<BankHoliday>> _holidays;

    /// <param name="holidays">All <see cref="Divisions"/>, each by date without duplicates.</param>
    internal CalendarEdition(DateOnly date, Dictionary<string, IReadOnlyList<BankHoliday>> holidays)
    {
        Date = date;
        _holidays = holidays;
        Hash = HashOf(holidays);
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"gov.uk bank holidays, edition {date:yyyy-MM-dd} ({Hash[..8]})"
        );
    }

    /// <summary>The divisions that every edition holds.</summary>
    public static IReadOnlyList<string> Divisions { get; } = ["england-and-wales", "scotland", "northern-ireland"];

    /// <summary>The edition that ships with the program: 2012 to 2028.</summary>
    public static CalendarEdition BuiltIn => LazyBuiltIn.Value;

    /// <summary>The day on which the feed was fetched.</summary>
    public DateOnly Date { get; }

    /// <summary>SHA-256, lower-case hex, of division, date and title of every holiday; re-formatting a feed doesn't change it.</summary>
    public string Hash { get; }

    /// <summary>"gov.uk bank holidays, edition 2026-08-01 (3f2a9c41)": with the first eight digits of <see cref="Hash"/>.</summary>
    public string Name { get; }

    /// <summary>By date. Throws for a division that is none of <see cref="Divisions"/>.</summary>
    public IReadOnlyList<BankHoliday> Of(string division) =>
        _holidays.TryGetValue(division, out var found)
            ? found
            : throw new ArgumentException($"There is no division '{division}'.", nameof(division));

    /// <summary>Reads the shape of gov.uk's <c>/bank-holidays.json</c>. Never throws for what the text holds.</summary>
    /// <param name="date">The day on which it was fetched.</param>
    public static FeedReading Parse(string json, DateOnly date) => Parse(Encoding.UTF8.GetBytes(json), date);

    /// <inheritdoc cref="Parse(string, DateOnly)"/>
    public static FeedReading Parse(ReadOnlySpan<byte> json, DateOnly date) => FeedParser.Parse(json, date);

    /// <summary>
    /// What this edition and a fresh feed give together. A past date (before <paramref name="today"/>) is never
    /// removed; a feed that lists fewer days still to come in a year is refused whole. Merging the same feed again
    /// changes nothing.
    /// </summary>
    /// <param name="today">Local date.</param>
    public MergeOutcome Merge(CalendarEdition feed, DateOnly today) => EditionMerge.Merge(this, feed, today);

    /// <summary>The feed's own shape, without its bunting; <see cref="Parse(string, DateOnly)"/> reads it back to the same hash.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            json.WriteStartObject();
            foreach (var division in Divisions)
                Write(json, division, _holidays[division]);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, string division, IReadOnlyList<BankHoliday> holidays)
    {
        json.WriteStartObject(division);
        json.WriteString("division", division);
        json.WriteStartArray("events");
        foreach (var holiday in holidays)
        {
            json.WriteStartObject();
            json.WriteString("title", holiday.Title);
            json.WriteString("date", Iso(holiday.Date));
            json.WriteString("notes", holiday.Notes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string HashOf(Dictionary<string, IReadOnlyList<BankHoliday>> holidays)
    {
        var canonical = new StringBuilder();
        foreach (var division in Divisions)
        foreach (var holiday in holidays[division])
            canonical
                .Append(division)
                .Append('\t')
                .Append(Iso(holiday.Date))
                .Append('\t')
                .Append(holiday.Title)
                .Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CalendarEdition ReadBuiltIn()
    {
        using var resource =
            typeof(CalendarEdition).Assembly.GetManifestResourceStream(BuiltInFeed)
            ?? throw new InvalidOperationException($"The program was built without {BuiltInFeed}.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        var reading = Parse(bytes.ToArray(), new DateOnly(2026, 8, 1));
        return reading.Edition
            ?? throw new InvalidOperationException($"{BuiltInFeed}: {string.Join(' ', reading.Errors)}");
    }
}
