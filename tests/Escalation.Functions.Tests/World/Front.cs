using System.Reflection;
using Escalation.Functions.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Tests.World;

/// <summary>
/// Stands where the Functions host stands: Kestrel, the same routing, and the routes, methods and levels that the
/// triggers' attributes say. A trigger of level Function is reached only with a function key; there are two, <see
/// cref="Key"/> and <see cref="OtherKey"/>. Where <c>keylessToWeb</c> is set, a request without one goes on to the
/// second door, as its path would under another spelling.
/// </summary>
public sealed class Front : IAsyncDisposable
{
    public const string Key = "the-function-key",
        OtherKey = "the-other-function-key",
        KeyHeader = "x-functions-key";

    private readonly WebApplication _app;

    private Front(CaseWorld world, bool keylessToWeb)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        foreach (var type in (Type[])[typeof(HttpTriggers), typeof(EmailDeliveryTrigger)])
        {
            var triggers = ActivatorUtilities.CreateInstance(world.Services, type);
            foreach (var method in type.GetMethods().Where(m => m.GetCustomAttribute<FunctionAttribute>() is not null))
                Map(world, triggers, method, keylessToWeb);
        }
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<Front> StartAsync(CaseWorld world, bool keylessToWeb = false)
    {
        var front = new Front(world, keylessToWeb);
        await front._app.StartAsync();
        return front;
    }

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Add(KeyHeader, key);
        return client;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map(CaseWorld world, object triggers, MethodInfo method, bool keylessToWeb)
    {
        var trigger = method
            .GetParameters()
            .Select(p => p.GetCustomAttribute<HttpTriggerAttribute>())
            .Single(a => a is not null)!;
        _app.MapMethods(
            "/" + trigger.Route,
            trigger.Methods!.Select(m => m.ToUpperInvariant()),
            async context =>
            {
                var called = method;
                if (
                    trigger.AuthLevel == AuthorizationLevel.Function
                    && !IsKey(context.Request.Headers[KeyHeader])
                    && !IsKey(context.Request.Query["code"])
                )
                {
                    if (!keylessToWeb)
                    {
                        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                        return;
                    }
                    called = typeof(HttpTriggers).GetMethod(nameof(HttpTriggers.Everything))!;
                }
                await using var scope = world.Services.CreateAsyncScope();
                context.RequestServices = scope.ServiceProvider;
                var result = called.Invoke(
                    triggers,
                    [.. called.GetParameters().Select(p => ArgumentOf(p, context, world))]
                );
                await (result is Task<IResult> task ? await task : (IResult)result!).ExecuteAsync(context);
            }
        );
    }

    private static bool IsKey(string? given) => given is Key or OtherKey;

    private static object ArgumentOf(ParameterInfo parameter, HttpContext context, CaseWorld world) =>
        parameter.ParameterType switch
        {
            var t when t == typeof(HttpRequest) => context.Request,
            var t when t == typeof(DurableTaskClient) => world.Client,
            var t when t == typeof(CancellationToken) => context.RequestAborted,
            var t => throw new InvalidOperationException($"No binding for {t}."),
        };
}
