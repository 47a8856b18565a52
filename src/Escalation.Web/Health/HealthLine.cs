namespace Escalation.Web.Health;

public enum HealthState
{
    Well,

    /// <summary>To be looked at in the next days.</summary>
    Look,

    /// <summary>Something does not work.</summary>
    Act,
}

/// <summary>One thing on the health page.</summary>
/// <param name="Figure">How it stands, in words; no personal data.</param>
/// <param name="ToDo">What to do; null where nothing is.</param>
public sealed record HealthLine(string What, HealthState State, string Figure, string? ToDo = null);

/// <summary>
/// Something a host knows of its own health: how it sends email, when it was last backed up. Any number may be
/// registered; shown to administrators.
/// </summary>
public interface IHostHealth
{
    /// <param name="now">UTC.</param>
    Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel);
}
