using Azure.Communication.Email;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Settings;
using Escalation.Functions.SignIn;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Tests.Scripted;
using Escalation.Standalone.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Functions.Tests.World;

/// <summary>The services of the Azure host over a SQLite store, a scripted task hub and captured mail; the clock stands still.</summary>
public sealed class CaseWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("functions-tests-").FullName;
    private readonly SqliteCaseStore _sqlite;
    private readonly IHost _host;
    private int _salts;

    private CaseWorld(
        DateTimeOffset now,
        Platform platform,
        Action<CaseWorld, IServiceCollection>? add,
        StoreParts? store,
        FunctionsSettings settings
    )
    {
        Clock = new FakeTimeProvider(now);
        _sqlite = SqliteCaseStore.Open(_folder);
        Store = new FlakyStore(store ?? StoreParts.Of(_sqlite));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var services = builder.Services;
        services.AddLogging(log => log.ClearProviders());
        services.AddSingleton<TimeProvider>(Clock).AddStore(Store).AddSingleton<EmailClient>(Mail);
        services.AddSingleton(s => new CaseHandler(
            s.GetRequiredService<ICaseStore>(),
            s.GetRequiredService<ICaseQueries>(),
            s.GetRequiredService<RuleBook>(),
            s.GetRequiredService<IWaker>(),
            Salt
        ));
        services.AddSingleton<CaseActivities>();
        services.AddEscalationFunctions(settings, platform);
        add?.Invoke(this, services);
        _host = builder.Build();
        Client = Hub = new ScriptedHub(Clock, Get<CaseActivities>());
    }

    public static FunctionsSettings Settings { get; } =
        new()
        {
            PublicUrl = "https://escalation.example.org",
            CosmosEndpoint = new Uri("https://cosmos.example.org"),
            CosmosDatabase = "escalation",
            EmailEndpoint = new Uri("https://mail.example.org"),
            EmailSender = "escalation@mail.example.org",
            LinkKeys = new LinkKeys(new byte[LinkKeys.Length], null),
            IntakeSecret = new byte[32],
            DeliverySecret = "0123456789-0123456789-0123456789",
            DeliverySecretPrevious = "previous-9-0123456789-0123456789",
        };

    public FakeTimeProvider Clock { get; }
    public FlakyStore Store { get; }
    public SqliteCaseStore Sqlite => _sqlite;
    public CapturedMail Mail { get; } = new();
    public ScriptedHub Hub { get; }

    /// <summary>What the triggers and timers are given: the scripted hub's, or the real engine's.</summary>
    public DurableTaskClient Client { get; set; }
    public IServiceProvider Services => _host.Services;
    public CaseHandler Handler => Get<CaseHandler>();
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <param name="at">London time.</param>
    /// <param name="add">Replaces services.</param>
    /// <param name="directory">False: without agencies.</param>
    /// <param name="store">Another than a SQLite file.</param>
    /// <param name="settings">Others than <see cref="Settings"/>.</param>
    public static async Task<CaseWorld> AtAsync(
        string at,
        Platform? platform = null,
        Action<CaseWorld, IServiceCollection>? add = null,
        bool directory = true,
        StoreParts? store = null,
        FunctionsSettings? settings = null
    )
    {
        var world = new CaseWorld(
            UkTime.At(at),
            platform ?? new Platform(true, true),
            add,
            store,
            settings ?? Settings
        );
        foreach (var partnership in directory ? PolicyCatalogue.BuiltIn.All.Select(p => p.Partnership).Distinct() : [])
        foreach (var agency in Sample.Directory(partnership).Agencies)
            await StoredDirectory.WriteAsync(world.Store, partnership, agency, 0, CancellationToken.None);
        return world;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>As an HTTP request does: with the hub's client at hand.</summary>
    public async Task<T> RequestAsync<T>(Func<Task<T>> act)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(Client);
        Get<IHttpContextAccessor>().HttpContext = context;
        return await act();
    }

    /// <summary>Opens a case and returns its reference.</summary>
    public async Task<string> OpenAsync(string policy, string intakeKey = "intake-key")
    {
        var open = Sample.Opening(policy) with { IntakeKey = intakeKey };
        var handled = await RequestAsync(() =>
            Handler.OpenAsync(policy, open, true, "alike", Now, CancellationToken.None)
        );
        return Assert.IsType<Handled.Done>(handled).Document.Case.Reference;
    }

    public async Task<CaseDocument> ReadAsync(string reference) =>
        (await Handler.ReadAsync(reference, CancellationToken.None))!;

    public Task<Handled> DoAsync(string reference, CaseCommand command) =>
        RequestAsync(() => Handler.ExecuteAsync(reference, command, Now, CancellationToken.None));

    public Task<SweepReport> SweepAsync() => Get<Sweep>().RunAsync(Client, CancellationToken.None);

    /// <summary>Time passes to this instant, timer by timer, each fired at its own.</summary>
    public async Task UntilAsync(DateTimeOffset at, bool sweeping = false)
    {
        await Hub.RunAsync();
        for (var stops = 0; NextStop(sweeping) is { } next && next <= at; stops++)
        {
            Waiting.ThrowIfEndless(stops);
            PassTo(next);
            await Hub.RunAsync();
            if (sweeping && IsSweepTime(Now))
                Swept.Add(await SweepAsync());
            await Hub.RunAsync();
        }
        PassTo(at);
        await Hub.RunAsync();
    }

    /// <summary>The clock stands at this instant, unless it is past it.</summary>
    public void PassTo(DateTimeOffset at)
    {
        if (at > Now)
            Clock.SetUtcNow(at);
    }

    /// <summary>Puts a document there that no program can read, due now.</summary>
    public Task DamageAsync(string reference) =>
        PutAsync(reference, "{}"u8.ToArray(), SampleCases.AnOpenCase with { RaisedAt = Now, NextWake = Now });

    /// <summary>A newer program appends an event of a type that this one does not know.</summary>
    /// <param name="index">As that program would write it.</param>
    public async Task WriteByANewerProgramAsync(string reference, CaseIndex index) =>
        await PutAsync(reference, NewerProgram.Written(await ReadAsync(reference), Now), index);

    public Task PutAsync(string reference, CaseDocument document, CaseIndex index) =>
        PutAsync(reference, DocumentFormat.Write(document), index);

    private async Task PutAsync(string reference, ReadOnlyMemory<byte> document, CaseIndex index)
    {
        var stored = (await _sqlite.ReadAsync(reference, CancellationToken.None))!;
        Assert.True(
            await _sqlite.WriteAsync(new CaseWrite(reference, stored.Version, document, index), CancellationToken.None)
        );
    }

    /// <summary>What the sweeps of <see cref="UntilAsync"/> reported.</summary>
    public List<SweepReport> Swept { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        await _sqlite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private DateTimeOffset? NextStop(bool sweeping)
    {
        var timer = Hub.StandsStill ? null : Hub.Earliest;
        if (!sweeping)
            return timer;
        var sweep = new DateTimeOffset((Now.Ticks / Sweep.Every.Ticks + 1) * Sweep.Every.Ticks, TimeSpan.Zero);
        return timer < sweep ? timer : sweep;
    }

    private static bool IsSweepTime(DateTimeOffset now) => now.Ticks % Sweep.Every.Ticks == 0;

    private byte[] Salt()
    {
        var salt = new byte[EventChain.SaltLength];
        BitConverter.TryWriteBytes(salt, ++_salts);
        return salt;
    }
}
