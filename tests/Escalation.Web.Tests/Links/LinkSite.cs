using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Escalation.Core.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Links;
using Escalation.Web.Site;
using Escalation.Web.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Web.Tests.Links;

/// <summary>The link pages on Kestrel, over a world's store.</summary>
public sealed class LinkSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private LinkSite(WebApplication app, FakeLogCollector log)
    {
        _app = app;
        Log = log;
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    public FakeLogCollector Log { get; }

    public static async Task<LinkSite> StartAsync(
        World world,
        LinkKeys? keys = null,
        Action<LinkOptions>? limits = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        // Everything is looked at, but what the product itself keeps out: a settings file beside the tests must not say otherwise.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        builder.Services.Configure<LoggerFilterOptions>(filters => filters.Rules.Clear());
        var log = new FakeLogCollector();
        builder.Logging.AddProvider(new FakeLoggerProvider(log));
        builder
            .Services.AddSingleton<TimeProvider>(world.Clock)
            .AddSingleton(world.Handler)
            .AddStore(world.Store)
            .AddSingleton(keys ?? world.Keys);
        builder.Services.Configure<WebOptions>(o => o.RateLimits = limits is not null).Configure(limits ?? (_ => { }));
        builder.Services.AddLinks().AddEmails();
        var app = builder.Build();
        app.MapLinks();
        await app.StartAsync();
        return new LinkSite(app, log);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string token, HttpContent? content = null) =>
        _client.SendAsync(new HttpRequestMessage(method, $"/r/{token}") { Content = content });

    public async Task<Shown> GetAsync(string token) => await Shown.OfAsync(await SendAsync(HttpMethod.Get, token));

    /// <summary>Sends a form, and goes on where it leads, as a browser does.</summary>
    public async Task<Shown> PostAsync(string token, IEnumerable<KeyValuePair<string, string>> form)
    {
        var sent = await SendAsync(HttpMethod.Post, token, new FormUrlEncodedContent(form));
        return sent.StatusCode == HttpStatusCode.SeeOther
            ? await GetAsync(token + sent.Headers.Location)
            : await Shown.OfAsync(sent);
    }

    public Task<Shown> PostAsync(string token, params (string, string)[] form) =>
        PostAsync(token, form.Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2)));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>An answer and its parsed page.</summary>
public sealed record Shown(HttpStatusCode Status, HttpResponseMessage Response, string Html, IHtmlDocument Page)
{
    public string Text =>
        string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Heading => Page.QuerySelector("h1")!.TextContent;

    /// <summary>Whether the page has a form with this button.</summary>
    public bool Asks(string step) => Page.QuerySelector($"button[name=step][value={step}]") is not null;

    /// <summary>What a browser would send from the form with this button, as it is shown.</summary>
    public Dictionary<string, string> Form(string step)
    {
        var form = (IHtmlFormElement)Page.QuerySelector($"button[name=step][value={step}]")!.Closest("form")!;
        var fields = new Dictionary<string, string> { ["step"] = step };
        foreach (var element in form.Elements)
            switch (element)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox" } choice when choice.IsChecked:
                    fields[choice.Name!] = choice.Value;
                    break;
                case IHtmlInputElement { Type: not ("radio" or "checkbox") } input:
                    fields[input.Name!] = input.Value;
                    break;
                case IHtmlTextAreaElement area:
                    fields[area.Name!] = area.Value;
                    break;
                case IHtmlSelectElement select:
                    fields[select.Name!] = select.Value ?? "";
                    break;
            }
        return fields;
    }

    public static async Task<Shown> OfAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var context = BrowsingContext.New(Configuration.Default);
        return new Shown(
            response.StatusCode,
            response,
            html,
            (IHtmlDocument)await context.OpenAsync(r => r.Content(html))
        );
    }
}
