using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>What belongs to one partnership of a store that holds several, one id the beginning of another's.</summary>
public sealed class StoredDirectoryTests
{
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task A_partnership_has_its_own_agencies_and_none_of_one_whose_id_begins_with_its_own()
    {
        await WriteAsync("surrey", "oak");
        await WriteAsync("surrey", "surrey");
        await WriteAsync("surrey-adults", "elm");
        await WriteAsync("surrey-adults", "surrey");
        Assert.Equal(["oak", "surrey"], await LoadedAsync("surrey"));
        Assert.Equal(["elm", "surrey"], await LoadedAsync("surrey-adults"));
        Assert.Empty(await LoadedAsync("surre"));
    }

    [Fact]
    public async Task An_entry_is_read_from_its_own_partnership_only()
    {
        await WriteAsync("surrey-adults", "elm");
        Assert.Null(await StoredDirectory.ReadAsync(_store, "surrey", "elm", default));
        var (agency, version) = (await StoredDirectory.ReadAsync(_store, "surrey-adults", "elm", default))!.Value;
        Assert.Equal(("elm", 1), (agency.Id, version));
    }

    [Fact]
    public async Task An_entry_that_somebody_else_wrote_in_the_meantime_is_not_overwritten()
    {
        await WriteAsync("surrey", "oak");
        Assert.True(await StoredDirectory.WriteAsync(_store, "surrey", Agency("oak", "Second"), 1, default));
        Assert.False(await StoredDirectory.WriteAsync(_store, "surrey", Agency("oak", "Third"), 1, default));
        Assert.False(await StoredDirectory.WriteAsync(_store, "surrey", Agency("oak", "Fourth"), 0, default));
        var (agency, version) = (await StoredDirectory.ReadAsync(_store, "surrey", "oak", default))!.Value;
        Assert.Equal(("Second", 2), (agency.Name, version));
    }

    [Fact]
    public async Task An_amendment_is_its_own_partnerships_or_everybodys_and_raises_the_version_of_each()
    {
        string[] partnerships = ["surrey", "surrey-adults", "sefton"];
        await AmendAsync("surrey", "2026-10-14");
        Assert.Equal(["2026-10-14 v1", "v0", "v0"], await CalendarsAsync(partnerships));
        await AmendAsync(null, "2026-10-15");
        Assert.Equal(
            ["2026-10-15 2026-10-14 v2", "2026-10-15 v1", "2026-10-15 v1"],
            await CalendarsAsync(partnerships)
        );
        await AmendAsync("surrey-adults", "2026-10-16");
        Assert.Equal(
            ["2026-10-15 2026-10-14 v2", "2026-10-15 2026-10-16 v2", "2026-10-15 v1"],
            await CalendarsAsync(partnerships)
        );
    }

    private async Task AmendAsync(string? partnership, string day)
    {
        var amendment = new Amendment(UkTime.Day(day), "Closed", false, "key", UkTime.At("2026-10-12 09:00"));
        Assert.True(await StoredCalendar.AmendAsync(_store, partnership, amendment, default));
    }

    /// <summary>The days off that were added, and the calendar's version.</summary>
    private async Task<List<string>> CalendarsAsync(IEnumerable<string> partnerships)
    {
        var words = new List<string>();
        foreach (var partnership in partnerships)
        {
            var calendar = await StoredCalendar.LoadAsync(_store, partnership, default);
            words.Add(
                string.Join(' ', calendar.Amendments.Select(a => $"{a.Date:yyyy-MM-dd}").Append($"v{calendar.Version}"))
            );
        }
        return words;
    }

    private async Task<IEnumerable<string>> LoadedAsync(string partnership) =>
        (await StoredDirectory.LoadAsync(_store, partnership, default)).Agencies.Select(a => a.Id);

    private async Task WriteAsync(string partnership, string agency) =>
        Assert.True(await StoredDirectory.WriteAsync(_store, partnership, Agency(agency, agency), 0, default));

    private static Agency Agency(string id, string name) => new() { Id = id, Name = name };
}
