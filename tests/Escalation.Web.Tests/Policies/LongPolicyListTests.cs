using System.Globalization;
using System.Net;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Policies;

/// <summary>More policies than an answer or a page holds, and more versions of one of them.</summary>
public sealed class LongPolicyListTests : IAsyncLifetime
{
    private const int Own = 110,
        Versions = 120;
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
        for (var i = 0; i < Own; i++)
            await StoreAsync(OwnDocument.OfEssex(change: d => d["id"] = $"essex-{i:D3}"));
        for (var i = 0; i < Versions; i++)
            await StoreAsync(OwnDocument.OfEssex(Policy.FirstOwnVersion + i));
        _host.Services.GetRequiredService<RuleBook>().Refresh();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_API_lists_100_policies_and_says_where_the_next_ones_are()
    {
        var (ids, answers, path) = (new List<string>(), 0, (string?)"/api/policies");
        for (; path is not null; answers++)
        {
            var answer = await _staff.GetJsonAsync(path);
            Assert.InRange(answer.Json.AsArray().Count, 1, 100);
            ids.AddRange(answer.Json.AsArray().Select(p => p!["id"]!.ToString()));
            path = answer.NextPath();
        }
        Assert.Equal(2, answers);
        var own = Enumerable.Range(0, Own).Select(i => $"essex-{i:D3}").Append("essex");
        Assert.Equal(PolicyCatalogue.BuiltIn.All.Select(p => p.Id).Concat(own).Order(StringComparer.Ordinal), ids);
        Assert.Equal("invalid", (await _staff.GetJsonAsync("/api/policies?limit=101")).Code);
        Assert.Equal("invalid", (await _staff.GetJsonAsync("/api/policies?cursor=x")).Code);
    }

    [Fact]
    public async Task The_page_shows_50_procedures_and_leads_to_the_others()
    {
        var (ids, path) = (new List<string>(), (string?)"/policies");
        while (path is not null)
        {
            var page = await _staff.SeeAsync(path);
            var shown = page.Html.QuerySelectorAll(".esc-procedure h3 a").Select(a => a.GetAttribute("href")!).ToList();
            Assert.InRange(shown.Count, 1, 50);
            Assert.Equal(ids.Count > 0, page.Html.QuerySelector(".govuk-pagination__prev a") is not null);
            ids.AddRange(shown);
            path = page.Html.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(Own + 1 + PolicyCatalogue.BuiltIn.All.Count, ids.Count);
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(HttpStatusCode.BadRequest, (await _staff.SeeAsync("/policies?cursor=x")).Status);
    }

    [Fact]
    public async Task A_policy_has_50_of_its_versions_and_leads_to_the_earlier_ones_in_the_answer_and_on_the_page()
    {
        var (numbers, cursor) = (new List<int>(), "");
        do
        {
            var answer = await _staff.GetJsonAsync($"/api/policies/essex?{cursor}");
            var part = answer.Json["versions"]!.AsArray();
            Assert.InRange(part.Count, 1, 50);
            numbers.AddRange(part.Select(v => (int)v!["version"]!));
            cursor = answer["next"] is { } next ? $"cursor={next}" : "";
        } while (cursor.Length > 0);
        var expected = Enumerable.Range(Policy.FirstOwnVersion, Versions).Reverse();
        Assert.Equal(expected, numbers);

        var (shown, path) = (new List<string>(), (string?)"/policies/essex");
        while (path is not null)
        {
            var page = await _staff.SeeAsync(path);
            shown.AddRange(page.All("table:has(#versions-caption) tbody th"));
            path = page.Html.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(expected.Select(v => string.Create(CultureInfo.InvariantCulture, $"Version {v}")), shown);
    }

    [Fact]
    public async Task A_version_stored_between_two_parts_moves_none_out_of_them()
    {
        var first = await _staff.GetJsonAsync("/api/policies/essex?limit=2");
        await StoreAsync(OwnDocument.OfEssex(Policy.FirstOwnVersion + Versions));
        _host.Services.GetRequiredService<RuleBook>().Refresh();
        var second = await _staff.GetJsonAsync($"/api/policies/essex?limit=2&cursor={first["next"]}");
        const int last = Policy.FirstOwnVersion + Versions - 1;
        Assert.Equal([last - 2, last - 3], second.Json["versions"]!.AsArray().Select(v => (int)v!["version"]!));
    }

    private async Task StoreAsync(string document)
    {
        var (policy, now) = (OwnDocument.Read(document), _host.Clock.GetUtcNow());
        var stored = await StoredPolicies.AddAsync(
            _host.Store,
            policy,
            null,
            "key:admin",
            "Ada",
            now,
            CancellationToken.None
        );
        Assert.IsType<PolicyStoring.Stored>(stored);
    }
}
