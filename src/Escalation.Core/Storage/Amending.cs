using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>An open deadline that an amendment moves to a later instant. Both UTC.</summary>
public sealed record MovedDeadline(string Reference, string Stage, DateTimeOffset From, DateTimeOffset To);

/// <summary>Carries a newer calendar to the open cases of a partnership, case by case, until done.</summary>
public sealed class Amending(ICaseQueries queries, IRecords records, CaseHandler handler, RuleBook rules)
{
    /// <summary>
    /// The open deadlines that this amendment would move, missed and held ones left out. Changes nothing.
    /// </summary>
    /// <param name="partnership">Null: of all partnerships.</param>
    public async Task<IReadOnlyList<MovedDeadline>> PreviewAsync(
        string? partnership,
        Amendment amendment,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var moved = new List<MovedDeadline>();
        await foreach (var document in queries.ReadableAsync(new CaseScan(partnership, OpenOnly: true), cancel))
        {
            var c = document.Case;
            var ruling = await rules.ForCaseAsync(c, now, cancel);
            var calendar = (await rules.PartnershipAsync(c.Partnership, now, cancel))
                .Calendar.With(amendment)
                .For(ruling.Policy.WorkingTime);
            if (
                c.Status is not CaseStatus.OnHold
                && c.Stage.MissedAt is null
                && Due.Moved(c, ruling with { Calendar = calendar }) is { } deadline
            )
                moved.Add(new MovedDeadline(c.Reference, c.Stage.Id, c.Stage.Deadline!.At, deadline.At));
        }
        return moved;
    }

    /// <summary>
    /// Looks at every open case of the partnership that was not yet looked at under the present calendar. Cut off
    /// anywhere, it goes on at the next call; a wake of a case does the same for that case by itself. A case under a
    /// policy that this program cannot use, or that cannot be read, holds nobody else up, and is looked at again at the
    /// next call.
    /// </summary>
    /// <returns>How many cases were looked at; 0 when all had been.</returns>
    public async Task<int> ApplyAsync(string partnership, DateTimeOffset now, CancellationToken cancel)
    {
        var version = (await rules.PartnershipAsync(partnership, now, cancel)).Calendar.Version;
        if (await StoredCalendar.AppliedAsync(records, partnership, cancel) >= version)
            return 0;
        var (count, all) = (0, true);
        await foreach (var stored in queries.ScanAsync(new CaseScan(partnership, OpenOnly: true), cancel))
        {
            try
            {
                await handler.AdvanceAsync(stored.Reference, stored, now, cancel);
                count++;
            }
            catch (Exception e) when (e is PolicyUnavailableException or UnreadableCaseException)
            {
                all = false;
            }
        }
        if (all)
            await StoredCalendar.SetAppliedAsync(records, partnership, version, cancel);
        return count;
    }
}
