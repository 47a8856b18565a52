using System.Text;
using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Tests;

/// <summary>The surface as one delegate built from services alone, as behind an HTTP trigger.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("escalation-pipeline-").FullName;
    private SqliteCaseStore _store = null!;
    private IHost _host = null!;
    private RequestDelegate _pipeline = null!;

    public async Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder);
        foreach (var (partnership, agency) in Sample.Directory)
            await StoredDirectory.WriteAsync(_store, partnership, agency, 0, CancellationToken.None);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder
            .Services.AddStore(_store)
            .AddSingleton<IWaker, NoWaker>()
            .AddEscalationWeb(o => o.IntakeSecret = new byte[32]);
        _host = builder.Build();
        var app = new ApplicationBuilder(_host.Services);
        app.UseEscalation();
        app.UseEndpoints(routes => routes.MapEscalation());
        _pipeline = app.Build();
    }

    public async Task DisposeAsync()
    {
        _host.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_intake_trigger_opens_and_the_same_call_without_it_does_not()
    {
        Assert.Equal(
            401,
            (await SendAsync("POST", "/api/escalations", Sample.Opening().ToJsonString(), trigger: false)).Status
        );
        var opened = await SendAsync("POST", "/api/escalations", Sample.Opening().ToJsonString(), trigger: true);
        Assert.Equal(201, opened.Status);
        using var json = JsonDocument.Parse(opened.Body);
        var read = (
            await _store.ReadAsync(json.RootElement.GetProperty("reference").GetString()!, CancellationToken.None)
        )!;
        Assert.Contains("intake:website", Encoding.UTF8.GetString(read.Document.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/escalations", 403)]
    [InlineData("GET", "/API/ESCALATIONS/", 403)]
    [InlineData("POST", "/api//escalations", 404)]
    [InlineData("POST", "/api/escalations/../policies", 404)]
    [InlineData("GET", "/api/policies", 403)]
    [InlineData("POST", "/api/escalations/SAN-0000-0000/notes", 403)]
    [InlineData("PUT", "/api/partnerships/sandwell/agencies/school", 403)]
    public async Task The_intake_trigger_reaches_nothing_else_whatever_the_path(
        string method,
        string path,
        int status
    ) => Assert.Equal(status, (await SendAsync(method, path, "{}", trigger: true)).Status);

    [Fact]
    public async Task A_bad_key_is_not_helped_by_the_trigger() =>
        Assert.Equal(
            401,
            (
                await SendAsync(
                    "POST",
                    "/api/escalations",
                    Sample.Opening().ToJsonString(),
                    trigger: true,
                    key: "wrong"
                )
            ).Status
        );

    [Fact]
    public async Task The_OpenAPI_document_is_served_here_too() =>
        Assert.Contains(
            "/api/escalations/{reference}/outcomes",
            (await SendAsync("GET", "/openapi.json", "", trigger: false)).Body,
            StringComparison.Ordinal
        );

    private async Task<(int Status, string Body)> SendAsync(
        string method,
        string path,
        string body,
        bool trigger,
        string? key = null
    )
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("example.org");
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var written = new MemoryStream();
        context.Response.Body = written;
        if (trigger)
            context.Features.Set<IIntakeTrigger>(new Trigger());
        if (key is not null)
            context.Request.Headers.Authorization = "Bearer " + key;
        await _pipeline(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(written.ToArray()));
    }

    private sealed class Trigger : IIntakeTrigger
    {
        public string Credential => "website";
    }
}
