namespace Escalation.Web.Health;

/// <summary>Something a host needs beside its store in order to be ready. Any number may be registered.</summary>
public interface IReadinessProbe
{
    /// <summary>What is wrong, in one sentence without personal data; null: it is ready. May throw, which counts as out of reach.</summary>
    Task<string?> FaultAsync(CancellationToken cancel);

    /// <summary>
    /// True: what it finds keeps the host from nothing else. The host stays ready, and says <c>degraded</c> with the cause.
    /// </summary>
    bool GoesOn => false;
}
