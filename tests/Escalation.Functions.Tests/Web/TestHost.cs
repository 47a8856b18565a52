using System.Net.Http.Headers;
using Escalation.Core.Storage;
using Escalation.Functions.Tests.World;
using Escalation.Standalone.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Composition;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Web.Tests.Hosting;

/// <summary>
/// What the web surface's own tests run against, here with the Azure host's triggers between: an access key comes with
/// the function key, and whoever has neither goes through the second door.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly CaseWorld _world;
    private readonly Front _front;

    private TestHost(CaseWorld world, Front front, FakeLogCollector log) => (_world, _front, Log) = (world, front, log);

    public SqliteCaseStore Store => _world.Sqlite;
    public FakeTimeProvider Clock => _world.Clock;
    public FakeLogCollector Log { get; }
    public IServiceProvider Services => _world.Services;
    public AccessKeys Keys => _world.Get<AccessKeys>();

    public static async Task<TestHost> StartAsync(
        Action<WebOptions>? configure = null,
        Func<SqliteCaseStore, FlakyStore>? wrap = null,
        Action<IServiceCollection>? services = null
    )
    {
        var log = new FakeLogCollector();
        var world = await CaseWorld.AtAsync(
            "2026-09-25 11:00",
            directory: false,
            add: (world, added) =>
            {
                if (wrap is null)
                    added.AddStore(world.Sqlite);
                else
                    added.AddStore(wrap(world.Sqlite));
                added.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)));
                added.Configure<WebOptions>(options => options.PublicUrl = new WebOptions().PublicUrl);
                if (configure is not null)
                    added.Configure(configure);
                services?.Invoke(added);
            }
        );
        foreach (var (partnership, agency) in Sample.Directory)
            await StoredDirectory.WriteAsync(world.Sqlite, partnership, agency, 0, CancellationToken.None);
        var host = new TestHost(world, await Front.StartAsync(world, keylessToWeb: true), log);
        // The surface is built at the first request.
        (await host.Nobody().GetAsync("/health/live")).EnsureSuccessStatusCode();
        return host;
    }

    public HttpClient Nobody() => new() { BaseAddress = _front.Address };

    public HttpClient With(string key)
    {
        var client = Nobody();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.Add(Front.KeyHeader, Front.Key);
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
        await _front.DisposeAsync();
        await _world.DisposeAsync();
    }
}

internal sealed class NoWaker : IWaker
{
    public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
        ValueTask.CompletedTask;
}
