#:project ../../src/Escalation.Core/Escalation.Core.csproj
#:property PublishAot=false
// Run from the repository's top: dotnet run .github/calendar/Refresh.cs -- FEED. Merges gov.uk's feed into the built-in
// edition by the program's own rules, and dates the edition today. Says what changed; changes no file when nothing did.
// 1: the feed is refused.

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Escalation.Core.Calendars;

const string Data = "src/Escalation.Core/Calendars/Data/bank-holidays.json";
const string Code = "src/Escalation.Core/Calendars/CalendarEdition.cs";
var known = CalendarEdition.BuiltIn;
var today = DateOnly.FromDateTime(
    TimeZoneInfo
        .ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"))
        .DateTime
);
var text = File.ReadAllText(args[0]);

var reading = CalendarEdition.Parse(text, today);
if (reading.Edition is not { } feed)
    return Refuse(reading.Errors.Select(e => e.ToString()));
var merged = known.Merge(feed, today);
if (merged.Refused)
    return Refuse(merged.Warnings);

Say(merged.Warnings.Concat(merged.Remarks));
Say(merged.Added.Select(h => $"added: {h.Holiday.Date:yyyy-MM-dd} {h.Division} {h.Holiday.Title}"));
Say(merged.Removed.Select(h => $"removed: {h.Holiday.Date:yyyy-MM-dd} {h.Division} {h.Holiday.Title}"));
if (merged.Edition.Hash == known.Hash)
    return 0;

var json = Written(File.ReadAllText(Data), text, [.. merged.Kept.Select(h => (h.Division, Iso(h.Holiday.Date)))]);
if (CalendarEdition.Parse(json, today).Edition?.Hash != merged.Edition.Hash)
    return Refuse(["what would be written is not what was merged"]);
var before = File.ReadAllText(Code);
var after = before.Replace(DateCode(known.Date), DateCode(today), StringComparison.Ordinal);
if (today != known.Date && after == before)
    return Refuse([$"{Code} no longer says {DateCode(known.Date)}"]);
File.WriteAllText(Data, json);
File.WriteAllText(Code, after);
return 0;

// The feed's own objects, with the past dates that it no longer lists as they were: no field is lost.
static string Written(string old, string fresh, HashSet<(string Division, string Date)> kept)
{
    var (was, now) = (JsonNode.Parse(old)!, JsonNode.Parse(fresh)!);
    foreach (var division in CalendarEdition.Divisions)
    {
        var events = now[division]!["events"]!.AsArray();
        var all = was[division]!["events"]!
            .AsArray()
            .Where(e => kept.Contains((division, DateOf(e))))
            .Concat(events)
            .OrderBy(DateOf, StringComparer.Ordinal);
        now[division]!["events"] = new JsonArray([.. all.Select(e => e!.DeepClone())]);
    }
    return now.ToJsonString(
            new JsonSerializerOptions
            {
                WriteIndented = true,
                IndentSize = 1,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        ) + "\n";
}

static string DateOf(JsonNode? holiday) => holiday!["date"]!.GetValue<string>();

static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

static string DateCode(DateOnly date) =>
    string.Create(CultureInfo.InvariantCulture, $"new DateOnly({date.Year}, {date.Month}, {date.Day})");

static void Say(IEnumerable<string> lines)
{
    foreach (var line in lines)
        Console.WriteLine($"- {line}");
}

static int Refuse(IEnumerable<string> reasons)
{
    foreach (var reason in reasons)
        Console.Error.WriteLine($"Refused: {reason}");
    return 1;
}
