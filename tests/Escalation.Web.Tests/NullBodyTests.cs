using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Testing;
using Escalation.Web.Api;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

/// <summary>
/// Nothing where something belongs, at every place of every body that the surface takes: a problem with a code, or taken as absent; never
/// a fault of the program, and nothing of what is refused is written.
/// </summary>
public sealed class NullBodyTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(o => o.RateLimits = false);
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Nothing_where_something_belongs_is_a_problem_with_a_code_or_absent_at_every_endpoint()
    {
        var (tried, accepted) = (0, 0);
        foreach (var (method, route, type) in Taking())
        {
            if (type == typeof(JsonObject))
                continue;
            tried++;
            var reference = "";
            var full = await SendAsync(method, route, await OpenAsync(), FullBody.Of(type).ToJsonString());
            accepted += full.Status < HttpStatusCode.BadRequest ? 1 : 0;
            foreach (var body in JsonHoles.In(FullBody.Of(type)))
            {
                if (reference.Length == 0)
                    reference = await OpenAsync();
                var before = await WrittenAsync(reference);
                var answer = await SendAsync(method, route, reference, body);
                Assert.True((int)answer.Status < 500, $"{method} {route}: {answer.Status} for {body}");
                if (answer.Status < HttpStatusCode.BadRequest || answer.Code == "stageClosed")
                {
                    reference = "";
                    continue;
                }
                Assert.True(answer.Code is not null, $"{method} {route}: {answer.Text} for {body}");
                Assert.True(
                    before == await WrittenAsync(reference),
                    $"{method} {route} writes what it refuses: {body}"
                );
            }
        }
        // Most are taken when nothing is missing: what is replaced is looked at.
        Assert.True(tried >= 21 && accepted >= 12, $"{accepted} of {tried}");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""{"x":null}""")]
    public async Task A_policy_document_that_is_nothing_is_a_problem_too(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/policies/sandwell");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal("invalid", (await _staff.AnswerAsync(request)).Code);
    }

    [Fact]
    public async Task A_submission_of_GOV_UK_Forms_may_have_nothing_anywhere()
    {
        foreach (var body in JsonHoles.In(FullBody.Of(typeof(GovUkFormsBody))))
        {
            var answer = await _staff.PostTextAsync("/api/escalations", body);
            Assert.True((int)answer.Status is 201 or 200 or (>= 400 and < 500), $"{answer.Status} for {body}");
        }
    }

    /// <summary>A case's reference.</summary>
    private async Task<string> OpenAsync() => (await _staff.OpenAsync())["/api/escalations/".Length..];

    /// <summary>Endpoints that take JSON, with the type of their body.</summary>
    private IEnumerable<(string Method, string Route, Type Body)> Taking() =>
        from endpoint in _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()
        where accepts?.RequestType is not null && accepts.ContentTypes.Contains("application/json")
        select (
            endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0],
            endpoint.RoutePattern.RawText!,
            accepts.RequestType
        );

    private async Task<Answer> SendAsync(string method, string route, string reference, string body)
    {
        var path = route
            .Replace("{reference}", reference, StringComparison.Ordinal)
            .Replace("{duty}", "1", StringComparison.Ordinal)
            .Replace("{id}", "sandwell", StringComparison.Ordinal)
            .Replace("{agency}", "school", StringComparison.Ordinal);
        Assert.DoesNotContain('{', path);
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method == "PUT")
            request.Headers.TryAddWithoutValidation(
                "If-Match",
                (await _staff.GetJsonAsync(path)).Message.Headers.ETag!.ToString()
            );
        return await _staff.AnswerAsync(request);
    }

    /// <summary>Changes with every case that is opened, and every write of this one or of the records that bodies write.</summary>
    private async Task<string> WrittenAsync(string reference)
    {
        var text = new StringBuilder();
        text.Append((await _host.Store.CountsAsync(null, _host.Clock.GetUtcNow(), CancellationToken.None)).Cases)
            .Append(' ');
        text.Append((await _host.Store.ReadAsync(reference, CancellationToken.None))!.Version).Append(' ');
        foreach (var kind in (string[])["agency", "calendar", "policy", "policyRegister"])
        foreach (var record in await _host.Store.ListAsync(kind, "", CancellationToken.None))
            text.Append(record.Id).Append(record.Version).Append(' ');
        return text.ToString();
    }
}
