using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests;

public sealed class BadInputTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _intake = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _intake = await _host.IntakeAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    [InlineData("{} {}", "body")]
    [InlineData("{\"policy\":7}", "policy")]
    [InlineData("{\"policy\":\"sandwell\",\"policy\":\"sefton\"}", "policy")]
    [InlineData("{\"person\":{\"name\":[]}}", "person.name")]
    [InlineData("{\"raisedBy\":{\"manager\":{\"name\":{}}}}", "raisedBy.manager.name")]
    [InlineData("{\"receivedBy\":[{\"agency\":1}]}", "receivedBy")]
    [InlineData("{\"receivedBy\":7}", "receivedBy")]
    [InlineData("{\"nature\":7}", "nature")]
    [InlineData("{\"circumstances\":[{}]}", "circumstances")]
    [InlineData("{\"policy\":\"sandwell\",\"nature\":[null]}", "nature")]
    [InlineData("{\"imminentRisk\":\"perhaps\"}", "imminentRisk")]
    [InlineData("{\"imminentRisk\":1}", "imminentRisk")]
    [InlineData("{\"raisedAt\":\"2026-09-25T10:00:00\"}", "raisedAt")]
    [InlineData("{\"raisedAt\":\"yesterday\"}", "raisedAt")]
    [InlineData("{\"person\":{\"dateOfBirth\":\"4/3/2015\"}}", "person.dateOfBirth")]
    [InlineData("{\"fields\":{\"levelOfNeed\":7}}", "fields")]
    [InlineData("{\"fields\":{\"levelOfNeed\":{\"other\":\"x\"}}}", "fields")]
    [InlineData("{\"policy\":\"nonsuch\"}", "policy")]
    [InlineData("{}", "policy")]
    public async Task A_bad_body_is_invalid_and_names_the_field(string body, string field)
    {
        var refused = await _intake.PostTextAsync("/api/escalations", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (refused.Status, refused.Code));
        Assert.True(refused.Error(field) is not null, refused.Text);
        Assert.DoesNotContain("System.", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Changes =>
        new()
        {
            { "person", "null", "person" },
            { "raisedBy", """{ "agency": "nobody", "name": "A" }""", "raisedBy.agency" },
            { "raisedBy", """{ "agency": "school" }""", "raisedBy.name" },
            { "receivedBy", """{ "agency": "school" }""", "receivedBy.agency" },
            { "agencies", """[{ "agency": "trust" }, { "agency": "school" }]""", "agencies[1].agency" },
            { "receivedBy", "null", "receivedBy" },
            { "details", "\"\"", "details" },
            { "details", "\"a\\u0000b\"", "details" },
            { "concern", "\"\\u0007\"", "concern" },
            { "nature", """["nonsuch"]""", "nature" },
            { "startAtStage", "\"9\"", "startAtStage" },
            { "raisedAt", "\"2026-09-25T10:05:01Z\"", "raisedAt" },
            { "fields", """{ "nonsuch": "x" }""", "fields" },
            { "agencies", """["police"]""", "agencies" },
            { "person", """{ "kind": "adult", "name": "A" }""", "person.kind" },
            { "person", """{ "kind": "child", "name": "A", "dateOfBirth": "2027-01-01" }""", "person.dateOfBirth" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_value_the_policy_does_not_take_is_named(string member, string value, string field)
    {
        var body = Sample.Opening();
        body[member] = JsonNode.Parse(value);
        var refused = await _intake.PostAsync("/api/escalations", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (refused.Status, refused.Code));
        Assert.True(refused.Error(field) is not null, refused.Text);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_it_says_so()
    {
        var huge = "{\"details\":\"" + new string('x', 300_000) + "\"}";
        Assert.Equal("tooLarge", (await _intake.PostTextAsync("/api/escalations", huge)).Code);
        var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(huge))),
        };
        chunked.Content.Headers.ContentType = new("application/json");
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _intake.AnswerAsync(chunked)).Status);
    }

    [Fact]
    public async Task A_deep_body_is_invalid()
    {
        var deep = "{\"policy\":" + new string('[', 1000) + new string(']', 1000) + "}";
        Assert.Equal("invalid", (await _intake.PostTextAsync("/api/escalations", deep)).Code);
    }

    [Theory]
    [InlineData("\"details\":\"\\ud800\"")]
    [InlineData("\"fields\":{\"levelOfNeed\":\"\\ud800\"}")]
    public async Task Half_a_surrogate_pair_is_invalid(string member) =>
        Assert.Equal(
            "invalid",
            (await _intake.PostTextAsync("/api/escalations", "{\"policy\":\"sandwell\"," + member + "}")).Code
        );

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_invalid()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
        {
            Content = new ByteArrayContent([
                (byte)'{',
                (byte)'"',
                0xC3,
                0x28,
                (byte)'"',
                (byte)':',
                (byte)'1',
                (byte)'}',
            ]),
        };
        request.Content.Headers.ContentType = new("application/json");
        Assert.Equal("invalid", (await _intake.AnswerAsync(request)).Code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/csv")]
    [InlineData("multipart/form-data")]
    public async Task A_body_that_is_neither_JSON_nor_a_form_is_refused(string type)
    {
        var refused = await _intake.PostTextAsync("/api/escalations", Sample.Opening().ToJsonString(), type: type);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "invalid"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("å")]
    public async Task An_idempotency_key_that_is_none_is_refused(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
        {
            Content = new StringContent(Sample.Opening().ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key.Length == 0 ? new string('k', 256) : "a\tb");
        Assert.NotNull((await _intake.AnswerAsync(request)).Error("Idempotency-Key"));
    }

    [Fact]
    public async Task HTML_in_every_field_comes_back_only_as_JSON_text()
    {
        const string Html = "<img src=x onerror=alert(1)>";
        var staff = await _host.AdministratorAsync();
        var body = Sample.Opening();
        foreach (var name in new[] { "concern", "details", "evidence", "outcomeSought", "natureOther" })
            body[name] = Html;
        body["person"]!["name"] = Html;
        body["person"]!["address"] = Html;
        body["raisedBy"]!["name"] = Html;
        body["raisedBy"]!["role"] = Html;
        body["raisedBy"]!["caseNumber"] = Html;
        body["receivedBy"]!["name"] = Html;
        body["others"] = new JsonArray(
            new JsonObject
            {
                ["name"] = Html,
                ["role"] = Html,
                ["agency"] = Html,
            }
        );
        body["supporting"] = new JsonArray(Html);
        var opened = await staff.PostAsync("/api/escalations", body);
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        foreach (var path in new[] { "", "/history", "/status" })
        {
            var read = await staff.GetJsonAsync(opened.Message.Headers.Location + path);
            Assert.Equal("application/json", read.Message.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", read.Message.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain("<img", read.Text, StringComparison.Ordinal);
        }
        Assert.Equal(Html, opened.Json["person"]!["name"]!.ToString());
    }

    [Fact]
    public async Task A_refusal_writes_nothing_and_says_nothing_personal_in_the_log()
    {
        var body = Sample.Opening();
        body["receivedBy"]!["agency"] = "nobody";
        Assert.Equal("invalid", (await _intake.PostAsync("/api/escalations", body)).Code);
        Assert.Equal(0, (await _host.Store.CountsAsync(null, _host.Clock.GetUtcNow(), CancellationToken.None)).Cases);
        var lines = _host.Log.GetSnapshot().Select(line => $"{line.Message} {line.Exception}").ToList();
        const string Refused = "Refused POST /api/escalations: 400 invalid, asked by Intake";
        Assert.Contains(lines, l => l.Contains(Refused, StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines,
            l => l.Contains("Alex", StringComparison.Ordinal) || l.Contains("key-of", StringComparison.Ordinal)
        );
    }
}
