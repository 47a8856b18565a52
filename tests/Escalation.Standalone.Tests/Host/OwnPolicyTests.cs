using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A partnership's own policy on the one-machine host: by the command, and by a call while it runs.</summary>
public sealed class OwnPolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_command_stores_a_document_once_and_says_what_is_in_force()
    {
        var file = await FileAsync(OwnDocument.OfEssex());

        var what = $"{file}: essex version 1000 of essex, 4 stages";
        var stored = await AddAsync(file);
        Assert.Equal((0, $"{what}: stored. New cases are opened under it; open cases keep their version.", ""), stored);
        var again = await AddAsync(file);
        Assert.Equal(
            (0, $"{what}: it was there already, and nothing changed. New cases are opened under version 1000.", ""),
            again
        );

        await using var host = await HostProcess.StartAsync(_folder["data"], []);
        var policy = await host.GetAsync("/api/policies/essex");
        Assert.Equal((1000, true), (policy.GetProperty("version").GetInt32(), policy.GetProperty("own").GetBoolean()));
        Assert.Equal(Environment.UserName, policy.GetProperty("versions")[0].GetProperty("storedBy").GetString());
    }

    [Theory]
    [InlineData("not json", "document must be JSON")]
    [InlineData("{ \"id\": 1, \"colour\": 2 }", "id must be text|colour is not a known field|version must be given")]
    public async Task The_command_tells_every_fault_on_a_line_in_the_words_of_the_check_and_stores_nothing(
        string document,
        string reasons
    )
    {
        var file = await FileAsync(document);

        var (code, output, errors) = await AddAsync(file);

        Assert.Equal((1, ""), (code, output));
        Assert.All(
            reasons.Split('|'),
            reason => Assert.Contains($"{file}: {reason}", errors, StringComparison.Ordinal)
        );
        Assert.Equal(errors, (await HostProcess.RunAsync(["policies", "check", file])).Errors.Trim());
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task The_command_refuses_what_clashes_with_the_data_folder_and_a_file_that_is_not_there()
    {
        Assert.Equal(0, (await AddAsync(await FileAsync(OwnDocument.OfEssex(1001)))).Code);

        var other = await FileAsync(OwnDocument.OfEssex(1001, d => d["name"] = "Another"));
        Assert.Equal(
            (1, "", $"{other}: version must be a new number: version 1001 exists with other content"),
            await AddAsync(other)
        );
        var older = await FileAsync(OwnDocument.OfEssex());
        Assert.Equal(
            (
                1,
                "",
                $"{older}: version must be more than 1001, which is in force: begin with its document, a setting may "
                    + "have been changed since"
            ),
            await AddAsync(older)
        );
        Assert.Contains(
            "document cannot be read",
            (await AddAsync(_folder["nowhere.json"])).Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_command_leaves_a_running_host_alone_and_the_call_does_the_same_there()
    {
        await using var host = await HostProcess.StartAsync(_folder["data"], []);
        Assert.Contains(
            "in use by another process",
            (await AddAsync(await FileAsync(OwnDocument.OfEssex()))).Errors,
            StringComparison.Ordinal
        );

        Assert.Equal(
            HttpStatusCode.Created,
            (await PutAsync(host, "/api/policies/essex", OwnDocument.OfEssex())).StatusCode
        );
        Assert.Equal(1000, (await host.GetAsync("/api/policies/essex")).GetProperty("version").GetInt32());
        await host.SaysAsync("The policy essex, version 1000 of essex");
    }

    [Fact]
    public async Task A_partnership_of_its_own_goes_from_the_command_to_a_missed_deadline_and_through_a_backup()
    {
        Assert.Equal(0, (await AddAsync(await FileAsync(OwnDocument.OfEssex()))).Code);
        string reference;
        await using (
            var host = await HostProcess.StartAsync(_folder["data"], ["--demo", "--clock", "2026-09-25T10:00:00Z"])
        )
        {
            foreach (var agency in Sample.Directory("essex").Agencies)
                await EnterAsync(host, agency);
            reference = (
                await host.PostAsync(
                    "/api/escalations",
                    new
                    {
                        policy = "essex",
                        person = new { kind = "child", name = "Kim Archer" },
                        raisedBy = new
                        {
                            agency = Sample.Raising,
                            name = "Sam Teacher",
                            email = "sam@oak-primary.example.org",
                        },
                        receivedBy = new[]
                        {
                            new
                            {
                                agency = Sample.Receiving,
                                name = "Jo Worker",
                                email = "jo@childrens-services.example.org",
                            },
                        },
                        details = "What it is about.",
                    }
                )
            ).GetProperty("reference").GetString()!;
            Assert.StartsWith("ESX-", reference, StringComparison.Ordinal);
            Assert.Equal(
                "2026-09-29T16:00:00Z",
                (await host.GetAsync($"/api/escalations/{reference}"))
                    .GetProperty("stage")
                    .GetProperty("deadline")
                    .GetString()
            );

            // A newer version while the case is open: it keeps its own.
            Assert.Equal(
                HttpStatusCode.Created,
                (
                    await PutAsync(
                        host,
                        "/api/policies/essex",
                        OwnDocument.OfEssex(1001, d => d["stages"]![1]!["limits"]![0]!["limit"]!["workingDays"] = 9)
                    )
                ).StatusCode
            );
            await host.PostAsync("/api/clock", new { now = "2026-09-29T17:00:00Z" });
            await AssertMissedAsync(host);
            Assert.Equal(
                0,
                (await HostProcess.RunAsync(["backup", _folder["copy.db"], "--data", _folder["data"]])).Code
            );
        }

        Directory.CreateDirectory(_folder["restored"]);
        File.Move(_folder["copy.db"], Path.Combine(_folder["restored"], StoreFile.Name));
        await using var restored = await HostProcess.StartAsync(
            _folder["restored"],
            ["--demo", "--clock", "2026-09-25T10:00:00Z"]
        );
        await AssertMissedAsync(restored);
        Assert.Equal(1001, (await restored.GetAsync("/api/policies/essex")).GetProperty("version").GetInt32());

        async Task AssertMissedAsync(HostProcess host)
        {
            var missed = await host.GetAsync($"/api/escalations/{reference}");
            Assert.Equal(
                ("2", 1000),
                (
                    missed.GetProperty("stage").GetProperty("id").GetString(),
                    missed.GetProperty("policy").GetProperty("version").GetInt32()
                )
            );
            Assert.Equal("2026-10-01T16:00:00Z", missed.GetProperty("stage").GetProperty("deadline").GetString());
            Assert.Equal("deadline", missed.GetProperty("stages")[0].GetProperty("by").GetString());
        }
    }

    private static async Task EnterAsync(HostProcess host, Core.Directory.Agency agency)
    {
        var entry = agency with
        {
            Contacts = [.. agency.Contacts.Select(c => c with { Id = c.Id.ToLowerInvariant() })],
        };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/partnerships/essex/agencies/{agency.Id}")
        {
            Content = JsonContent.Create(entry, options: JsonSerializerOptions.Web),
        };
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var response = await host.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> PutAsync(HostProcess host, string path, string document) =>
        host.Client.PutAsync(path, new StringContent(document, Encoding.UTF8, "application/json"));

    private async Task<(int Code, string Output, string Errors)> AddAsync(string file)
    {
        var (code, output, errors) = await HostProcess.RunAsync(["policies", "add", file, "--data", _folder["data"]]);
        return (code, output.Trim(), errors.Trim());
    }

    private async Task<string> FileAsync(string document)
    {
        var file = _folder[$"{Guid.NewGuid():N}.json"];
        await File.WriteAllTextAsync(file, document);
        return file;
    }
}
