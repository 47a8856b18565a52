using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Health;

/// <summary>
/// A partnership in whose directory notices come to an end: tiers that nobody holds, and no business manager, to whom they would fall.
/// </summary>
/// <param name="HasOpenCases">Whether notices are lost by it already.</param>
/// <param name="Tiers">In words; the business manager first.</param>
internal sealed record TierGap(string Partnership, bool HasOpenCases, IReadOnlyList<string> Tiers)
{
    private const int Named = 5;

    /// <summary>One sentence.</summary>
    public string Words
    {
        get
        {
            var more = Tiers.Count > Named ? $" and {Tiers.Count - Named} more" : "";
            var escalations = HasOpenCases ? " has open escalations and" : " has";
            return $"{Partnership}{escalations} no business manager in its directory, so what is for these reaches nobody: "
                + $"{string.Join(", ", Tiers.Take(Named))}{more}.";
        }
    }
}

/// <summary>
/// Looks for such partnerships, at most once a minute. One whose directory is empty, and that has no open case, has not been begun.
/// </summary>
internal sealed class TierGaps(ICaseQueries queries, RuleBook rules, TimeProvider clock)
{
    private static readonly TimeSpan LookedEvery = TimeSpan.FromMinutes(1);
    private volatile Found? _found;

    /// <summary>What is said of those with open cases, or of those without; null: there are none.</summary>
    public async Task<string?> WordsAsync(bool open, CancellationToken cancel)
    {
        var words = string.Join(' ', (await LookAsync(cancel)).Where(g => g.HasOpenCases == open).Select(g => g.Words));
        return words.Length > 0 ? words : null;
    }

    public async Task<IReadOnlyList<TierGap>> LookAsync(CancellationToken cancel)
    {
        if (_found is { } found && clock.GetElapsedTime(found.At) < LookedEvery)
            return found.Gaps;
        var gaps = new List<TierGap>();
        foreach (var own in (await rules.PoliciesAsync(cancel)).All.GroupBy(p => p.Partnership, StringComparer.Ordinal))
            if (await OfAsync([.. own], cancel) is { } gap)
                gaps.Add(gap);
        _found = new Found(clock.GetTimestamp(), gaps);
        return gaps;
    }

    /// <param name="policies">Of one partnership.</param>
    private async Task<TierGap?> OfAsync(IReadOnlyList<Policy> policies, CancellationToken cancel)
    {
        var (partnership, now) = (policies[0].Partnership, clock.GetUtcNow());
        var known = await rules.PartnershipAsync(partnership, now, cancel);
        var (directory, today) = (known.Directory, known.CalendarFor(policies[0]).LocalDate(now));
        if (directory.Present(partnership, Tiers.BusinessManager, today).Any())
            return null;
        var open = (await queries.CountsAsync(partnership, now, cancel)).Open > 0;
        if (!open && directory.Agencies.Count == 0)
            return null;
        var lost = Coverage.Lost(directory, policies, today).Where(t => t.Tier != Tiers.BusinessManager);
        var names = lost.Select(t => $"{StageWords.Tier(t.Tier)} of {t.Agency.Name}");
        return new TierGap(policies[0].PartnershipName, open, [StageWords.Tier(Tiers.BusinessManager), .. names]);
    }

    private sealed record Found(long At, IReadOnlyList<TierGap> Gaps);
}

/// <summary>While notices of open cases reach nobody, the host is not ready.</summary>
internal sealed class LostNoticesProbe(TierGaps gaps) : IReadinessProbe
{
    public Task<string?> FaultAsync(CancellationToken cancel) => gaps.WordsAsync(open: true, cancel);
}

/// <summary>A partnership that is being set up goes on; what its directory lacks is said.</summary>
internal sealed class DirectoryProbe(TierGaps gaps) : IReadinessProbe
{
    public bool GoesOn => true;

    public Task<string?> FaultAsync(CancellationToken cancel) => gaps.WordsAsync(open: false, cancel);
}

/// <summary>The same on the health page.</summary>
internal sealed class DirectoryHealth(TierGaps gaps) : IHostHealth
{
    public async Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel)
    {
        const string what = "Contacts";
        var found = await gaps.LookAsync(cancel);
        return found.Count == 0
            ? new(what, HealthState.Well, "Every notice reaches somebody, where a directory was begun")
            : new(
                what,
                found.Any(g => g.HasOpenCases) ? HealthState.Act : HealthState.Look,
                string.Join(' ', found.Select(g => g.Words)),
                "Add the contacts in the directory, a business manager first: whatever has nobody else falls to them."
            );
    }
}
