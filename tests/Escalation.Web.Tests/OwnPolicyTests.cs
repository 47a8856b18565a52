using System.Net;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

/// <summary>A partnership's own policy: stored by a call.</summary>
public sealed class OwnPolicyTests : IAsyncLifetime
{
    private const string Essex = "/api/policies/essex";
    private TestHost _host = null!;
    private HttpClient _administrator = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _administrator = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_stored_document_is_in_force_and_sent_again_it_changes_nothing()
    {
        Assert.Equal("notFound", (await _administrator.GetJsonAsync(Essex)).Code);

        var stored = await PutAsync(OwnDocument.OfEssex());
        Assert.Equal(
            (HttpStatusCode.Created, "true", "1000", Essex),
            (stored.Status, stored["stored"], stored["inForce"], stored.Message.Headers.Location!.ToString())
        );
        var again = await PutAsync(OwnDocument.OfEssex());
        Assert.Equal((HttpStatusCode.OK, "false", stored["hash"]), (again.Status, again["stored"], again["hash"]));

        var read = await _administrator.GetJsonAsync(Essex);
        Assert.Equal(("1000", "true", stored["hash"]), (read["version"], read["own"], read["hash"]));
        Assert.Equal($"\"{stored["hash"]}\"", read.Message.Headers.ETag!.ToString());
        Assert.Contains(
            _host.Log.GetSnapshot(),
            l =>
                l.Message.Contains(
                    $"The policy essex, version 1000 of essex ({stored["hash"]}), was stored by key:administrator",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task The_list_says_which_are_the_partnerships_own_and_a_policy_which_versions_there_are_and_who_stored_them()
    {
        await PutAsync(OwnDocument.Of("sefton", d => d["version"] = 1000), "/api/policies/sefton");

        var list = (await _administrator.GetJsonAsync("/api/policies")).Json.AsArray();
        Assert.Equal(["sefton"], list.Where(p => p!["own"]!.GetValue<bool>()).Select(p => p!["id"]!.ToString()));
        Assert.Equal(8, list.Count);
        var shipped = $"{PolicyCatalogue.BuiltIn.Find("sefton")!.Version} False  ";
        Assert.Equal(["1000 True 09/25/2026 10:00:00 Somebody", shipped], await VersionsAsync(_administrator));
        Assert.Equal(
            ["1000 True 09/25/2026 10:00:00 Somebody", shipped],
            await VersionsAsync(await _host.AsAsync(Roles.BusinessManager, "sefton"))
        );
        Assert.Equal(
            ["1000 True 09/25/2026 10:00:00 ", shipped],
            await VersionsAsync(await _host.AsAsync(Roles.BusinessManager, "sandwell"))
        );
        Assert.Equal(
            ["1000 True 09/25/2026 10:00:00 ", shipped],
            await VersionsAsync(await _host.AsAsync(Roles.Practitioner, "sefton", "school"))
        );

        static async Task<IEnumerable<string>> VersionsAsync(HttpClient client) =>
            (await client.GetJsonAsync("/api/policies/sefton")).Json["versions"]!
                .AsArray()
                .Select(v =>
                    FormattableString.Invariant(
                        $"{v!["version"]} {v["own"]!.GetValue<bool>()} {v["storedAt"]?.GetValue<DateTime>()} {v["storedBy"]}"
                    )
                );
    }

    [Theory]
    [InlineData(Roles.BusinessManager, "sandwell", null)]
    [InlineData(Roles.BusinessManager, "essex", null)]
    [InlineData(Roles.Practitioner, "sandwell", "school")]
    [InlineData(Roles.Intake, null, null)]
    public async Task Only_an_administrator_stores_one(string role, string? partnership, string? agency)
    {
        Assert.Equal(
            "forbidden",
            (await PutAsync(OwnDocument.OfEssex(), by: await _host.AsAsync(role, partnership, agency))).Code
        );
        Assert.Equal("unauthorised", (await PutAsync(OwnDocument.OfEssex(), by: _host.Nobody())).Code);
        Assert.Equal("notFound", (await _administrator.GetJsonAsync(Essex)).Code);
    }

    [Fact]
    public async Task Every_fault_of_a_document_is_told_by_its_path_in_the_words_of_the_command()
    {
        var document = OwnDocument.OfEssex(
            1000,
            d =>
            {
                d["colour"] = "blue";
                d["name"] = "";
                d["stages"]![1]!["limits"]![0]!["limit"]!["workingDays"] = "two";
            }
        );

        var refused = await PutAsync(document);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (refused.Status, refused.Code));
        var words = OwnPolicyDocument.Read("file", Encoding.UTF8.GetBytes(document)).Errors;
        Assert.Equal(
            ["colour", "name", "stages[1].limits[0].limit.workingDays"],
            words.Select(e => e.Field).Order(StringComparer.Ordinal)
        );
        Assert.Equal(3, refused.Json["errors"]!.AsObject().Count);
        Assert.All(words, e => Assert.Equal(e.Reason, refused.Error(e.Field)));
    }

    [Theory]
    [InlineData(
        "not json",
        "document",
        "must be JSON without comments or trailing commas; it stops making sense in line 1"
    )]
    [InlineData("", "document", "must be JSON without comments or trailing commas; it stops making sense in line 1")]
    [InlineData("[]", "document", "must be an object")]
    public async Task A_body_that_is_no_document_is_refused(string body, string field, string reason) =>
        Assert.Equal(reason, (await PutAsync(body)).Error(field));

    [Fact]
    public async Task A_document_that_cannot_be_of_a_partnerships_own_is_refused()
    {
        Assert.Equal(
            "must be 1000 or more: lower numbers are the program's own",
            (await PutAsync(OwnDocument.OfEssex(2))).Error("version")
        );
        Assert.Equal(
            "must be kent, the one in the address",
            (await PutAsync(OwnDocument.OfEssex(), "/api/policies/kent")).Error("id")
        );
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "tooLarge"),
            await CodeAsync(PutAsync(OwnDocument.OfEssex() + new string(' ', 256 * 1024)))
        );
        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "invalid"),
            await CodeAsync(PutAsync(OwnDocument.OfEssex(), type: "text/plain"))
        );
        Assert.Empty((await PolicyRegister.ReadAsync(_host.Store, CancellationToken.None)).Versions);
    }

    [Fact]
    public async Task What_clashes_with_what_is_there_is_a_conflict_with_every_field()
    {
        await PutAsync(OwnDocument.OfEssex(1001));

        var other = await PutAsync(OwnDocument.OfEssex(1001, d => d["name"] = "Another"));
        Assert.Equal(
            (HttpStatusCode.Conflict, "conflict", "must be a new number: version 1001 exists with other content"),
            (other.Status, other.Code, other.Error("version"))
        );
        Assert.Equal(
            "must be more than 1001, which is in force: begin with its document, a setting may have been changed since",
            (await PutAsync(OwnDocument.OfEssex(1000))).Error("version")
        );
        var kent = await PutAsync(
            OwnDocument.OfEssex(
                1000,
                d =>
                {
                    d["id"] = "kent";
                    d["partnership"] = "kent";
                    d["referencePrefix"] = "SAN";
                }
            ),
            "/api/policies/kent"
        );
        Assert.Equal(
            ("conflict", "must be one for each partnership: sandwell has SAN"),
            (kent.Code, kent.Error("referencePrefix"))
        );
        Assert.Single((await PolicyRegister.ReadAsync(_host.Store, CancellationToken.None)).Versions);
    }

    [Fact]
    public async Task A_version_that_follows_another_than_the_one_in_force_is_refused_when_asked_for()
    {
        var first = (await PutAsync(OwnDocument.OfEssex()))["hash"]!;
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(OwnDocument.OfEssex(1001), seen: first)).Status);
        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, "conflict"),
            await CodeAsync(PutAsync(OwnDocument.OfEssex(1002), seen: first))
        );
        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, "conflict"),
            await CodeAsync(
                PutAsync(OwnDocument.Of("sefton", d => d["version"] = 1000), "/api/policies/sefton", seen: first)
            )
        );
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(OwnDocument.OfEssex(1002))).Status);
    }

    [Fact]
    public async Task A_store_out_of_reach_stores_nothing_by_halves_and_says_unavailable()
    {
        FlakyStore store = null!;
        await using var host = await TestHost.StartAsync(wrap: inner => store = new FlakyStore(StoreParts.Of(inner)));
        var administrator = await host.AdministratorAsync();
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetJsonAsync("/api/policies/sefton")).Status);
        store.IsDown = true;

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "unavailable"),
            await CodeAsync(PutAsync(OwnDocument.OfEssex(), by: administrator))
        );
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "unavailable"),
            await CodeAsync(administrator.GetJsonAsync("/api/policies/sefton"))
        );
        var essex = OwnDocument.Read(OwnDocument.OfEssex());
        var book = host.Services.GetRequiredService<RuleBook>();
        var shipped = PolicyCatalogue.BuiltIn.Find("sefton")!;
        var pinned = new PolicyReference("sefton", shipped.Version, shipped.Hash);
        Assert.Same(shipped, await book.PinnedAsync(pinned, CancellationToken.None));
        await Assert.ThrowsAsync<TimeoutException>(() =>
            book.PinnedAsync(new PolicyReference("essex", 1000, essex.Hash), CancellationToken.None).AsTask()
        );

        store.IsDown = false;
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(OwnDocument.OfEssex(), by: administrator)).Status);
    }

    private Task<Answer> PutAsync(
        string document,
        string path = Essex,
        string? seen = null,
        HttpClient? by = null,
        string type = "application/json"
    ) => (by ?? _administrator).PutAsync(path, document, seen is null ? null : $"\"{seen}\"", type: type);

    private static async Task<(HttpStatusCode Status, string? Code)> CodeAsync(Task<Answer> answer) =>
        ((await answer).Status, (await answer).Code);
}
