using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using Escalation.Core.Cases;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Site.Problems;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "/nothing/here", 404, "notFound")]
    [InlineData("GET", "/api//escalations", 404, "notFound")]
    [InlineData("GET", "/api/escalations/..%2f..%2fetc", 404, "notFound")]
    [InlineData("GET", "/api/escalations/SAN-0000-0000", 404, "notFound")]
    [InlineData("GET", "/api/policies/nonsuch", 404, "notFound")]
    [InlineData("GET", "/api/partnerships/nonsuch/agencies", 404, "notFound")]
    [InlineData("DELETE", "/api/escalations", 405, "invalid")]
    public async Task Everything_that_goes_wrong_is_a_problem_with_a_code(
        string method,
        string path,
        int status,
        string code
    )
    {
        await using var host = await TestHost.StartAsync();
        var client = await host.AdministratorAsync();
        var answer = await client.AnswerAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["type", "title", "status", "detail", "code"], answer.Json.AsObject().Select(m => m.Key));
        Assert.Equal($"urn:escalation:problem:{code}", answer["type"]);
    }

    [Fact]
    public async Task A_browser_gets_a_page_with_the_same_words()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.Nobody();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var page = await client.GetJsonAsync("/nothing");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains(">Not found</h1>", page.Text, StringComparison.Ordinal);
        Assert.Contains("lang=\"en-GB\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_is_unavailable_and_a_bug_a_500_without_its_trace()
    {
        FlakyStore? failing = null;
        await using var host = await TestHost.StartAsync(wrap: store => failing = new FlakyStore(StoreParts.Of(store)));
        var client = await host.AdministratorAsync();
        failing!.IsDownNow = () => throw new BrokenStoreException();
        var answer = await client.GetJsonAsync("/health/ready");
        Assert.Equal((503, "unavailable"), ((int)answer.Status, answer.Code));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);

        failing.IsDownNow = () => throw new InvalidOperationException("secret");
        answer = await client.GetJsonAsync("/api/escalations");
        Assert.Equal((500, "unavailable"), ((int)answer.Status, answer.Code));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.Nobody().GetJsonAsync("/health/live")).Status);
    }

    [Fact]
    public async Task What_the_program_cancels_itself_while_the_caller_waits_is_unavailable()
    {
        FlakyStore? failing = null;
        await using var host = await TestHost.StartAsync(wrap: store => failing = new FlakyStore(StoreParts.Of(store)));
        var client = await host.AdministratorAsync();
        foreach (var cancelled in new Exception[] { new OperationCanceledException(), new TaskCanceledException() })
        {
            failing!.IsDownNow = () => throw cancelled;
            var answer = await client.GetJsonAsync("/api/escalations");
            Assert.Equal((503, "unavailable"), ((int)answer.Status, answer.Code));
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/api/escalations")]
    [InlineData("/nothing")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        await using var host = await TestHost.StartAsync();
        var headers = (await host.Nobody().GetJsonAsync(path)).Message.Headers;
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            headers.GetValues("Content-Security-Policy").Single()
        );
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", headers.GetValues("Cache-Control").Single());
    }

    [Fact]
    public void Every_code_of_Core_has_a_status()
    {
        var codes = typeof(Codes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.Equal(
            codes.Order(StringComparer.Ordinal),
            ProblemCodes.All.Select(c => c.Code).Order(StringComparer.Ordinal)
        );
    }

    private sealed class BrokenStoreException() : DbException("secret");
}
