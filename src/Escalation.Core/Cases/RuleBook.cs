using System.Collections.Concurrent;
using Escalation.Core.Calendars;
using Escalation.Core.Partnerships;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// The rules of each partnership, read from the store and kept for <see cref="KeptFor"/>: policies (built-in, and a partnership's own), the
/// calendar edition with amendments, the directory. Changes made through this process are seen at once.
/// </summary>
public sealed class RuleBook(ICaseStore store)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, PartnershipRules Rules)> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Policy> _pinned = new(StringComparer.Ordinal);
    private volatile PolicyCatalogue? _policies;

    /// <summary>How long another process's change may go unseen.</summary>
    public static TimeSpan KeptFor { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Forgets what was read; the next question reads again.</summary>
    public void Refresh()
    {
        _kept.Clear();
        _policies = null;
    }

    public async ValueTask<PolicyCatalogue> PoliciesAsync(CancellationToken cancel) => _policies ??= await StoredPolicies.LoadAsync(store, cancel);

    /// <summary>The rules a new case is opened under; null when there is no such policy.</summary>
    public async Task<Rules?> ForPolicyAsync(string policy, DateTimeOffset now, CancellationToken cancel)
    {
        if ((await PoliciesAsync(cancel)).Find(policy) is not { } found)
            return null;
        await PinAsync(found, cancel);
        return await ComposeAsync(found, now, cancel);
    }

    /// <summary>The policy the case was opened under, whatever is current now.</summary>
    public async Task<Rules> ForCaseAsync(Case c, DateTimeOffset now, CancellationToken cancel)
    {
        var policy = _pinned.TryGetValue(c.Policy.Hash, out var known) ? known : (await PoliciesAsync(cancel)).FindByHash(c.Policy.Hash);
        if (policy is null)
            throw new InvalidOperationException($"Case {c.Reference}: its policy {c.Policy.Id} version {c.Policy.Version} ({c.Policy.Hash[..12]}) is not stored.");
        _pinned[policy.Hash] = policy;
        return await ComposeAsync(policy, now, cancel);
    }

    public async Task<PartnershipRules> PartnershipAsync(string partnership, DateTimeOffset now, CancellationToken cancel)
    {
        if (_kept.TryGetValue(partnership, out var kept) && (now - kept.Read).Duration() < KeptFor)
            return kept.Rules;
        var rules = new PartnershipRules(
            await StoredDirectory.LoadAsync(store, partnership, cancel), await StoredCalendar.LoadAsync(store, partnership, cancel));
        _kept[partnership] = (now, rules);
        return rules;
    }

    private async Task<Rules> ComposeAsync(Policy policy, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await PartnershipAsync(policy.Partnership, now, cancel);
        return new Rules(policy, rules.CalendarFor(policy), rules.Directory);
    }

    /// <summary>A used version is stored, so that its cases can always be read.</summary>
    private async Task PinAsync(Policy policy, CancellationToken cancel)
    {
        if (_pinned.ContainsKey(policy.Hash))
            return;
        await StoredPolicies.KeepAsync(store, policy, (await PoliciesAsync(cancel)).DocumentOf(policy), cancel);
        _pinned[policy.Hash] = policy;
    }
}

/// <summary>A partnership's directory and calendar; one working calendar per policy, made once.</summary>
public sealed class PartnershipRules(PartnershipDirectory directory, StoredCalendar calendar)
{
    private readonly ConcurrentDictionary<string, WorkingCalendar> _calendars = new(StringComparer.Ordinal);

    public PartnershipDirectory Directory => directory;
    public StoredCalendar Calendar => calendar;

    public WorkingCalendar CalendarFor(Policy policy) => _calendars.GetOrAdd(policy.Hash, _ => calendar.For(policy.WorkingTime));
}
