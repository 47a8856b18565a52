using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Intake;

/// <summary>The samples of <c>docs/intake.md</c>, filled in and posted as each service posts them.</summary>
public sealed partial class SampleTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<string> Samples =
    [
        .. Fenced().Matches(Document()).Select(m => m.Groups["text"].Value),
    ];
    private const RegexOptions Blocks = RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture;
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        await _host.IntakeAsync();
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_plain_HTML_form()
    {
        var form = (IHtmlFormElement)(await new HtmlParser().ParseDocumentAsync(Samples[0])).QuerySelector("form")!;
        Assert.Equal("post", form.Method);
        var answers = new Dictionary<string, string[]>
        {
            ["intakeKey"] = ["access-key-of-the-intake"],
            ["policy"] = ["sandwell"],
            ["person.kind"] = ["child"],
            ["person.name"] = ["Alex Example"],
            ["person.dateOfBirth"] = ["4 March 2015"],
            ["raisedBy.agency"] = ["school"],
            ["raisedBy.name"] = ["Robin Raiser"],
            ["raisedBy.email"] = [" robin@school.example.org"],
            ["receivedBy.agency"] = ["trust"],
            ["nature"] = ["informationSharing", "driftOrDelay"],
            ["details"] = ["The assessment was closed.\r\nNobody asked us."],
        };
        var asked = form.QuerySelectorAll("[name]").Select(c => c.GetAttribute("name")!).Distinct().ToList();
        Assert.Equal(asked.Where(name => name != "imminentRisk"), asked.Where(answers.ContainsKey));
        var sent = answers.SelectMany(a => a.Value.Select(v => new KeyValuePair<string, string>(a.Key, v)));
        var path = new Uri(form.Action).AbsolutePath;
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(sent) };
        var opened = await _host.Nobody().AnswerAsync(request);
        await HoldsAsync(opened, "2026-09-25T10:00:00Z");
    }

    [Fact]
    public async Task Microsoft_Forms_by_the_HTTP_action_of_a_flow()
    {
        var opened = await RunAsync(Response());
        await HoldsAsync(opened, "2026-09-25T09:58:41Z");
        var again = await RunAsync(Response());
        Assert.Equal((HttpStatusCode.OK, opened["reference"]), (again.Status, again["reference"]));
        Assert.Equal("conflict", (await RunAsync(Response() with { Details = "Other words" })).Code);
        Assert.Equal(HttpStatusCode.Created, (await RunAsync(Response() with { Id = 13 })).Status);
    }

    [Fact]
    public async Task A_submission_of_GOV_UK_Forms()
    {
        var opened = await PostSubmissionAsync(Submission());
        await HoldsAsync(opened, "2026-09-25T09:58:41.123Z");
        Assert.Equal("k8Fy2DnS", opened.Message.Headers.GetValues("Ignored-Members").Single());
        var c = await _staff.GetJsonAsync($"/api/escalations/{opened["reference"]}");
        Assert.Equal("1 Some Street, Some Town, AB1 2CD", c.Json["person"]!["address"]!.ToString());

        var again = await PostSubmissionAsync(Submission());
        Assert.Equal((HttpStatusCode.OK, opened["reference"]), (again.Status, again["reference"]));
        var corrected = Submission();
        corrected["submission_reference"] = "8YLN3REP";
        Assert.Equal(HttpStatusCode.Created, (await PostSubmissionAsync(corrected)).Status);
    }

    [Fact]
    public async Task A_submission_without_questions_that_were_passed_over()
    {
        var short1 = Submission();
        foreach (
            var answer in short1["answers"]!
                .AsArray()
                .Where(a => a!["question_id"]!.ToString() is "b3Xw9RtY" or "n4Vq8ZtE")
                .ToList()
        )
            short1["answers"]!.AsArray().Remove(answer);
        short1["answers"]![0]!["answer_text"] = new JsonArray("Alex Example");
        short1["answers"]!.AsArray().Single(a => a!["question_id"]!.ToString() == "h1Rb7KpM")!["answer_text"] = null;
        var opened = await PostSubmissionAsync(short1);
        var c = await _staff.GetJsonAsync($"/api/escalations/{opened["reference"]}");
        Assert.Equal("Alex Example", c.Json["person"]!["name"]!.ToString());
        Assert.Null(c.Json["person"]!["dateOfBirth"]);
    }

    [Theory]
    [InlineData("raisedOn", "24/09/2026", "2026-09-24T13:30:00Z")]
    [InlineData("raisedAt", "2026-09-24T12:15", "2026-09-24T11:15:00Z")]
    [InlineData("raisedOn", "", "2026-09-25T09:58:41.123Z")]
    [InlineData("raisedAt", "", "2026-09-25T09:58:41.123Z")]
    public async Task A_submission_was_raised_when_it_says_so_and_where_it_does_not_when_it_was_submitted(
        string field,
        string answer,
        string raisedAt
    )
    {
        var submission = Submission();
        submission["answers"]!.AsArray().Add(new JsonObject { ["question_id"] = "when", ["answer_text"] = answer });
        var opened = await PostSubmissionAsync(
            submission,
            body =>
            {
                body["questions"]![field] = "when";
                if (field == "raisedOn" && answer.Length > 0)
                    body["always"]!["raisedTime"] = "2:30pm";
            }
        );
        await HoldsAsync(opened, raisedAt);
    }

    [Theory]
    [InlineData("""{ "submission": null, "always": { "policy": "sandwell" } }""", "submission")]
    [InlineData("""{ "submission": { "answers": [] }, "always": { "policy": "nonsuch" } }""", "policy")]
    [InlineData("""{ "submission": { "answers": [] } }""", "policy")]
    [InlineData("""{ "submission": { "answers": [null] }, "always": { "policy": "sandwell" } }""", "details")]
    [InlineData("""{ "submission": { "answers": 7 }, "always": { "policy": "sandwell" } }""", "submission.answers")]
    [InlineData(
        """{ "submission": { "submitted_at": "yesterday" }, "always": { "policy": "sandwell" } }""",
        "submission.submitted_at"
    )]
    [InlineData(
        """{ "submission": {}, "always": { "policy": "sandwell", "imminentRisk": "perhaps" } }""",
        "imminentRisk"
    )]
    public async Task A_submission_that_cannot_be_taken_says_why(string body, string field)
    {
        var refused = await _host.With("access-key-of-the-intake").PostTextAsync("/api/escalations", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (refused.Status, refused.Code));
        Assert.True(refused.Error(field) is not null, refused.Text);
    }

    /// <summary>All three say the same.</summary>
    private async Task HoldsAsync(Answer opened, string raisedAt)
    {
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        Assert.Null(opened["urgent"]);
        var c = (await _staff.GetJsonAsync($"/api/escalations/{opened["reference"]}")).Json;
        var person = c["person"]!;
        Assert.Equal(("Alex Example", "2015-03-04"), (person["name"]!.ToString(), person["dateOfBirth"]!.ToString()));
        Assert.Equal("child", person["kind"]!.ToString());
        Assert.Equal(raisedAt, c["raisedAt"]!.ToString());
        Assert.Equal(["school", "trust"], c["parties"]!.AsArray().Select(p => p!["agency"]!.ToString()));
        Assert.Equal(["informationSharing", "driftOrDelay"], c["natures"]!.AsArray().Select(n => n!["id"]!.ToString()));
        var raiser = c["contacts"]!
            .AsArray()
            .Single(contact => contact!["email"]?.ToString() == "robin@school.example.org");
        Assert.True(raiser!["accepted"]!.GetValue<bool>());
        Assert.StartsWith("The assessment was closed.", c["intake"]!["details"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What "Get response details" answers, by question; a question that nobody answered is the empty text.</summary>
    private sealed record FormsResponse(int Id, string Details)
    {
        public string Value(string expression) =>
            expression switch
            {
                "triggerOutputs()?['body/resourceData/responseId']" => $"{Id}",
                "formatDateTime(outputs('Get_response_details')?['body/submitDate'],'yyyy-MM-ddTHH:mm:ssZ')" =>
                    "2026-09-25T09:58:41Z",
                _ => Question().Match(expression).Groups["id"].Value switch
                {
                    "r1" => "Alex Example ",
                    "r2" => "2015-03-04",
                    "r3" => "The school",
                    "r4" => "Robin Raiser",
                    "r5" => "robin@school.example.org",
                    "r6" or "r7" or "r9" => "",
                    "r8" => "The trust",
                    "r10" => """["Information sharing","Drift or unreasonable delay"]""",
                    "r11" => "No",
                    "r12" => Details,
                    _ => throw new InvalidOperationException($"The form has no answer for {expression}."),
                },
            };
    }

    private static FormsResponse Response() => new(12, "The assessment was closed.");

    /// <summary>Runs the action as a flow does: every expression gives way to its value, inside the text that it stands in.</summary>
    private async Task<Answer> RunAsync(FormsResponse response)
    {
        var inputs = JsonNode.Parse(Samples[1])!["inputs"]!;
        var request = new HttpRequestMessage(
            new HttpMethod(inputs["method"]!.ToString()),
            new Uri(inputs["uri"]!.ToString()).AbsolutePath
        )
        {
            Content = new StringContent(Evaluated(inputs["body"]!, response.Value).ToJsonString()),
        };
        foreach (var (name, value) in inputs["headers"]!.AsObject())
        {
            var text = Evaluated(value!, response.Value)
                .ToString()
                .Replace("KEY", "access-key-of-the-intake", StringComparison.Ordinal);
            if (name == "Content-Type")
                request.Content.Headers.ContentType = new(text);
            else
                request.Headers.Add(name, text);
        }
        return await _host.Nobody().AnswerAsync(request);
    }

    private static JsonNode Evaluated(JsonNode node, Func<string, string> value) =>
        node switch
        {
            JsonObject parts => new JsonObject(
                parts.Select(p => new KeyValuePair<string, JsonNode?>(p.Key, Evaluated(p.Value!, value)))
            ),
            _ => JsonValue.Create(Expression().Replace(node.ToString(), m => value(m.Groups["expression"].Value))),
        };

    private static JsonObject Submission() => JsonNode.Parse(Samples[3])!.AsObject();

    private Task<Answer> PostSubmissionAsync(JsonObject submission, Action<JsonNode>? change = null)
    {
        var body = JsonNode.Parse(Samples[2])!;
        Assert.StartsWith("@json(", body["submission"]!.ToString(), StringComparison.Ordinal);
        body["submission"] = submission;
        change?.Invoke(body);
        return _host.With("access-key-of-the-intake").PostAsync("/api/escalations", body);
    }

    private static string Document() => File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "docs", "intake.md"));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("^```(html|json)\n(?<text>.*?)^```$", Blocks, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"@\{(?<expression>[^}]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(
        @"^outputs\('Get_response_details'\)\?\['body/(?<id>r[0-9]+)'\]$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Question();
}
