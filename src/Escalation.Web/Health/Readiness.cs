using Escalation.Core.Storage;

namespace Escalation.Web.Health;

/// <summary>What makes a host ready or behind: the same for <c>/health/ready</c> and for the page.</summary>
internal static class Readiness
{
    /// <summary>A wake that passed this long ago should have been carried out.</summary>
    public static TimeSpan LongestDelay { get; } = TimeSpan.FromMinutes(5);

    public static bool IsBehind(StoreCounts counts, DateTimeOffset now) =>
        counts.Failing > 0 || WakesAreLate(counts, now);

    public static bool WakesAreLate(StoreCounts counts, DateTimeOffset now) =>
        counts.OldestOverdueWake < now - LongestDelay;

    /// <summary>Null: ready.</summary>
    public static async Task<string?> FaultAsync(IReadinessProbe probe, CancellationToken cancel)
    {
        try
        {
            return await probe.FaultAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return $"Out of reach ({e.GetType().Name}).";
        }
    }
}
