using System.Net;
using System.Net.Http.Json;
using System.Text;
using Escalation.Functions.SignIn;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;
using static Escalation.Functions.Tests.Triggers.Asking;

namespace Escalation.Functions.Tests.Triggers;

/// <summary>The two doors: what the function key opens, and that no spelling of a path walks round it.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task An_intake_form_with_the_function_key_opens_a_case_and_its_orchestration_runs()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var response = await front.Client(Front.Key).PostAsJsonAsync("/api/escalations", Opening());

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var reference = (string)(await JsonOf(response))["reference"]!;
        Assert.Equal($"/api/escalations/{reference}", response.Headers.Location!.ToString());
        Assert.Equal(reference, Assert.Single(world.Hub.Instances).Key);
        await world.Hub.RunAsync();
        Assert.NotEmpty(world.Mail.Sent);
    }

    [Fact]
    public async Task Two_function_keys_are_two_credentials()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var client = front.Client();
        var first = await client.SendAsync(Post("/api/escalations", Front.Key, "K1"));
        var again = await client.SendAsync(Post("/api/escalations", Front.Key, "K1"));
        var byQuery = await client.SendAsync(Post("/api/escalations?code=" + Front.Key, "another-form", "K1"));

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created),
            (first.StatusCode, again.StatusCode, byQuery.StatusCode)
        );
        Assert.Equal((string)(await JsonOf(first))["reference"]!, (string)(await JsonOf(again))["reference"]!);
        var stored = await world.ReadAsync((string)(await JsonOf(first))["reference"]!);
        Assert.DoesNotContain(Front.Key, string.Join('\n', stored.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_key_in_the_address_is_the_credential_that_it_is_in_the_header()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var client = front.Client();
        var first = await client.SendAsync(Post("/api/escalations", Front.Key, "K1"));
        var again = await client.SendAsync(Post("/api/escalations?code=" + Front.Key, null, "K1"));
        var other = await client.SendAsync(Post("/api/escalations?code=" + Front.OtherKey, null, "K1"));

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created),
            (first.StatusCode, again.StatusCode, other.StatusCode)
        );
        Assert.Equal((string)(await JsonOf(first))["reference"]!, (string)(await JsonOf(again))["reference"]!);
    }

    [Fact]
    public async Task An_emailed_link_opens_without_any_key()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        var text = world
            .Mail.Sent.Select(m => m.Message.Content.PlainText!)
            .First(t => t.Contains("/r/", StringComparison.Ordinal));
        var link = new Uri(
            text.Split((char[])[' ', '\n', '\r', '<', '>'], StringSplitOptions.RemoveEmptyEntries)
                .First(w => w.Contains("/r/", StringComparison.Ordinal))
        );

        Assert.Equal("escalation.example.org", link.Host);
        var page = await front.Client().GetAsync(link.PathAndQuery);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, (await front.Client().GetAsync("/r/" + new string('x', 80))).StatusCode);
    }

    [Theory]
    [InlineData("/api/escalations")]
    [InlineData("/api/escalations/")]
    [InlineData("/API/Escalations")]
    [InlineData("//api/escalations")]
    [InlineData("/api//escalations")]
    [InlineData("/api/escalations//")]
    [InlineData("/api/./escalations")]
    [InlineData("/x/../api/escalations")]
    [InlineData("/api%2Fescalations")]
    [InlineData("/api/escalation%73")]
    [InlineData("/%61pi/escalations")]
    [InlineData("/api/escalations%2F")]
    [InlineData("/api/escalations;x=1")]
    [InlineData("/api/escalations/.")]
    [InlineData("/api/escalations%00")]
    [InlineData("/api/escalations?code=wrong")]
    public async Task Without_the_key_no_spelling_of_the_path_opens_a_case(string path)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var status = await RawPostAsync(front.Address, path);

        Assert.Contains(status, new[] { 400, 401, 404, 405 });
        Assert.Equal(0, (await world.Store.CountsAsync(null, world.Now, CancellationToken.None)).Cases);
    }

    [Theory]
    [InlineData("GET", "/api/escalations")]
    [InlineData("GET", "/api/escalations/SAN-7K3M-Q9XA")]
    [InlineData("POST", "/api/escalations/SAN-7K3M-Q9XA/outcomes")]
    [InlineData("GET", "/api/reports/annual?partnership=sandwell&year=2026")]
    public async Task The_function_key_opens_nothing_but_the_opening(string method, string path)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var response = await front.Client(Front.Key).SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Staff_sign_in_as_app_service_authentication_says_and_see_what_their_role_covers()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");

        Assert.Equal(HttpStatusCode.OK, await GetAsync(front, reference, Principal("Administrator")));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(front, reference, Principal("BusinessManager.sandwell")));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(front, reference, Principal("BusinessManager.suffolk")));
        Assert.Equal(
            HttpStatusCode.OK,
            await GetAsync(front, reference, Principal($"Practitioner.sandwell.{Sample.Raising}"))
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            await GetAsync(front, reference, Principal($"Practitioner.sandwell.{Sample.Third}"))
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await GetAsync(front, reference, Principal("BusinessManager.suffolk", "Administrator"))
        );
        var wider = Principal($"Practitioner.oxfordshire.{Sample.Third}", "BusinessManager.sandwell");
        Assert.Equal(HttpStatusCode.OK, await GetAsync(front, reference, wider));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(front, reference, Principal("Reader")));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(front, reference, "not base64"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("administrator")]
    [InlineData(" Administrator")]
    [InlineData("Administrator.")]
    [InlineData(".Administrator")]
    [InlineData("Administrator.sandwell")]
    [InlineData("Administrator.sandwell.oak-primary")]
    [InlineData("BusinessManager")]
    [InlineData("BusinessManager.")]
    [InlineData("businessManager.sandwell")]
    [InlineData("BusinessManager.sandwell.")]
    [InlineData("BusinessManager.sandwell.oak-primary")]
    [InlineData("Practitioner")]
    [InlineData("Practitioner.sandwell")]
    [InlineData("Practitioner.sandwell.")]
    [InlineData("Practitioner..oak-primary")]
    [InlineData("practitioner.sandwell.oak-primary")]
    [InlineData("Practitioner.sandwell.oak-primary.")]
    [InlineData("Practitioner.sandwell.oak-primary.childrens-trust")]
    [InlineData("Intake")]
    [InlineData("Intake.sandwell")]
    public async Task A_role_of_more_or_fewer_parts_or_other_letters_than_one_of_ours_is_none(string role)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(front, reference, Principal(role)));
    }

    [Theory]
    [InlineData("google")]
    [InlineData("facebook")]
    [InlineData("AAD")]
    [InlineData("aadb2c")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_principal_of_another_identity_provider_is_not_believed(string? provider)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await GetAsync(front, reference, PrincipalOf(provider, "Administrator"))
        );
        Assert.Equal(HttpStatusCode.OK, await GetAsync(front, reference, PrincipalOf("aad", "Administrator")));
    }

    [Theory]
    [InlineData("null", HttpStatusCode.Unauthorized)]
    [InlineData("[]", HttpStatusCode.Unauthorized)]
    [InlineData("[null]", HttpStatusCode.Unauthorized)]
    [InlineData("{}", HttpStatusCode.Unauthorized)]
    [InlineData("""{ "auth_typ": "aad", "claims": null }""", HttpStatusCode.Unauthorized)]
    [InlineData("""{ "auth_typ": "aad", "claims": [null] }""", HttpStatusCode.Unauthorized)]
    [InlineData("""{ "auth_typ": "aad", "claims": [{ "typ": null, "val": null }] }""", HttpStatusCode.Unauthorized)]
    [InlineData(
        """{ "auth_typ": "aad", "role_typ": null, "claims": [{ "typ": "oid", "val": "1" }, { "typ": null, "val": "Administrator" }] }""",
        HttpStatusCode.Unauthorized
    )]
    [InlineData(
        """{ "auth_typ": "aad", "claims": [null, { "typ": "oid", "val": "1" }, { "typ": "roles", "val": "Administrator" }] }""",
        HttpStatusCode.OK
    )]
    public async Task A_principal_with_nothing_where_something_belongs_is_read_as_far_as_it_goes(
        string principal,
        HttpStatusCode status
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");

        Assert.Equal(
            status,
            await GetAsync(front, reference, Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)))
        );
    }

    [Fact]
    public async Task Limits_count_the_client_that_the_platform_s_front_end_names_and_none_that_a_caller_claims()
    {
        await using var world = await CaseWorld.AtAsync(
            "2026-09-25 11:00",
            new Platform(OnAzure: true, ChecksPrincipals: true)
        );
        await using var front = await Front.StartAsync(world);
        for (var i = 0; i < 30; i++)
            Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(front, $"198.51.100.{i}, 192.0.2.1:{40000 + i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await LinkAsync(front, "192.0.2.1:50000"));
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(front, "192.0.2.2:50000"));
    }

    [Fact]
    public async Task Where_there_is_no_front_end_limits_count_who_connects_whatever_the_header_says()
    {
        await using var world = await CaseWorld.AtAsync(
            "2026-09-25 11:00",
            new Platform(OnAzure: false, ChecksPrincipals: false)
        );
        await using var front = await Front.StartAsync(world);
        for (var i = 0; i < 30; i++)
            Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(front, $"192.0.2.{i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await LinkAsync(front, "192.0.2.30"));
    }

    [Fact]
    public async Task The_token_that_the_platform_checked_and_left_in_the_request_does_no_harm()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/escalations/{reference}");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("Administrator"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + new string('t', 1500));

        Assert.Equal(HttpStatusCode.OK, (await front.Client().SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Where_the_platform_checks_no_principals_the_header_is_not_believed_and_the_host_is_not_ready()
    {
        await using var world = await CaseWorld.AtAsync(
            "2026-09-25 11:00",
            new Platform(OnAzure: true, ChecksPrincipals: false)
        );
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(front, reference, Principal("Administrator")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await front.Client().GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await front.Client().GetAsync("/health/live")).StatusCode);
    }

    private static async Task<HttpStatusCode> LinkAsync(Front front, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/r/never-a-link");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        return (await front.Client().SendAsync(request)).StatusCode;
    }

    private static async Task<HttpStatusCode> GetAsync(Front front, string reference, string principal)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/escalations/{reference}");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
        return (await front.Client().SendAsync(request)).StatusCode;
    }

    private static HttpRequestMessage Post(string path, string? functionKey, string idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(Opening()) };
        if (functionKey is not null)
            request.Headers.Add(Front.KeyHeader, functionKey);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }

    /// <summary>The path as it is spelt: an HTTP client would tidy it.</summary>
    private static async Task<int> RawPostAsync(Uri address, string path)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var body = Opening().ToJsonString();
        var request =
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return int.Parse(
            (await reader.ReadLineAsync())!.Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }
}
