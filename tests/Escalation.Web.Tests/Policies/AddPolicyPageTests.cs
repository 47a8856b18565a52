using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Policies;

/// <summary>The page by which an administrator stores a partnership's own policy, where no program of theirs calls the API.</summary>
public sealed class AddPolicyPageTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _administrator = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _administrator = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_document_is_checked_without_being_stored_and_then_stored()
    {
        var checkedOnly = await SendAsync(OwnDocument.OfEssex(), "check");
        Assert.Equal(HttpStatusCode.OK, checkedOnly.Status);
        Assert.Contains("No faults. Essex Safeguarding Partnership", checkedOnly.Main, StringComparison.Ordinal);
        Assert.Empty((await PolicyRegister.ReadAsync(_host.Store, CancellationToken.None)).Versions);

        var stored = await SendAsync(OwnDocument.OfEssex(), "store");
        Assert.Equal(HttpStatusCode.SeeOther, stored.Status);
        var page = await _administrator.PageAsync(stored.Location!);
        Assert.Contains("Version 1000 is stored.", page.Main, StringComparison.Ordinal);
        Assert.Contains("Friday 25 September 2026 at 11am by Somebody", page.Main, StringComparison.Ordinal);
        Assert.Contains(
            "The partnership’s own",
            (await _administrator.PageAsync("/policies")).Main,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Faults_and_clashes_are_listed_by_their_path_and_nothing_is_stored()
    {
        foreach (var step in new[] { "check", "store" })
        {
            var faulty = await SendAsync(
                OwnDocument.OfEssex(1000, d => d["stages"]![0]!["limits"]![0]!["limit"]!["workingDays"] = 99),
                step
            );
            Assert.Equal(HttpStatusCode.BadRequest, faulty.Status);
            Assert.Contains(
                "stages[0].limits[0].limit.workingDays must be 0 to 60",
                faulty.Main,
                StringComparison.Ordinal
            );
            var clash = await SendAsync(OwnDocument.OfEssex(1000, d => d["referencePrefix"] = "SAN"), step);
            Assert.Equal(HttpStatusCode.Conflict, clash.Status);
            Assert.Contains(
                "referencePrefix must be one for each partnership: sandwell has SAN",
                clash.Main,
                StringComparison.Ordinal
            );
        }
        Assert.Contains("Choose a policy document", (await SendAsync("", "store")).Main, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await SendAsync(new string('x', 5 * 1024 * 1024), "store")).Status
        );
        Assert.Empty((await PolicyRegister.ReadAsync(_host.Store, CancellationToken.None)).Versions);
    }

    [Fact]
    public async Task Only_an_administrator_has_it()
    {
        Assert.NotNull((await _administrator.PageAsync("/policies")).Document.QuerySelector("a[href='/policies/add']"));
        Assert.NotNull((await _administrator.PageAsync("/policies/add")).Document.QuerySelector("input[type='file']"));
        foreach (
            var client in new[]
            {
                await _host.AsAsync(Roles.BusinessManager, "sandwell"),
                await _host.AsAsync(Roles.Practitioner, "sandwell", "school"),
            }
        )
        {
            Assert.Null((await client.PageAsync("/policies")).Document.QuerySelector("a[href='/policies/add']"));
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PageAsync("/policies/add")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(OwnDocument.OfEssex(), "store", client)).Status);
        }
    }

    private async Task<(HttpStatusCode Status, string Main, string? Location)> SendAsync(
        string document,
        string step,
        HttpClient? by = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/policies/add")
        {
            Content = new MultipartFormDataContent
            {
                { new ByteArrayContent(Encoding.UTF8.GetBytes(document)), "file", "own.json" },
                { new StringContent(step), "step" },
            },
        };
        request.Headers.Accept.ParseAdd("text/html");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _administrator.BaseAddress };
        client.DefaultRequestHeaders.Authorization = (by ?? _administrator).DefaultRequestHeaders.Authorization;
        using var response = await client.SendAsync(request);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        return (
            response.StatusCode,
            page.QuerySelector("main")?.TextContent ?? "",
            response.Headers.Location?.ToString()
        );
    }
}
