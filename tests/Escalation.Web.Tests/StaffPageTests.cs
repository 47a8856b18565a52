using System.Net;
using System.Net.Http.Headers;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

/// <summary>Every page of the staff, found by its endpoint: who gets it, who is sent to sign in, and who sees nothing of it.</summary>
public sealed class StaffPageTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private string _reference = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        var path = await (await _host.AdministratorAsync()).OpenAsync();
        _reference = path[(path.LastIndexOf('/') + 1)..];
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_administrator_gets_every_page_and_none_has_a_name_in_its_title()
    {
        var browser = Browser(await _host.AdministratorAsync());
        foreach (var (path, _) in Pages())
        {
            var page = await browser.GetAsync(path + "?partnership=sandwell&year=2026");
            Assert.True((int)page.StatusCode is < 400 or 422 or 409, $"{path}: {page.StatusCode}");
            if (page.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var html = await page.Content.ReadAsStringAsync();
            var title = html[
                (html.IndexOf("<title>", StringComparison.Ordinal) + 7)..html.IndexOf(
                    "</title>",
                    StringComparison.Ordinal
                )
            ];
            Assert.DoesNotContain("Alex", title, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
            Assert.True(page.Headers.CacheControl!.NoStore, path);
            Assert.StartsWith(
                "default-src 'none'; style-src 'self'",
                page.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_is_sent_to_sign_in_and_back()
    {
        var browser = Browser(_host.Nobody());
        foreach (var (path, _) in Pages())
        {
            var page = await browser.GetAsync(path + "?a=b");
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
            Assert.EndsWith(
                Uri.EscapeDataString(path + "?a=b"),
                page.Headers.Location!.OriginalString,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(_reference, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_is_forbidden_to_the_roles_that_its_access_does_not_name()
    {
        var practitioner = Browser(await _host.AsAsync(Roles.Practitioner, "sandwell", "school"));
        var intake = Browser(await _host.IntakeAsync());
        foreach (var (path, access) in Pages())
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await intake.GetAsync(path)).StatusCode);
            if (!access.Roles.Contains(Roles.Practitioner))
                Assert.Equal(HttpStatusCode.Forbidden, (await practitioner.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task Another_partnership_s_staff_see_nothing_of_a_case()
    {
        foreach (
            var stranger in new[]
            {
                await _host.AsAsync(Roles.BusinessManager, "sefton"),
                await _host.AsAsync(Roles.Practitioner, "sefton", "school"),
                await _host.AsAsync(Roles.Practitioner, "sandwell", "police"),
            }
        )
        {
            var browser = Browser(stranger);
            foreach (var (path, access) in Pages())
            {
                var page = await browser.GetAsync(path);
                var text = await page.Content.ReadAsStringAsync();
                Assert.DoesNotContain("Alex Example", text, StringComparison.Ordinal);
                if (!path.Contains(_reference, StringComparison.Ordinal))
                    Assert.DoesNotContain(_reference, text, StringComparison.Ordinal);
                else
                    Assert.True(
                        page.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden,
                        $"{path}: {page.StatusCode}"
                    );
            }
        }
    }

    /// <summary>GET pages with the parts of their addresses filled in.</summary>
    private IReadOnlyList<(string Path, Access Access)> Pages()
    {
        var pages = _host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<StaffPage>() is not null
                && e.Metadata.GetMetadata<Access>() is not null
                && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET")
            )
            .Select(e =>
                (
                    string.Concat(e.RoutePattern.PathSegments.Select(s => "/" + string.Concat(s.Parts.Select(Filled))))
                        is { Length: > 0 } path
                        ? path
                        : "/",
                    e.Metadata.GetMetadata<Access>()!
                )
            )
            .ToList();
        Assert.True(pages.Count > 5, "Pages have gone missing.");
        return pages;
    }

    private string Filled(RoutePatternPart part) =>
        part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { Name: "reference" } => _reference,
            RoutePatternParameterPart { Name: "partnership" or "policy" or "id" } => "sandwell",
            RoutePatternParameterPart { Name: "agency" } => "school",
            RoutePatternParameterPart { Name: "move" } => "notes",
            RoutePatternParameterPart { Name: "contact" } => "lead",
            _ => throw new InvalidOperationException($"No value for {part}."),
        };

    private static HttpClient Browser(HttpClient client)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = client.BaseAddress,
        };
        browser.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        browser.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return browser;
    }
}
