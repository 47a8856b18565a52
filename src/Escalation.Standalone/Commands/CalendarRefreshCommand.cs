using System.CommandLine;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary>
/// <c>calendar refresh</c>, on a data folder that no host is using. Open cases are looked at again when the host
/// starts.
/// </summary>
internal sealed class CalendarRefreshCommand : DetailedCommand
{
    private const int LargestFeed = 4 * 1024 * 1024;

    private readonly Argument<string> _source = new("FILE|URL") { Description = "Where the feed is" };

    public CalendarRefreshCommand()
        : base(
            "refresh",
            "Merge a bank holiday feed in the shape of gov.uk's bank-holidays.json",
            """
            Prints what was added, removed and kept, and warnings; a shrinking feed is refused and ends with 1. Open
            cases are looked at again when the host next starts. While a host is running: POST the feed to its
            /api/calendar/refresh as administrator.
            """
        )
    {
        Add(_source);
        Add(Data);
        SetAction(RefreshAsync);
    }

    private async Task RefreshAsync(ParseResult parsed, CancellationToken cancel)
    {
        var source = parsed.GetRequiredValue(_source);
        var today = LondonTime.DateOf(TimeProvider.System.GetUtcNow());
        var reading = CalendarEdition.Parse(await ReadAsync(source, cancel), today);
        if (reading.Edition is not { } feed)
            throw new HostFault($"{source} is no bank holiday feed: {string.Join("; ", reading.Errors)}");
        await using var store = SqliteCaseStore.Open(parsed.GetRequiredValue(Data));
        var merged = await StoredCalendar.RefreshAsync(store, feed, today, cancel);
        if (merged.Refused)
            throw new HostFault(string.Join(Environment.NewLine, merged.Warnings));
        foreach (var line in Lines(merged))
            await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
    }

    private static IEnumerable<string> Lines(MergeOutcome merged) =>
        [
            $"{merged.Edition.Name}: {merged.Added.Count} added, {merged.Removed.Count} removed, "
                + $"{merged.Kept.Count} past dates kept.",
            .. merged.Added.Select(h => $"added    {h.Holiday.Date:yyyy-MM-dd}  {h.Division}  {h.Holiday.Title}"),
            .. merged.Removed.Select(h => $"removed  {h.Holiday.Date:yyyy-MM-dd}  {h.Division}  {h.Holiday.Title}"),
            .. merged.Warnings.Select(w => $"warning  {w}"),
            .. merged.Remarks.Select(r => $"remark   {r}"),
        ];

    private static async Task<string> ReadAsync(string source, CancellationToken cancel)
    {
        try
        {
            if (
                !source.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                && !source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            )
                return await File.ReadAllTextAsync(source, cancel);
            using var client = new HttpClient
            {
                Timeout = TimeSpan.FromSeconds(30),
                MaxResponseContentBufferSize = LargestFeed,
            };
            return await client.GetStringAsync(new Uri(source), cancel);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or HttpRequestException
                        or UriFormatException
                        or TaskCanceledException
            )
        {
            throw new HostFault($"{source} cannot be read: {e.Message}", e);
        }
    }
}
