using System.Diagnostics.Metrics;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Functions.Tests.Telemetry;

/// <summary>What the host counts reaches Application Insights: the alerts go by it.</summary>
public sealed class MetricsToHostTests
{
    /// <summary>Measured nowhere else: other tests' meters have the same name.</summary>
    private const int Measured = 7_654_321;

    [Fact]
    public async Task What_any_instrument_measures_is_handed_to_the_host_with_its_name_and_tags()
    {
        var log = new FakeLogCollector();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)))
            .AddMetrics()
            .AddSingleton<Meters>()
            .AddAzureResources(CaseWorld.Settings)
            .BuildServiceProvider();
        foreach (var hosted in services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        services.GetRequiredService<Meters>();
        var instruments = InstrumentsOf(services.GetRequiredService<IMeterFactory>());

        foreach (var (number, instrument) in instruments.Index())
            Measure(instrument, Measured + number);

        Assert.True(instruments.Count > 5);
        Assert.Equal(
            instruments.Select((i, number) => $"{i.Name} {Measured + number} test"),
            log.GetSnapshot()
                .Where(l => (Value(l, "Value") ?? "").StartsWith("76543", StringComparison.Ordinal))
                .Select(l => $"{Value(l, "Name")} {Value(l, "Value")} {Value(l, "state")}")
        );
    }

    private static string? Value(FakeLogRecord line, string name) => line.GetStructuredStateValue(name);

    private static IReadOnlyList<Instrument> InstrumentsOf(IMeterFactory factory)
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == factory)
                instruments.Add(instrument);
        };
        listener.Start();
        return instruments;
    }

    private static void Measure(Instrument instrument, int value)
    {
        var tag = new KeyValuePair<string, object?>("state", "test");
        switch (instrument)
        {
            case Counter<long> counter:
                counter.Add(value, tag);
                break;
            case Gauge<long> gauge:
                gauge.Record(value, tag);
                break;
            case Histogram<double> histogram:
                histogram.Record(value, tag);
                break;
            default:
                throw new InvalidOperationException($"No test of {instrument.GetType()}, as {instrument.Name} is.");
        }
    }
}
