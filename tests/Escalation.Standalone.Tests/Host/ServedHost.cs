using System.Net.Http.Headers;
using Escalation.Core.Notices;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The host as the program puts it together, its start done, answering on a free port of this process.</summary>
internal sealed class ServedHost : IAsyncDisposable
{
    public const string StaffKey = "the-staff-key-of-the-tests",
        IntakeKey = "the-intake-key-of-the-tests";

    private readonly SqliteCaseStore _store;
    private readonly WebApplication _app;
    private readonly FakeLogCollector _log;

    private ServedHost(SqliteCaseStore store, WebApplication app, FakeLogCollector log) =>
        (_store, _app, _log) = (store, app, log);

    public Uri Address => new(_app.Urls.First());
    public IReadOnlyList<string> Log => [.. _log.GetSnapshot().Select(line => line.Message)];

    /// <summary>With first keys and nothing else.</summary>
    /// <param name="folder">Of the secrets key, not the data folder.</param>
    public static HostSettings Settings(string folder) =>
        new()
        {
            SecretsKey = new SecretsKeySource(null, Path.Combine(folder, "secrets.key")),
            StaffKey = StaffKey,
            IntakeKey = IntakeKey,
        };

    /// <param name="time">Another clock than the machine's.</param>
    /// <param name="mailer">Another than the settings say.</param>
    public static async Task<ServedHost> StartAsync(
        string data,
        HostSettings settings,
        TimeProvider? time = null,
        IMailer? mailer = null,
        string url = "http://127.0.0.1:0",
        bool demo = false
    )
    {
        var options = new RunOptions([url], data, demo, null);
        var store = SqliteCaseStore.Open(data);
        var opening = await HostStart.PrepareAsync(store, options, settings.SecretsKey, CancellationToken.None);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.AddStandalone(options, settings, opening with { Clock = time ?? opening.Clock });
        var log = new FakeLogCollector();
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(log));
        if (mailer is not null)
            builder.Services.Replace(ServiceDescriptor.Singleton(mailer));
        var app = builder.Build();
        app.UseStandalone(options);
        await app.StartAsync();
        var rest = await app
            .Services.GetRequiredService<Startup>()
            .TakeAsync(app, TextWriter.Null, CancellationToken.None);
        app.Services.GetRequiredService<ClockGate>().Open();
        await rest;
        return new ServedHost(store, app, log);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="key">Null: nobody's.</param>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>With a key of this role.</summary>
    public async Task<HttpClient> AsAsync(string role, string? partnership = null, string? agency = null)
    {
        var key = new AccessKey($"a-key-of-{role.ToLowerInvariant()}", role, partnership, agency, "Somebody");
        return Client(await Get<AccessKeys>().AddAsync(key, null, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }
}
