using Escalation.Bench.Demo;
using Escalation.Core.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escalation.Bench.Opening;

/// <summary>A Kestrel server on a free port of this machine.</summary>
internal sealed class HttpServer(WebApplication app) : IAsyncDisposable
{
    public Uri Address { get; } = new(app.Urls.First());

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>The product's web surface, and the bare endpoint it is compared with.</summary>
internal static class HttpServers
{
    public const string Key = "the-access-key-of-the-benchmark";

    public static async Task<HttpServer> ProductAsync(Installation installation)
    {
        var builder = Builder();
        builder.Services.AddStore(installation.Store);
        builder.Services.AddSingleton<IWaker>(installation);
        builder.Services.AddEscalationWeb(options =>
        {
            options.IntakeSecret = new byte[32];
            options.RateLimits = false;
        });
        var app = builder.Build();
        app.UseEscalation();
        app.MapEscalation();
        await app
            .Services.GetRequiredService<AccessKeys>()
            .AddAsync(new AccessKey("bench", Roles.Intake, null, null, "Benchmark"), Key, CancellationToken.None);
        return await StartAsync(app);
    }

    public static Task<HttpServer> BareAsync(RawQueue writes)
    {
        var app = Builder().Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await writes.WriteNextAsync();
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                """{"reference":"SAN-0000-0000","status":"open"}""",
                context.RequestAborted
            );
        });
        return StartAsync(app);
    }

    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }

    public static async Task<HttpServer> StartAsync(WebApplication app)
    {
        await app.StartAsync(CancellationToken.None);
        return new HttpServer(app);
    }
}
