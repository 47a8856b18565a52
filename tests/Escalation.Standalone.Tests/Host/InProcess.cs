using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The host's own parts, put together as in the program, with a clock that stands still and a mailer of the test's.</summary>
internal sealed class InProcess : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly FlakyStore? _flaky;

    private InProcess(
        TemporaryFolder folder,
        string data,
        SqliteCaseStore store,
        TimeProvider time,
        IMailer mailer,
        FlakyStore? flaky
    )
    {
        (_folder, Folder, Store, Time, _flaky) = (folder, data, store, time, flaky);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.AddStandalone(
            new RunOptions(["http://127.0.0.1:0"], data, Demo: true, Start),
            new HostSettings { SecretsKey = new SecretsKeySource(null, _folder["secrets.key"]) },
            new HostStart(
                store,
                new SecretsKeys(new byte[SecretsKeys.Length]),
                new(new byte[32], null),
                new byte[32],
                Demo: true,
                time
            )
        );
        builder.Services.Replace(ServiceDescriptor.Singleton(mailer));
        if (flaky is not null)
            builder.Services.AddStore(flaky);
        _app = builder.Build();
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public SqliteCaseStore Store { get; }

    /// <summary>What a host that was started as flaky has in place of the store itself.</summary>
    public FlakyStore Flaky => _flaky ?? throw new InvalidOperationException("Start it with flaky: true.");
    public TimeProvider Time { get; }
    public StandingClock Clock => (StandingClock)Time;
    public DueCases Due => Get<DueCases>();
    public SendQueue Sends => Get<SendQueue>();
    public ClockMover Mover => Get<ClockMover>();
    public CaseHandler Handler => Get<CaseHandler>();

    /// <summary>With the sample agencies of Sandwell and running senders, but no scheduler: the test decides when.</summary>
    /// <param name="time">Another than a clock that stands still.</param>
    /// <param name="flaky">Whether the store can be made to fail, by <see cref="Flaky"/>.</param>
    /// <param name="data">The data folder; null: one of its own.</param>
    public static async Task<InProcess> StartAsync(
        IMailer mailer,
        TimeProvider? time = null,
        bool flaky = false,
        string? data = null
    )
    {
        var folder = new TemporaryFolder();
        var store = SqliteCaseStore.Open(data ?? folder.Path);
        foreach (var agency in Sample.Directory("sandwell").Agencies)
            await StoredDirectory.WriteAsync(store, "sandwell", agency, 0, CancellationToken.None);
        var host = new InProcess(
            folder,
            data ?? folder.Path,
            store,
            time ?? new StandingClock(Start),
            mailer,
            flaky ? new FlakyStore(StoreParts.Of(store)) : null
        );
        await host.Sends.StartAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A Sandwell case opened now. Different names are different cases.</summary>
    public async Task<string> OpenAsync(string name)
    {
        var open = Sample.Opening("sandwell") with { IntakeKey = name };
        var handled = await Handler.OpenAsync(
            "sandwell",
            open,
            keyed: true,
            name,
            Time.GetUtcNow(),
            CancellationToken.None
        );
        return Assert.IsType<Handled.Done>(handled).Document.Case.Reference;
    }

    public async Task<Case> CaseAsync(string reference) =>
        (await Handler.ReadAsync(reference, CancellationToken.None))!.Case;

    public async ValueTask DisposeAsync()
    {
        await Sends.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
