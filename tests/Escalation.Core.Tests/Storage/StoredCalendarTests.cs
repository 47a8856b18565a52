using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

public sealed class StoredCalendarTests
{
    private static readonly DateOnly Today = UkTime.Day("2026-10-12");

    [Fact]
    public async Task A_refresh_that_meets_another_at_the_same_moment_is_tried_again_and_stored()
    {
        var store = new MemoryStore();
        var overtaken = new Overtaken(
            store,
            () => StoredCalendar.RefreshAsync(store, Feed("2098-03-03"), Today, default)
        );

        var merged = await StoredCalendar.RefreshAsync(overtaken, Feed("2098-03-03", "2099-03-03"), Today, default);

        Assert.Equal(UkTime.Day("2099-03-03"), Assert.Single(merged.Added).Holiday.Date);
        var stored = await StoredCalendar.LoadAsync(store, "suffolk", default);
        Assert.Equal((2, merged.Edition.Hash), (stored.Version, stored.Edition.Hash));
        Assert.Contains(stored.Edition.Of("england-and-wales"), h => h.Date == UkTime.Day("2099-03-03"));
    }

    /// <summary>The built-in edition with these days off besides, in England and Wales.</summary>
    private static CalendarEdition Feed(params string[] days)
    {
        var feed = CalendarEdition.BuiltIn.ToJson();
        var more = string.Concat(days.Select(day => $$"""{"title":"State funeral","date":"{{day}}","notes":""},"""));
        var events = feed.IndexOf('[', StringComparison.Ordinal) + 1;
        return CalendarEdition.Parse(feed.Insert(events, more), Today).Edition!;
    }

    /// <summary>Records of which somebody else writes some just before the first write.</summary>
    private sealed class Overtaken(IRecords records, Func<Task> other) : IRecords
    {
        private bool _isOvertaken;

        public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
            records.ReadAsync(kind, id, cancel);

        public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
            records.ListAsync(kind, prefix, cancel);

        public async Task<bool> WriteAsync(
            string kind,
            string id,
            string? body,
            long expectedVersion,
            CancellationToken cancel
        )
        {
            if (!_isOvertaken)
                await other();
            _isOvertaken = true;
            return await records.WriteAsync(kind, id, body, expectedVersion, cancel);
        }
    }
}
