using System.Runtime.CompilerServices;

namespace Escalation.Core.Calendars;

/// <summary>
/// A zone's offsets from UTC as a table of clock changes, so that a conversion is one short search. Outside the table's years it asks
/// <see cref="TimeZoneInfo"/>.
/// </summary>
internal sealed class ZoneOffsets
{
    private const int FirstYear = 2010;
    private const int LastYear = 2040;
    private const long MaxOffset = 14 * TimeSpan.TicksPerHour;
    private static readonly ConditionalWeakTable<TimeZoneInfo, ZoneOffsets> Known = [];
    private static readonly long Start = new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long End = new DateTime(LastYear + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private readonly TimeZoneInfo _zone;

    /// <summary>UTC ticks at which <see cref="_offsets"/> of the same index begins; the first is <see cref="Start"/>.</summary>
    private readonly long[] _from;
    private readonly long[] _offsets;

    private ZoneOffsets(TimeZoneInfo zone)
    {
        _zone = zone;
        var from = new List<long> { Start };
        var offsets = new List<long> { OffsetByZone(Start) };
        for (var day = Start; day < End; day += TimeSpan.TicksPerDay)
        {
            var next = OffsetByZone(day + TimeSpan.TicksPerDay);
            if (next == offsets[^1])
                continue;
            from.Add(ChangeWithin(day, day + TimeSpan.TicksPerDay, next));
            offsets.Add(next);
        }

        _from = [.. from];
        _offsets = [.. offsets];
    }

    public static ZoneOffsets Of(TimeZoneInfo zone) => Known.GetValue(zone, z => new ZoneOffsets(z));

    /// <summary>Local ticks of a UTC instant.</summary>
    public long ToLocal(long utc) => utc + (utc >= Start && utc < End ? _offsets[IndexOf(utc)] : OffsetByZone(utc));

    /// <summary>
    /// UTC ticks of a local time. One that the clocks skip is the instant of the jump; one that comes twice is its first time.
    /// </summary>
    public long ToUtc(long local)
    {
        if (local - MaxOffset < Start || local + MaxOffset >= End)
            return ToUtcByZone(local);
        for (var i = IndexOf(local - MaxOffset); ; i++)
        {
            var utc = local - _offsets[i];
            if (utc < _from[i])
                return _from[i];
            if (i + 1 == _from.Length || utc < _from[i + 1])
                return utc;
        }
    }

    private int IndexOf(long utc)
    {
        var found = Array.BinarySearch(_from, utc);
        return found >= 0 ? found : ~found - 1;
    }

    private long OffsetByZone(long utc) => _zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;

    /// <summary>The first instant, to the second, at which the offset is <paramref name="offset"/>.</summary>
    private long ChangeWithin(long before, long at, long offset)
    {
        while (at - before > TimeSpan.TicksPerSecond)
        {
            var middle = before + (at - before) / TimeSpan.TicksPerSecond / 2 * TimeSpan.TicksPerSecond;
            if (OffsetByZone(middle) == offset)
                at = middle;
            else
                before = middle;
        }

        return at;
    }

    private long ToUtcByZone(long local)
    {
        var time = new DateTime(local, DateTimeKind.Unspecified);
        if (_zone.IsAmbiguousTime(time))
            return local - _zone.GetAmbiguousTimeOffsets(time).Max().Ticks;
        if (!_zone.IsInvalidTime(time))
            return local - _zone.GetUtcOffset(time).Ticks;
        var after = OffsetByZone(local + TimeSpan.TicksPerDay);
        return ChangeWithin(local - TimeSpan.TicksPerDay, local + TimeSpan.TicksPerDay, after);
    }
}
