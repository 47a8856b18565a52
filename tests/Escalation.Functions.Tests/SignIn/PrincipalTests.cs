using System.Net;
using System.Text;
using System.Text.Json;
using Escalation.Functions.SignIn;
using Escalation.Functions.Tests.World;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static Escalation.Functions.Tests.Triggers.Asking;

namespace Escalation.Functions.Tests.SignIn;

/// <summary>Who a principal of App Service authentication stands for: every kind of claim, and every mix of roles.</summary>
public sealed class PrincipalTests(PrincipalTests.Azure azure) : IClassFixture<PrincipalTests.Azure>
{
    private const string Scheme = "AppServiceAuthentication",
        LongRole = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
        LongId = "http://schemas.microsoft.com/identity/claims/objectidentifier";

    private static readonly string[] KindsOfClaim =
    [
        "roles",
        LongRole,
        "role",
        "Roles",
        "name",
        "preferred_username",
        "jobTitle",
        "groups",
        "scp",
        "oid",
        "",
    ];

    /// <summary>What the principal says its roles are called, and a kind of claim.</summary>
    public static TheoryData<string?, string> Kinds { get; } = BuildKinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_claim_is_a_role_only_where_it_is_called_so(string? roleType, string kind)
    {
        var caller = await CallerAsync(roleType, ("oid", "1"), (kind, "Administrator"));

        Assert.Equal(kind == "roles" || kind == roleType ? Roles.Administrator : null, caller?.Role);
    }

    [Theory]
    [InlineData("oid=1 name=Sam", "entra:1", "Sam")]
    [InlineData(LongId + "=1 name=Sam", "entra:1", "Sam")]
    [InlineData("oid=2 " + LongId + "=1 name=Sam", "entra:1", "Sam")]
    [InlineData("oid=1 preferred_username=sam@x name=Sam", "entra:1", "Sam")]
    [InlineData("oid=1 preferred_username=sam@x", "entra:1", "sam@x")]
    [InlineData("oid=1 name= preferred_username=sam@x", "entra:1", "sam@x")]
    [InlineData("oid=1", "entra:1", "1")]
    [InlineData("oid= " + LongId + "=1", "entra:1", "1")]
    [InlineData("oid=1 oid=2", "entra:1", "1")]
    [InlineData("sub=1 name=Sam", null, null)]
    [InlineData("oid= name=Sam", null, null)]
    [InlineData("name=Sam", null, null)]
    public async Task A_person_is_recorded_by_the_id_in_the_directory_and_shown_by_name(
        string claims,
        string? actor,
        string? name
    )
    {
        var given = claims.Split(' ').Select(claim => (claim.Split('=')[0], claim.Split('=')[1]));
        var caller = await CallerAsync("roles", [.. given, ("roles", "Administrator")]);

        Assert.Equal((actor, name), (caller?.Actor, caller?.Name));
    }

    [Fact]
    public async Task Of_several_roles_the_widest_counts_and_of_equally_wide_ones_the_first_by_name_in_whatever_order_they_come()
    {
        string[] byWidth =
        [
            "Administrator",
            "BusinessManager.a",
            "BusinessManager.b",
            "Practitioner.a.x",
            "Practitioner.a.y",
            "Practitioner.b.x",
        ];
        for (var first = 0; first < byWidth.Length; first++)
        {
            var left = byWidth[first..];
            for (var turn = 0; turn < left.Length; turn++)
                foreach (var mirrored in (bool[])[false, true])
                {
                    IEnumerable<string> roles = [.. left[turn..], "Reader", .. left[..turn]];
                    var claims = (mirrored ? roles.Reverse() : roles).Select(role => ("roles", role));
                    var caller = (await CallerAsync("roles", [("oid", "1"), .. claims]))!;
                    string?[] parts = [caller.Role, caller.Partnership, caller.Agency];

                    Assert.Equal(byWidth[first], string.Join('.', parts.OfType<string>()));
                }
        }
    }

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(true, 0, null)]
    [InlineData(true, 2, null)]
    [InlineData(false, 1, null)]
    public async Task Only_the_one_header_of_a_platform_that_checks_it_is_looked_at(
        bool isChecked,
        int headers,
        bool? signedIn
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00", new Platform(true, isChecked));
        var sent = Enumerable.Repeat(Principal("Administrator"), headers).ToArray();

        var result = await AuthenticateAsync(world, sent);

        Assert.Equal(signedIn, result.None ? null : result.Succeeded);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Whoever_is_signed_in_without_a_role_is_told_so_and_not_sent_to_sign_in_again(string method)
    {
        using var client = azure.Front.Client();
        var path = method == "POST" ? "/health/test" : "/tracker";
        foreach (var principal in (string[])[Principal("Reader"), Principal(), PrincipalOf("google", "Administrator")])
        {
            using var answer = await SendAsync(client, method, path, principal);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(
                "your account has no role here",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_and_back_and_a_program_is_refused()
    {
        using var client = azure.Front.Client();
        using var page = await SendAsync(client, "GET", "/tracker?status=all", null);
        Assert.Equal(
            (HttpStatusCode.Redirect, "/.auth/login/aad?post_login_redirect_uri=%2Ftracker%3Fstatus%3Dall"),
            (page.StatusCode, page.Headers.Location?.OriginalString)
        );
        foreach (var principal in (string?[])[null, Principal("Reader")])
        {
            using var program = await SendAsync(client, "GET", "/api/escalations", principal);
            Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_is_signed_in_signs_out_where_the_platform_does()
    {
        using var client = azure.Front.Client();
        using var page = await SendAsync(client, "GET", "/tracker", Principal("Administrator"));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("href=\"/.auth/logout\"", html, StringComparison.Ordinal);
    }

    private static TheoryData<string?, string> BuildKinds()
    {
        var kinds = new TheoryData<string?, string>();
        foreach (var roleType in (string?[])[null, "roles", LongRole, "role"])
        foreach (var kind in KindsOfClaim)
            kinds.Add(roleType, kind);
        return kinds;
    }

    private async Task<Caller?> CallerAsync(string? roleType, params (string Type, string Value)[] claims)
    {
        var principal = new
        {
            auth_typ = "aad",
            role_typ = roleType,
            claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }),
        };
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(principal)));
        var result = await AuthenticateAsync(azure.World, header);
        Assert.False(result.None);
        return result.Principal is { } user ? Caller.From(user) : null;
    }

    private static async Task<AuthenticateResult> AuthenticateAsync(CaseWorld world, params string[] headers)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        if (headers.Length > 0)
            context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = headers;
        return await context.AuthenticateAsync(Scheme);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        string method,
        string path,
        string? principal
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (principal is not null)
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
        if (method == "POST")
            request.Content = new FormUrlEncodedContent([]);
        return await client.SendAsync(request);
    }

    public sealed class Azure : IAsyncLifetime
    {
        public CaseWorld World { get; private set; } = null!;
        public Front Front { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            World = await CaseWorld.AtAsync("2026-09-25 11:00");
            Front = await Front.StartAsync(World);
        }

        public async Task DisposeAsync()
        {
            await Front.DisposeAsync();
            await World.DisposeAsync();
        }
    }
}
