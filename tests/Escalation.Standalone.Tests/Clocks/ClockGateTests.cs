using System.Net;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Demo;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escalation.Standalone.Tests.Clocks;

/// <summary>Who waits while the host is starting or the clock is being moved, over HTTP.</summary>
public sealed class ClockGateTests
{
    [Theory]
    [InlineData("GET", "/health/live", true)]
    [InlineData("POST", "/api/clock", true)]
    [InlineData("GET", "/api/clock", false)]
    [InlineData("GET", "/health/ready", false)]
    [InlineData("GET", "/health/live/more", false)]
    [InlineData("GET", "/tracker", false)]
    [InlineData("POST", "/api/escalations", false)]
    public async Task Liveness_and_the_move_of_the_clock_wait_for_nothing_and_every_other_request_does(
        string method,
        string path,
        bool passes
    )
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        var gate = host.Get<ClockGate>();
        await using var app = await StartAsync(gate, host.Mover);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        // At the start, and while the clock moves.
        await AskedAsync(gate.Open);
        var moving = await gate.EnterAloneAsync(Waiting.Token);
        await AskedAsync(moving.Dispose);

        async Task AskedAsync(Action opens)
        {
            var asked = client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            if (passes)
                await asked.InTimeAsync();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live").InTimeAsync()).StatusCode);
            Assert.Equal(passes, asked.IsCompleted);
            opens();
            Assert.Equal(HttpStatusCode.OK, (await asked.InTimeAsync()).StatusCode);
        }
    }

    /// <summary>The gate, and behind it an answer to everything.</summary>
    private static async Task<WebApplication> StartAsync(ClockGate gate, ClockMover mover)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(gate).AddSingleton(mover);
        var app = builder.Build();
        app.UseClockGate();
        app.MapFallback(() => "answered");
        await app.StartAsync();
        return app;
    }
}
