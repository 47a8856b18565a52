namespace Escalation.Web.Site.Problems;

/// <summary>
/// Log lines that anybody can cause as often as they like. The first of a kind is written at once; of those that follow, one line at the
/// end of each minute says how many they were, until a minute passes without one.
/// </summary>
public sealed class RepeatedLines(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Repeated> _kinds = [];

    /// <param name="kind">What makes two lines the same, by its equality. Of few values, whatever a request holds.</param>
    /// <param name="first">Writes the line.</param>
    /// <param name="again">Writes that as many came again within the minute.</param>
    public void Write(object kind, Action first, Action<int> again)
    {
        lock (_lock)
        {
            if (_kinds.TryGetValue(kind, out var known))
            {
                known.Count++;
                return;
            }
            _kinds[kind] = new Repeated(again, clock.CreateTimer(_ => EndMinute(kind), null, Minute, Minute));
        }
        first();
    }

    /// <summary>Says what was not said yet.</summary>
    public void Dispose()
    {
        List<Repeated> left;
        lock (_lock)
        {
            left = [.. _kinds.Values];
            _kinds.Clear();
        }
        foreach (var repeated in left)
        {
            repeated.Timer.Dispose();
            if (repeated.Count > 0)
                repeated.Again(repeated.Count);
        }
    }

    private void EndMinute(object kind)
    {
        int count;
        Action<int> again;
        lock (_lock)
        {
            if (!_kinds.TryGetValue(kind, out var repeated))
                return;
            count = repeated.Count;
            again = repeated.Again;
            repeated.Count = 0;
            if (count == 0)
            {
                _kinds.Remove(kind);
                repeated.Timer.Dispose();
                return;
            }
        }
        again(count);
    }

    private sealed class Repeated(Action<int> again, ITimer timer)
    {
        public Action<int> Again => again;
        public ITimer Timer => timer;

        /// <summary>Of the present minute, the line that was written aside.</summary>
        public int Count { get; set; }
    }
}
