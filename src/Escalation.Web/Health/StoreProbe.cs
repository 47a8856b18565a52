using Escalation.Web.Emails;

namespace Escalation.Web.Health;

/// <summary>A host that can record nothing is not ready, although it may be able to read.</summary>
internal sealed class StoreProbe(StoreState store, SendRecords sends) : IReadinessProbe
{
    public async Task<string?> FaultAsync(CancellationToken cancel)
    {
        try
        {
            await store.ShowAsync(cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested && store.Outage is not null)
        {
            // Said below.
        }
        if (store.Outage is { } outage)
            return $"The database takes no writes since {HealthWords.Moment(outage.Since)}, because {outage.Fault}.";
        return sends.Unwritten > 0 ? "Emails went out, and it could not be written yet that they did." : null;
    }
}
