using Escalation.Bench.Demo;
using Escalation.Bench.Opening;
using Escalation.Core.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Links;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Bench.Pages;

/// <summary>The product's pages, and the bare page they are compared with.</summary>
internal static class PageServers
{
    public static LinkKeys LinkKeys { get; } = new(new byte[32], null);

    public static async Task<HttpServer> ProductAsync(Installation installation, DateTimeOffset now)
    {
        var builder = HttpServers.Builder();
        builder
            .Services.AddStore(installation.Store)
            .AddSingleton<IWaker>(installation)
            .AddSingleton<TimeProvider>(new FakeTimeProvider(now))
            .AddSingleton(LinkKeys);
        builder
            .Services.AddEscalationWeb(options =>
            {
                options.IntakeSecret = new byte[32];
                options.RateLimits = false;
            })
            .AddLinks();
        var app = builder.Build();
        app.UseEscalation();
        app.MapEscalation();
        app.MapLinks();
        await app
            .Services.GetRequiredService<AccessKeys>()
            .AddAsync(
                new AccessKey("bench", Roles.Administrator, null, null, "Benchmark"),
                HttpServers.Key,
                CancellationToken.None
            );
        return await HttpServers.StartAsync(app);
    }

    public static Task<HttpServer> BareAsync(byte[] page)
    {
        var app = HttpServers.Builder().Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = page.Length;
            await context.Response.Body.WriteAsync(page, context.RequestAborted);
        });
        return HttpServers.StartAsync(app);
    }
}
