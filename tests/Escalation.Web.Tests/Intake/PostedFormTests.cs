using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;

namespace Escalation.Web.Tests.Intake;

/// <summary>Openings that a plain HTML form, or the web server behind one, posts.</summary>
public sealed class PostedFormTests : IAsyncLifetime
{
    private const string Path = "/api/escalations";
    private TestHost _host = null!;
    private HttpClient _intake = null!,
        _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _intake = await _host.IntakeAsync();
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_posted_form_opens_the_case_that_the_same_body_as_JSON_opens()
    {
        var json = await _intake.PostAsync(Path, Sample.Opening());
        var form = await PostAsync(_intake, Form());
        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, json["reference"]),
            (json.Status, form.Status, form["reference"])
        );
    }

    [Fact]
    public async Task Lists_check_boxes_dates_and_own_fields_are_read()
    {
        var opened = await PostAsync(
            _intake,
            [
                .. Form()
                    .Where(f =>
                        f.Key
                            is not (
                                "person.dateOfBirth"
                                or "receivedBy.agency"
                                or "receivedBy.name"
                                or "receivedBy.email"
                            )
                    ),
                new("person.dateOfBirth.day", "4"),
                new("person.dateOfBirth.month", "March"),
                new("person.dateOfBirth.year", "2000"),
                new("receivedBy[0].agency", "trust"),
                new("receivedBy[3].agency", "other"),
                new("receivedBy[3].agencyName", "A clinic"),
                new("receivedBy[4].agency", ""),
                new("nature", "informationSharing"),
                new("nature", "other"),
                new("imminentRisk", "on"),
                new("fields.levelOfNeed", "childInNeed"),
                new("fields.levelOfNeed.legalStatus", "Section 17"),
                new("supporting", "Minutes\r\n\r\nA letter"),
                new("raisedAt", "2026-09-25T10:30"),
                new("colour", "red"),
            ]
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        Assert.NotNull(opened["urgent"]);
        Assert.Equal("colour", opened.Message.Headers.GetValues("Ignored-Members").Single());
        var c = (await _staff.GetJsonAsync($"{Path}/{opened["reference"]}")).Json;
        Assert.Equal("2000-03-04", c["person"]!["dateOfBirth"]!.ToString());
        Assert.Equal("2026-09-25T09:30:00Z", c["raisedAt"]!.ToString());
        Assert.Equal(["informationSharing", "other"], c["natures"]!.AsArray().Select(n => n!["id"]!.ToString()));
        Assert.Equal(["school", "trust", "other-3"], c["parties"]!.AsArray().Select(p => p!["agency"]!.ToString()));
        Assert.Equal("Section 17", c["intake"]!["fields"]!["levelOfNeed.legalStatus"]!.ToString());
        Assert.Equal(2, c["intake"]!["supporting"]!.AsArray().Count);
    }

    [Fact]
    public async Task Supporting_papers_stay_in_the_order_in_which_they_were_named()
    {
        var papers = Enumerable.Range(1, 12).Select(i => $"Paper {i}").ToList();
        var opened = await PostAsync(_intake, [.. Form(), new("supporting", string.Join("\r\n", papers))]);
        var c = (await _staff.GetJsonAsync($"{Path}/{opened["reference"]}")).Json;
        Assert.Equal(papers, c["intake"]!["supporting"]!.AsArray().Select(p => p!.ToString()));
    }

    [Theory]
    [InlineData("raisedOn", "2026-09-25", "raisedTime", "Enter the time at which it was raised, like 2:30pm")]
    [InlineData("raisedTime", "10am", "raisedOn", "Enter the date on which it was raised")]
    public async Task Of_the_date_and_the_time_at_which_it_was_raised_the_one_that_is_missing_is_asked_for(
        string typed,
        string value,
        string missing,
        string message
    )
    {
        var refused = await PostAsync(_intake, [.. Form(), new(typed, value)]);
        Assert.Equal((HttpStatusCode.BadRequest, message), (refused.Status, refused.Error(missing)));
        Assert.Null(refused.Error(typed));
    }

    [Theory]
    [InlineData("1/1/1900", "1900-01-01")]
    [InlineData("31/12/1929", "1929-12-31")]
    public async Task A_very_old_person_has_their_date_of_birth(string typed, string born)
    {
        var opened = await PostAsync(_intake, Form("person.dateOfBirth", typed));
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        Assert.Equal(
            born,
            (await _staff.GetJsonAsync($"{Path}/{opened["reference"]}")).Json["person"]!["dateOfBirth"]!.ToString()
        );
    }

    [Theory]
    [InlineData("4/3/2000")]
    [InlineData("04/03/2000")]
    [InlineData("4.3.2000")]
    [InlineData("4-3-2000")]
    [InlineData("4 March 2000")]
    [InlineData("4 mar 2000")]
    [InlineData("2000-03-04")]
    [InlineData(" 4 / 3 / 2000 ")]
    public async Task A_date_is_understood_as_it_is_typed(string typed)
    {
        var opened = await PostAsync(_intake, Form("person.dateOfBirth", typed));
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        Assert.Equal(
            "2000-03-04",
            (await _staff.GetJsonAsync($"{Path}/{opened["reference"]}")).Json["person"]!["dateOfBirth"]!.ToString()
        );
    }

    [Theory]
    [InlineData("1/1/0001")]
    [InlineData("31/12/1899")]
    [InlineData("1/1/2200")]
    [InlineData("31/12/9999")]
    public async Task A_date_of_a_year_that_nobody_means_is_none(string typed)
    {
        var refused = await PostAsync(
            _intake,
            [.. Form("person.dateOfBirth", typed), new("raisedOn", typed), new("raisedTime", "10am")]
        );
        Assert.Equal("Date of birth must be a real date", refused.Error("person.dateOfBirth"));
        Assert.Equal("The date on which it was raised must be a real date", refused.Error("raisedOn"));
    }

    [Theory]
    [InlineData("person.dateOfBirth", "31/2/2015")]
    [InlineData("person.dateOfBirth", "4/3/15")]
    [InlineData("person.dateOfBirth", "4 Marhc 2015")]
    [InlineData("person.dateOfBirth", "4/3/1066")]
    [InlineData("person.dateOfBirth", "4/3/9999")]
    [InlineData("person.dateOfBirth", "3/13/2015")]
    [InlineData("imminentRisk", "perhaps")]
    [InlineData("raisedAt", "yesterday")]
    [InlineData("raisedAt", "2026-09-25T11:06")]
    [InlineData("raisedBy.agency", "nobody")]
    [InlineData("raisedBy.email", "nowhere")]
    [InlineData("details", "")]
    [InlineData("policy", "nonsuch")]
    [InlineData("policy", "")]
    [InlineData("nature", "nonsuch")]
    [InlineData("startAtStage", "9")]
    public async Task What_is_wrong_is_said_with_the_codes_and_fields_of_the_contract(string field, string value)
    {
        var refused = await PostAsync(_intake, Form(field, value));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (refused.Status, refused.Code));
        Assert.True(refused.Error(field) is not null, refused.Text);
        Assert.Empty((await _staff.GetJsonAsync(Path + "?status=all")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task The_same_key_is_one_case_wherever_it_stands_and_another_body_a_conflict()
    {
        var first = await PostAsync(_intake, [.. Form(), new("idempotencyKey", "k-1")]);
        var again = await PostAsync(_intake, [.. Form(), new("idempotencyKey", "k-1")]);
        var header = await _intake.PostAsync(Path, Sample.Opening(), "k-1");
        var conflict = await PostAsync(_intake, [.. Form("details", "Others"), new("idempotencyKey", "k-1")]);
        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK),
            (first.Status, again.Status, header.Status)
        );
        Assert.Equal((first["reference"], first["reference"]), (again["reference"], header["reference"]));
        Assert.Equal("conflict", conflict.Code);
        Assert.NotNull(
            (await PostAsync(_intake, [.. Form(), new("idempotencyKey", new string('k', 256))])).Error(
                "Idempotency-Key"
            )
        );
    }

    [Fact]
    public async Task A_form_on_another_site_opens_with_the_intake_key_in_it_and_shows_what_is_next()
    {
        using var browser = _host.Nobody();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        browser.DefaultRequestHeaders.Add("Origin", "https://intranet.example.org");
        var page = await browser.SendAsync(
            Path,
            [.. Form(), new("imminentRisk", "on"), new("intakeKey", " access-key-of-the-intake ")]
        );
        Assert.Equal((HttpStatusCode.Created, "Concern raised - Escalation"), (page.Status, page.Html.Title));
        var reference = page.Message.Headers.Location!.ToString().Split('/')[^1];
        Assert.Contains($"The reference is {reference}.", page.Text, StringComparison.Ordinal);
        Assert.Contains("MARF", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex Example", page.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign out", page.Text, StringComparison.Ordinal);
        Assert.False(page.Message.Headers.Contains("Set-Cookie"));
        var wrong = await browser.SendAsync(
            Path,
            [.. Form("raisedBy.name", ""), new("intakeKey", "access-key-of-the-intake")]
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("raisedBy.name Required.", wrong.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.BusinessManager)]
    public async Task A_staff_key_is_not_taken_from_a_form(string role)
    {
        await _host.AsAsync(role, role == Roles.Administrator ? null : "sandwell");
        var key =
            role == Roles.Administrator
                ? "access-key-of-the-administrator"
                : "access-key-of-the-businessmanager-sandwell";
        Assert.Equal("unauthorised", (await PostAsync(_host.Nobody(), [.. Form(), new("intakeKey", key)])).Code);
    }

    [Fact]
    public async Task A_key_in_a_form_opens_nothing_else_and_a_wrong_one_nothing()
    {
        Assert.Equal("unauthorised", (await PostAsync(_host.Nobody(), [.. Form(), new("intakeKey", "no-key")])).Code);
        Assert.Equal("unauthorised", (await PostAsync(_host.Nobody(), Form())).Code);
        var raise = await _host
            .Nobody()
            .SendAsync("/raise/sandwell", [.. Form(), new("intakeKey", "access-key-of-the-intake")]);
        Assert.Equal(HttpStatusCode.Unauthorized, raise.Status);
        await _host.AsAsync(Roles.Intake, "sefton");
        Assert.Equal(
            "forbidden",
            (await PostAsync(_host.Nobody(), [.. Form(), new("intakeKey", "access-key-of-the-intake-sefton")])).Code
        );
    }

    [Fact]
    public async Task A_form_larger_than_a_body_may_be_is_refused_whether_or_not_it_says_so()
    {
        KeyValuePair<string, string>[] huge = [.. Form("details", new string('x', 300_000))];
        Assert.Equal("tooLarge", (await PostAsync(_intake, huge)).Code);
        var content = new StreamContent(await new FormUrlEncodedContent(huge).ReadAsStreamAsync());
        var chunked = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        chunked.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal("tooLarge", (await _intake.AnswerAsync(chunked)).Code);
        var many = Enumerable.Range(0, 600).Select(i => new KeyValuePair<string, string>($"x{i}", "y"));
        Assert.Equal("tooLarge", (await PostAsync(_intake, [.. Form(), .. many])).Code);
    }

    [Fact]
    public async Task Two_idempotency_keys_are_none()
    {
        var opening = await SendTwoKeysAsync(Path, Sample.Opening());
        Assert.StartsWith("HTTP/1.1 400", opening, StringComparison.Ordinal);
        Assert.Contains("\"Idempotency-Key\":[", opening, StringComparison.Ordinal);
        var note = new JsonObject { ["by"] = Sample.By("school"), ["text"] = "A note" };
        var move = await SendTwoKeysAsync(await _staff.OpenAsync() + "/notes", note);
        Assert.StartsWith("HTTP/1.1 400", move, StringComparison.Ordinal);
        Assert.Contains("\"id\":[", move, StringComparison.Ordinal);
    }

    /// <summary>As bytes: an HTTP client would make one header of the two.</summary>
    private async Task<string> SendTwoKeysAsync(string path, JsonNode body)
    {
        var at = _staff.BaseAddress!;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(at.Host, at.Port);
        await using var stream = tcp.GetStream();
        var text = body.ToJsonString();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: {at.Authority}\r\nConnection: close\r\n"
                    + $"Authorization: {_staff.DefaultRequestHeaders.Authorization}\r\nIdempotency-Key: k-1\r\nIdempotency-Key: k-2\r\n"
                    + $"Content-Type: application/json\r\nContent-Length: {text.Length}\r\n\r\n{text}"
            )
        );
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static Task<Answer> PostAsync(HttpClient client, IEnumerable<KeyValuePair<string, string>> form) =>
        client.AnswerAsync(new HttpRequestMessage(HttpMethod.Post, Path) { Content = new FormUrlEncodedContent(form) });

    private static KeyValuePair<string, string>[] Form(string field, string value) =>
        [.. Form().Where(f => f.Key != field), new(field, value)];

    /// <summary>What <see cref="Sample.Opening"/> says.</summary>
    private static KeyValuePair<string, string>[] Form() =>
        [
            new("policy", "sandwell"),
            new("person.kind", "child"),
            new("person.name", "Alex Example"),
            new("person.dateOfBirth", "2000-03-04"),
            new("person.address", "1 Some Street"),
            new("raisedBy.agency", "school"),
            new("raisedBy.name", "Robin Raiser"),
            new("raisedBy.email", "robin@school.example.org"),
            new("raisedBy.caseNumber", "OAK-17"),
            new("receivedBy.agency", "trust"),
            new("receivedBy.name", "Rowan Receiver"),
            new("receivedBy.email", "rowan@trust.example.org"),
            new("concern", "A concern"),
            new("details", "Some details"),
        ];
}
