using System.Net.Sockets;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Hosting;

/// <summary>The one-machine host, from start to end.</summary>
internal static class StandaloneHost
{
    /// <summary>
    /// Ends when the process is asked to. Everything that can be wrong at start is said before the first request is
    /// answered.
    /// </summary>
    /// <param name="output">Where keys made at first start are printed; never a log.</param>
    /// <exception cref="HostFault">The settings or the addresses are not usable.</exception>
    /// <exception cref="StoreException">The data folder is not usable.</exception>
    public static async Task RunAsync(RunOptions options, TextWriter output)
    {
        var builder = Builder();
        var settings = HostSettings.Read(builder.Configuration);
        await using var store = SqliteCaseStore.Open(options.Data);
        var start = await HostStart.PrepareAsync(store, options, settings.SecretsKey, CancellationToken.None);
        builder.AddStandalone(options, settings, start);
        await using var app = builder.Build();
        app.UseStandalone(options);
        await ListenAsync(app, options);
        await TakeFirstStepsAsync(app, output);
        await app.WaitForShutdownAsync(CancellationToken.None);
    }

    /// <summary>What fails here ends the host, also once requests are let in; an early wish to end it is no failure.</summary>
    private static async Task TakeFirstStepsAsync(WebApplication app, TextWriter output)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            var rest = await app.Services.GetRequiredService<Startup>().TakeAsync(app, output, stopping);
            app.Services.GetRequiredService<ClockGate>().Open();
            await rest;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static WebApplicationBuilder Builder()
    {
        try
        {
            var builder = WebApplication.CreateBuilder(
                new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
            );
            HostSettings.Sources(builder.Configuration);
            return builder;
        }
        catch (InvalidDataException e)
        {
            throw new HostFault($"{e.Message} {e.InnerException?.Message}".ReplaceLineEndings(" "), e);
        }
    }

    private static async Task ListenAsync(WebApplication app, RunOptions options)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            await app.StopAsync(CancellationToken.None);
            throw new HostFault(
                $"The host cannot listen on {string.Join(", ", options.Urls)}: {e.Message}".ReplaceLineEndings(" "),
                e
            );
        }
    }
}
