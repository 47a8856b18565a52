namespace Escalation.Web.Health;

/// <summary>Something a host needs beside its store in order to be ready. Any number may be registered.</summary>
public interface IReadinessProbe
{
    /// <summary>What is wrong, in one sentence without personal data; null: it is ready. May throw, which counts as out of reach.</summary>
    Task<string?> FaultAsync(CancellationToken cancel);
}
