namespace Escalation.Standalone.Settings;

/// <summary>How the host is to run.</summary>
/// <param name="Urls">One at least.</param>
/// <param name="Clock">Where a clock that stands still starts; null: the machine's.</param>
internal sealed record RunOptions(IReadOnlyList<string> Urls, string Data, bool Demo, DateTimeOffset? Clock);
