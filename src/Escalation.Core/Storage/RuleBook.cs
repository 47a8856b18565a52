using System.Collections.Concurrent;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>
/// The rules of each partnership. Policies are kept in memory; every question reads one record, which tells whether a
/// partnership has stored another since. Calendar edition, amendments and directory are kept for <see cref="KeptFor"/>.
/// A change of these that was made through this process is seen at once after <see cref="Refresh"/>.
/// </summary>
/// <param name="tell">Called once for each policy that cannot be used, when that is found out.</param>
public sealed class RuleBook(IRecords records, Action<PolicyFault>? tell = null)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, PartnershipRules Rules)> _kept = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<string, Policy> _pinned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _inStore = new(StringComparer.Ordinal),
        _told = new(StringComparer.Ordinal);
    private volatile InstalledPolicies? _installed;

    /// <summary>How long another process's change of a calendar or a directory may go unseen.</summary>
    public static TimeSpan KeptFor { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Forgets what was read of calendars and directories; the next question reads again.</summary>
    public void Refresh() => _kept.Clear();

    /// <summary>As the store has them now, whichever process stored them.</summary>
    public async ValueTask<InstalledPolicies> InstalledAsync(CancellationToken cancel)
    {
        var register = await PolicyRegister.ReadAsync(records, cancel);
        return _installed is { } known && known.Register.Record == register.Record
            ? known
            : await LoadAsync(register, cancel);
    }

    public async ValueTask<PolicyCatalogue> PoliciesAsync(CancellationToken cancel) =>
        (await InstalledAsync(cancel)).Catalogue;

    /// <summary>The policies with every version that a case is pinned to by now, also by another version of the program.</summary>
    public async Task<PolicyCatalogue> EveryPolicyAsync(CancellationToken cancel) =>
        (await LoadAsync(await PolicyRegister.ReadAsync(records, cancel), cancel)).Catalogue;

    /// <summary>The partnership whose cases have references like this; null when no policy has its prefix. Never a wrong one.</summary>
    public async ValueTask<string?> PartnershipOfAsync(string reference, CancellationToken cancel)
    {
        var prefix = reference.Split('-')[0];
        var known = _installed ?? await InstalledAsync(cancel);
        return PartnershipOf(known, prefix) ?? PartnershipOf(await InstalledAsync(cancel), prefix);
    }

    /// <summary>The rules a new case is opened under; null when there is no such policy.</summary>
    /// <exception cref="PolicyUnavailableException">There is, and this program cannot use it.</exception>
    public async Task<Rules?> ForPolicyAsync(string policy, DateTimeOffset now, CancellationToken cancel)
    {
        if ((await InstalledAsync(cancel)).InForce(policy) is not { } found)
            return null;
        await PinAsync(found, cancel);
        return await ComposeAsync(found, now, cancel);
    }

    /// <summary>The policy that the case is pinned to, whatever is current now, with what of it holds for this case.</summary>
    /// <exception cref="PolicyUnavailableException">This program cannot use it.</exception>
    public async Task<Rules> ForCaseAsync(Case c, DateTimeOffset now, CancellationToken cancel) =>
        await ComposeAsync(c.Under(await PinnedAsync(c, cancel)), now, cancel);

    /// <summary>The documents of the policies that the case was and is under, in order.</summary>
    /// <exception cref="PolicyUnavailableException">One of them is not there, or this program cannot use it.</exception>
    public async ValueTask<IReadOnlyList<Policy>> PinnedAsync(Case c, CancellationToken cancel)
    {
        var pinned = new List<Policy>();
        foreach (var named in c.Policies)
            pinned.Add(await PinnedAsync(named, cancel));
        return pinned;
    }

    /// <summary>
    /// Keeps the version that a case is led to, as one that it is opened under: before the case is written. A repeat changes nothing.
    /// </summary>
    public async Task PinAsync(Case led, CancellationToken cancel) =>
        await PinAsync(await PinnedAsync(led.Policy, cancel), cancel);

    /// <summary>A version by its hash. One that is not in memory is read from the store, whichever process put it there.</summary>
    /// <exception cref="PolicyUnavailableException">It is not there, or this program cannot use it.</exception>
    public async ValueTask<Policy> PinnedAsync(PolicyReference named, CancellationToken cancel)
    {
        if (_pinned.TryGetValue(named.Hash, out var pinned))
            return pinned;
        var policy =
            PolicyCatalogue.BuiltIn.FindByHash(named.Hash)
            ?? _installed?.Catalogue.FindByHash(named.Hash)
            ?? await StoredPolicies.ReadAsync(records, named, cancel);
        return _pinned[named.Hash] = policy;
    }

    public async Task<PartnershipRules> PartnershipAsync(
        string partnership,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (_kept.TryGetValue(partnership, out var kept) && (now - kept.Read).Duration() < KeptFor)
            return kept.Rules;
        var rules = new PartnershipRules(
            await StoredDirectory.LoadAsync(records, partnership, cancel),
            await StoredCalendar.LoadAsync(records, partnership, cancel)
        );
        _kept[partnership] = (now, rules);
        return rules;
    }

    private async Task<Rules> ComposeAsync(Policy policy, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await PartnershipAsync(policy.Partnership, now, cancel);
        return new Rules(policy, rules.CalendarFor(policy), rules.Directory)
        {
            LeadsTo =
            [
                .. (await LeadsToAsync(policy, cancel)).Select(p => new Rules(
                    p,
                    rules.CalendarFor(p),
                    rules.Directory
                )),
            ],
        };
    }

    private async ValueTask<IReadOnlyList<Policy>> LeadsToAsync(Policy policy, CancellationToken cancel) =>
        policy.Stages.All(s => s.LeadsTo.Count == 0) ? [] : (await InstalledAsync(cancel)).LeadsTo(policy);

    private async Task<InstalledPolicies> LoadAsync(PolicyRegister register, CancellationToken cancel)
    {
        var installed = await StoredPolicies.LoadAsync(records, register, cancel);
        foreach (var fault in installed.Faults)
            if (_told.TryAdd(fault.ToString(), true))
                tell?.Invoke(fault);
        return _installed = installed;
    }

    private static string? PartnershipOf(InstalledPolicies installed, string prefix) =>
        installed.Register.PartnershipOf(prefix)
        ?? installed.Catalogue.All.FirstOrDefault(p => p.ReferencePrefix == prefix)?.Partnership;

    /// <summary>A used version is stored, so that its cases can always be read.</summary>
    private async Task PinAsync(Policy policy, CancellationToken cancel)
    {
        if (_inStore.ContainsKey(policy.Hash))
            return;
        await StoredPolicies.KeepAsync(records, policy, cancel);
        _inStore[policy.Hash] = true;
    }
}

/// <summary>A partnership's directory and calendar; one working calendar per policy, made once.</summary>
public sealed class PartnershipRules(PartnershipDirectory directory, StoredCalendar calendar)
{
    private readonly ConcurrentDictionary<string, WorkingCalendar> _calendars = new(StringComparer.Ordinal);

    public PartnershipDirectory Directory => directory;
    public StoredCalendar Calendar => calendar;

    public WorkingCalendar CalendarFor(Policy policy) =>
        _calendars.GetOrAdd(policy.Hash, _ => calendar.For(policy.WorkingTime));
}
