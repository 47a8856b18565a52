using System.Text.Json;
using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

/// <summary>
/// The rules of the procedures a second time, as a clerk would do it: day by day over a set of dates read straight from
/// the feed's text, asking TimeZoneInfo for every time. Shares nothing with the product but the records of the
/// question.
/// </summary>
internal sealed class IndependentCalculation
{
    private readonly HashSet<string> _off;
    private readonly TimeOnly _close;

    public IndependentCalculation(string division, IEnumerable<DateOnly> closures, TimeOnly close)
    {
        using var stream = typeof(CalendarEdition).Assembly.GetManifestResourceStream("calendars/bank-holidays.json")!;
        using var feed = JsonDocument.Parse(stream);
        _off =
        [
            .. feed
                .RootElement.GetProperty(division)
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("date").GetString()!),
        ];
        _off.UnionWith(closures.Select(c => c.ToString("O")));
        _close = close;
    }

    public bool Works(DateTime day) =>
        day.DayOfWeek != DayOfWeek.Saturday
        && day.DayOfWeek != DayOfWeek.Sunday
        && !_off.Contains(day.ToString("yyyy-MM-dd"));

    public (DateTimeOffset At, LimitKind Kind) Deadline(DeadlineQuestion q)
    {
        var candidates = new List<(DateTimeOffset At, LimitKind Kind)>();
        var nextClose = Walk(q.Opened, 1);
        if (q.Own is { } own)
        {
            var full = End(own.Limit, q.Opened, 0);
            var at = own.From is { } from ? End(own.Limit, from, 0) : full;
            var least = own.IsRemainder ? at : Earlier(full, nextClose);
            candidates.Add((Later(at, least), own.Limit.Kind));
        }

        if (q.Cap is { From: { } anchor } cap)
            candidates.Add((Later(End(cap.Limit, anchor, cap.MovedWorkingDays), nextClose), cap.Limit.Kind));
        if (q.Until is { } day)
            candidates.Add((day.At > q.Opened ? day.At : nextClose, LimitKind.Target));
        if (candidates.Count == 0)
            candidates.Add((nextClose, LimitKind.Target));
        var first = candidates.Min(c => c.At);
        return (
            first,
            candidates.Exists(c => c.At == first && c.Kind == LimitKind.Maximum) ? LimitKind.Maximum : LimitKind.Target
        );
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private DateTimeOffset End(TimeLimit limit, DateTimeOffset from, int moved)
    {
        var end =
            limit.WorkingDays is { } days ? Walk(from, days)
            : limit.CalendarDays is { } all ? Later(LastWorkedClose(from, all), Walk(from, 1))
            : from + TimeSpan.FromHours(limit.Hours!.Value);
        var local = TimeZoneInfo.ConvertTime(end, London.Zone).DateTime;
        for (var left = moved; left > 0; )
            if (Works(local = local.AddDays(1)))
                left--;
        return moved == 0 ? end : Utc(local);
    }

    private DateTimeOffset LastWorkedClose(DateTimeOffset from, int days)
    {
        var day = TimeZoneInfo.ConvertTime(from, London.Zone).DateTime.Date.AddDays(days);
        while (!Works(day))
            day = day.AddDays(-1);
        return Utc(day + _close.ToTimeSpan());
    }

    private DateTimeOffset Walk(DateTimeOffset from, int days)
    {
        var local = TimeZoneInfo.ConvertTime(from, London.Zone).DateTime;
        var day = local.Date;
        if (days == 0 && Works(day) && from < Utc(day + _close.ToTimeSpan()))
            return Utc(day + _close.ToTimeSpan());
        var counted = 0;
        while (counted < Math.Max(1, days))
        {
            day = day.AddDays(1);
            counted += Works(day) ? 1 : 0;
        }

        return Utc(day + _close.ToTimeSpan());
    }

    /// <summary>A skipped hour is the jump, a doubled hour its first time: London's are both from 01:00 to 02:00.</summary>
    private static DateTimeOffset Utc(DateTime local)
    {
        if (London.Zone.IsInvalidTime(local))
            return new(local.Date.AddHours(1), TimeSpan.Zero);
        if (London.Zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, TimeSpan.FromHours(1)).ToUniversalTime();
        return new(TimeZoneInfo.ConvertTimeToUtc(local, London.Zone), TimeSpan.Zero);
    }
}
