using Escalation.Core.Storage;

namespace Escalation.Web.Api;

/// <param name="Status">
/// <c>ok</c>; <c>behind</c> when a wake is more than five minutes past or a case fails to advance; <c>degraded</c> when there are causes
/// to look at, and the host goes on.
/// </param>
/// <param name="Counts">Of the whole installation; null for <c>live</c>.</param>
/// <param name="Causes">What is wrong that keeps the host from nothing else, a sentence each; null where nothing is.</param>
public sealed record HealthView(string Status, StoreCounts? Counts, IReadOnlyList<string>? Causes = null);
