using System.Net.Http.Headers;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Composition;
using Escalation.Web.Links;
using Escalation.Web.Secrets;
using Escalation.Web.SignInPages;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Web.Tests.Hosting;

/// <summary>The web surface on Kestrel over a SQLite store in a folder of its own, with a clock that stands still.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("escalation-web-").FullName;
    private readonly WebApplication _app;

    private TestHost(
        Action<WebOptions>? configure,
        Func<SqliteCaseStore, FlakyStore>? wrap,
        Action<IServiceCollection>? services
    )
    {
        Store = SqliteCaseStore.Open(_folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(Log));
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddStore(Store);
        if (wrap is not null)
            builder.Services.AddStore(wrap(Store));
        builder.Services.AddSingleton<IWaker, NoWaker>();
        builder.Services.AddEscalationWeb(o =>
        {
            o.IntakeSecret = new byte[32];
            configure?.Invoke(o);
        });
        builder.Services.AddSingleton(new SecretsKeys(new byte[SecretsKeys.Length])).AddKeySignIn().AddLinks();
        builder.Services.AddSingleton(new LinkKeys([.. Enumerable.Range(1, 32).Select(i => (byte)i)], null));
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.UseEscalation();
        _app.MapEscalation();
        _app.MapKeySignIn();
        _app.MapLinks();
    }

    public SqliteCaseStore Store { get; }
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 9, 25, 10, 0, 0, TimeSpan.Zero));
    public FakeLogCollector Log { get; } = new();
    public IServiceProvider Services => _app.Services;
    public AccessKeys Keys => Services.GetRequiredService<AccessKeys>();

    public static async Task<TestHost> StartAsync(
        Action<WebOptions>? configure = null,
        Func<SqliteCaseStore, FlakyStore>? wrap = null,
        Action<IServiceCollection>? services = null
    )
    {
        var host = new TestHost(configure, wrap, services);
        foreach (var (partnership, agency) in Sample.Directory)
            await StoredDirectory.WriteAsync(host.Store, partnership, agency, 0, CancellationToken.None);
        await host._app.StartAsync();
        return host;
    }

    public HttpClient Nobody() => new() { BaseAddress = new Uri(_app.Urls.First()) };

    public HttpClient With(string key)
    {
        var client = Nobody();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<HttpClient> AsAsync(string role, string? partnership = null, string? agency = null)
    {
        var id = $"{role}-{partnership}-{agency}".ToLowerInvariant().Trim('-');
        var key = new AccessKey(id, role, partnership, agency, "Somebody");
        return With(await Keys.AddAsync(key, "access-key-of-the-" + id, CancellationToken.None));
    }

    public Task<HttpClient> AdministratorAsync() => AsAsync(Roles.Administrator);

    public Task<HttpClient> IntakeAsync() => AsAsync(Roles.Intake);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

internal sealed class NoWaker : IWaker
{
    public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
        ValueTask.CompletedTask;
}
