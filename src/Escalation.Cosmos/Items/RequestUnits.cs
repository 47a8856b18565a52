using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Items;

/// <summary>What one operation of the store cost, over all its requests. Recorded once, whether it succeeded or not.</summary>
internal sealed class RequestUnits
{
    public const string MeterName = "Escalation.Cosmos";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Histogram = Meter.CreateHistogram<double>(
        "escalation.cosmos.request_charge",
        "{RU}",
        "Request units of one operation of the case store, as the account reports them."
    );

    private readonly Lock _adding = new();
    private double _total;

    /// <exception cref="StoreBusyException">The account throttled it for too long or did not answer.</exception>
    public static async Task<T> CountAsync<T>(string operation, Func<RequestUnits, Task<T>> work)
    {
        var units = new RequestUnits();
        try
        {
            return await work(units);
        }
        catch (CosmosException refused) when (IsBusy(refused.StatusCode))
        {
            units.Add(refused.RequestCharge);
            throw new StoreBusyException(
                $"The case store could not {operation} now ({(int)refused.StatusCode}).",
                refused
            )
            {
                RetryAfter =
                    refused.RetryAfter is { } wait && wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1),
            };
        }
        finally
        {
            Histogram.Record(units._total, new KeyValuePair<string, object?>("operation", operation));
        }
    }

    /// <summary>May be called by several requests of the operation at once.</summary>
    public void Add(double charge)
    {
        lock (_adding)
            _total += charge;
    }

    private static bool IsBusy(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.RequestTimeout;
}
