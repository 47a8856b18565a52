using System.Text.Json;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>
/// A partnership's calendar: the edition in force, the amendments for all partnerships and its own. <see cref="Version"/> grows with every
/// change, so that a case knows whether its deadline was counted before one.
/// </summary>
public sealed class StoredCalendar
{
    private const string Kind = "calendar",
        EditionId = "edition",
        ForAll = "all";

    public required CalendarEdition Edition { get; init; }

    /// <summary>In the order stored: those for all partnerships, then the partnership's own.</summary>
    public required IReadOnlyList<Amendment> Amendments { get; init; }
    public required int Version { get; init; }

    /// <summary>
    /// As the store has it now. Until a feed was refreshed the edition is the program's own; from then on it is the
    /// stored one, also under a later program with a newer edition.
    /// </summary>
    public static async Task<StoredCalendar> LoadAsync(IRecords records, string partnership, CancellationToken cancel)
    {
        var edition = await records.ReadAsync(Kind, EditionId, cancel);
        var all = await records.ReadAsync(Kind, AmendmentsId(ForAll), cancel);
        var own = await records.ReadAsync(Kind, AmendmentsId(partnership), cancel);
        return new StoredCalendar
        {
            Edition = edition is null ? CalendarEdition.BuiltIn : Parse(edition.Body),
            Amendments = [.. Amended(all), .. Amended(own)],
            Version = (int)((edition?.Version ?? 0) + (all?.Version ?? 0) + (own?.Version ?? 0)),
        };
    }

    /// <summary>The working calendar of a policy.</summary>
    public WorkingCalendar For(WorkingTime time) =>
        new(
            Edition,
            time.Division,
            [.. Amendments.Select(a => a.ToClosure())],
            TimeZoneInfo.FindSystemTimeZoneById(time.Zone),
            time.Close,
            Version
        );

    /// <summary>The calendar as it would be with this amendment.</summary>
    public StoredCalendar With(Amendment amendment) =>
        new()
        {
            Edition = Edition,
            Amendments = [.. Amendments, amendment],
            Version = Version + 1,
        };

    /// <summary>
    /// Stores an amendment, for one partnership or (null) for all. The same date twice is stored once. False when
    /// somebody else stored one at the same time: read again.
    /// </summary>
    public static async Task<bool> AmendAsync(
        IRecords records,
        string? partnership,
        Amendment amendment,
        CancellationToken cancel
    )
    {
        var id = AmendmentsId(partnership ?? ForAll);
        var before = await records.ReadAsync(Kind, id, cancel);
        IReadOnlyList<Amendment> amendments = Amended(before);
        if (amendments.Any(a => a.Date == amendment.Date))
            return true;
        amendments = [.. amendments, amendment];
        return await records.WriteAsync(
            Kind,
            id,
            JsonSerializer.Serialize(amendments, PartnershipJson.Default.IReadOnlyListAmendment),
            before?.Version ?? 0,
            cancel
        );
    }

    /// <summary>
    /// Merges a feed into the edition in force and stores the result; nothing is stored when it is refused or brings
    /// nothing new.
    /// </summary>
    public static async Task<MergeOutcome> RefreshAsync(
        IRecords records,
        CalendarEdition feed,
        DateOnly today,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var before = await records.ReadAsync(Kind, EditionId, cancel);
            var known = before is null ? CalendarEdition.BuiltIn : Parse(before.Body);
            var merged = known.Merge(feed, today);
            if (merged.Refused || merged.Edition.Hash == known.Hash)
                return merged;
            var body = JsonSerializer.Serialize(
                new StoredEdition(merged.Edition.Date, merged.Edition.ToJson()),
                PartnershipJson.Default.StoredEdition
            );
            if (await records.WriteAsync(Kind, EditionId, body, before?.Version ?? 0, cancel))
                return merged;
        }
    }

    /// <summary>Up to which calendar version the partnership's open cases were looked at.</summary>
    public static async Task<int> AppliedAsync(IRecords records, string partnership, CancellationToken cancel) =>
        await records.ReadAsync(Kind, ProgressId(partnership), cancel) is { } record
            ? JsonSerializer.Deserialize(record.Body, PartnershipJson.Default.AmendmentProgress)!.Version
            : 0;

    /// <summary>Remembers that every open case was looked at. A repeat changes nothing.</summary>
    public static async Task SetAppliedAsync(
        IRecords records,
        string partnership,
        int version,
        CancellationToken cancel
    )
    {
        var before = await records.ReadAsync(Kind, ProgressId(partnership), cancel);
        if (
            before is null
            || JsonSerializer.Deserialize(before.Body, PartnershipJson.Default.AmendmentProgress)!.Version < version
        )
            await records.WriteAsync(
                Kind,
                ProgressId(partnership),
                JsonSerializer.Serialize(new AmendmentProgress(version), PartnershipJson.Default.AmendmentProgress),
                before?.Version ?? 0,
                cancel
            );
    }

    private static string AmendmentsId(string partnership) => $"amendments/{partnership}";

    private static string ProgressId(string partnership) => $"applied/{partnership}";

    private static IReadOnlyList<Amendment> Amended(StoredRecord? record) =>
        record is null ? [] : JsonSerializer.Deserialize(record.Body, PartnershipJson.Default.IReadOnlyListAmendment)!;

    private static CalendarEdition Parse(string body)
    {
        var stored = JsonSerializer.Deserialize(body, PartnershipJson.Default.StoredEdition)!;
        var reading = CalendarEdition.Parse(stored.Feed, stored.Date);
        return reading.Edition
            ?? throw new InvalidOperationException(
                $"The stored calendar edition is faulty. {string.Join("; ", reading.Errors)}"
            );
    }
}
