using System.Net;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;

namespace Escalation.Web.Tests.Reports;

/// <summary>A summary log of more cases than a page holds, many of them raised at the same instant.</summary>
public sealed class LongLogTests
{
    [Fact]
    public async Task The_log_goes_on_from_page_to_page_and_from_answer_to_answer()
    {
        await using var host = await TestHost.StartAsync();
        using var staff = await host.AdministratorAsync();
        var opened = new List<string>();
        for (var i = 0; i < 55; i++)
            opened.Add(await staff.OpenCaseAsync("sandwell", i < 30 ? "2026-09-20T10:00:00Z" : null));
        await staff.OpenCaseAsync("sefton");
        using var manager = await host.AsAsync(Roles.BusinessManager, "sandwell");

        var first = await manager.SeeAsync("/reports/summary-log");
        Assert.Equal(50, first.Html.QuerySelectorAll(".esc-log tbody tr").Length);
        Assert.Contains("A part of the log is shown. The file has it all.", first.Text, StringComparison.Ordinal);
        var second = await manager.SeeAsync(first.One("a[rel=next]").GetAttribute("href")!);
        Assert.Equal(5, second.Html.QuerySelectorAll(".esc-log tbody tr").Length);
        Assert.Empty(second.Html.QuerySelectorAll("a[rel=next]"));
        string[] shown = [.. first.All(".esc-log__reference"), .. second.All(".esc-log__reference")];
        Assert.Equal(opened.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.SeeAsync("/reports/summary-log?cursor=x")).Status);

        foreach (var agency in new[] { "", "&agency=school" })
        {
            var (references, cursor) = (new List<string>(), "");
            do
            {
                var part = await manager.GetJsonAsync($"/api/reports/summary-log?limit=7{agency}{cursor}");
                var items = part.Json["items"]!.AsArray();
                Assert.InRange(items.Count, 1, 7);
                references.AddRange(items.Select(i => i!["reference"]!.ToString()));
                cursor = part["next"] is { } next ? $"&cursor={next}" : "";
            } while (cursor.Length > 0);
            Assert.Equal(shown, references);
        }
        Assert.Equal(50, (await manager.GetJsonAsync("/api/reports/summary-log")).Json["items"]!.AsArray().Count);
    }
}
