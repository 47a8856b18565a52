using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>A page as a browser got it; not followed where it leads elsewhere.</summary>
public sealed record Seen(HttpStatusCode Status, string? Location, IHtmlDocument Html, string Source)
{
    /// <summary>The page's text on one line, a space between elements.</summary>
    public string Words =>
        string.Join(
                ' ',
                Html.Body!.GetDescendants()
                    .OfType<IText>()
                    .SelectMany(t => t.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            )
            .Replace(" .", ".", StringComparison.Ordinal)
            .Replace(" ,", ",", StringComparison.Ordinal)
            .Replace(" :", ":", StringComparison.Ordinal);
    public string Heading => Html.QuerySelector("h1")!.TextContent.Trim();

    /// <summary>The messages that the error summary links to a field.</summary>
    public string Error(string field) =>
        Html.QuerySelector($".govuk-error-summary a[href='#{field}']")?.TextContent ?? "";

    public string Hidden(string name) =>
        Html.QuerySelector<IHtmlInputElement>($"main input[type=hidden][name='{name}']")?.Value ?? "";
}

/// <summary>A signed-in browser without script.</summary>
public sealed class StaffSite(TestHost host, string key) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = host.Nobody().BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public static async Task<StaffSite> ForAsync(
        TestHost host,
        string role = Roles.BusinessManager,
        string? partnership = "sandwell",
        string? agency = null
    )
    {
        var id = $"{role}-{partnership}-{agency}".ToLowerInvariant().Trim('-');
        var key = new AccessKey(id, role, partnership, agency, "Somebody");
        return new StaffSite(host, await host.Keys.AddAsync(key, "access-key-of-the-" + id, CancellationToken.None));
    }

    public Task<Seen> GetAsync(string path) => SeeAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Seen> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SeeAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            }
        );

    public Task<Seen> UploadAsync(string path, byte[] file)
    {
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(file), "file", "directory.csv" },
            { new StringContent("", Encoding.UTF8), "csv" },
        };
        return SeeAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    /// <summary>Sends the form that is the page's last, with what it holds, as pressing its button does.</summary>
    public Task<Seen> PressAsync(Seen page, params (string Name, string Value)[] more)
    {
        var form = page.Html.QuerySelectorAll<IHtmlFormElement>("main form").Last();
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]")
            .Select(i => (i.Name!, i.Value))
            .Concat(more);
        return PostAsync(form.GetAttribute("action")!, [.. fields]);
    }

    public Task<string> TextAsync(string path) => _client.GetStringAsync(path);

    public Task<byte[]> BytesAsync(string path) => _client.GetByteArrayAsync(path);

    public void Dispose() => _client.Dispose();

    private async Task<Seen> SeeAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request);
        var source = await response.Content.ReadAsStringAsync();
        return new Seen(
            response.StatusCode,
            response.Headers.Location?.ToString(),
            new HtmlParser().ParseDocument(source),
            source
        );
    }
}

/// <summary>What the tests ask of the directory as stored.</summary>
internal static class Stored
{
    public static async Task<Agency> AgencyAsync(
        this TestHost host,
        string agency = "school",
        string partnership = "sandwell"
    ) => (await StoredDirectory.ReadAsync(host.Store, partnership, agency, CancellationToken.None))!.Value.Agency;

    public static async Task<string> VersionAsync(
        this TestHost host,
        string agency = "school",
        string partnership = "sandwell"
    ) =>
        (
            await StoredDirectory.ReadAsync(host.Store, partnership, agency, CancellationToken.None)
        )!.Value.Version.ToString(CultureInfo.InvariantCulture);

    public static async Task ChangeAsync(
        this TestHost host,
        Func<Agency, Agency> change,
        string agency = "school",
        string partnership = "sandwell"
    )
    {
        var (entry, version) = (
            await StoredDirectory.ReadAsync(host.Store, partnership, agency, CancellationToken.None)
        )!.Value;
        Assert.True(
            await StoredDirectory.WriteAsync(host.Store, partnership, change(entry), version, CancellationToken.None)
        );
        host.Services.GetRequiredService<RuleBook>().Refresh();
    }

    /// <summary>The mail server takes every email of a case that waits to be sent.</summary>
    public static async Task SentAsync(this TestHost host, string reference)
    {
        var handler = host.Services.GetRequiredService<CaseHandler>();
        var waiting = (await handler.ReadAsync(reference, CancellationToken.None))!.Case.Notices.Where(n =>
            n.Status == NoticeState.Queued
        );
        Attempt[] taken = [.. waiting.Select(n => new Attempt(n.Key, "operation", null))];
        await handler.RecordAttemptsAsync(reference, taken, host.Clock.GetUtcNow(), CancellationToken.None);
    }
}
