namespace Escalation.Core.Reporting;

/// <summary>Counts by id: those known beforehand in their order, zeros too; then any others by id.</summary>
internal sealed class TallyCounts
{
    private readonly List<string> _known = [];
    private readonly Dictionary<string, (string Name, int Count)> _counts = new(StringComparer.Ordinal);

    public TallyCounts(IEnumerable<(string Id, string Name)> known)
    {
        foreach (var (id, name) in known)
            if (_counts.TryAdd(id, (name, 0)))
                _known.Add(id);
    }

    /// <param name="name">For an id not known beforehand: the first in ordinal order stays.</param>
    public void Add(string id, string name, int count = 1)
    {
        if (!_counts.TryGetValue(id, out var before))
            before = (name, 0);
        else if (!_known.Contains(id) && string.CompareOrdinal(name, before.Name) < 0)
            before.Name = name;
        _counts[id] = (before.Name, before.Count + count);
    }

    public IReadOnlyList<Tally> Finish() =>
        [
            .. _known
                .Concat(_counts.Keys.Except(_known).Order(StringComparer.Ordinal))
                .Select(id => new Tally(id, _counts[id].Name, _counts[id].Count)),
        ];
}

/// <summary>How often each number of working days came: enough for a median, and as small as the longest case.</summary>
internal sealed class DayCounts
{
    private readonly SortedDictionary<int, int> _counts = [];
    private int _total;

    public void Add(int days)
    {
        _counts[days] = _counts.GetValueOrDefault(days) + 1;
        _total++;
    }

    public WorkingDaysTaken Finish() =>
        _total == 0
            ? new WorkingDaysTaken(0, 0, 0)
            : new WorkingDaysTaken(_total, (At((_total - 1) / 2) + At(_total / 2)) / 2m, _counts.Keys.Last());

    /// <summary>The value at this place, from 0, in ascending order.</summary>
    private int At(int place)
    {
        foreach (var (days, count) in _counts)
            if ((place -= count) < 0)
                return days;
        throw new ArgumentOutOfRangeException(nameof(place));
    }
}
