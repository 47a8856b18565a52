using System.Net;
using System.Net.Http.Headers;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task First_start_prints_both_keys_once_and_they_work()
    {
        string administrator;
        await using (
            var first = await HostProcess.StartAsync(
                _folder.Path,
                [],
                [("ESCALATION_STAFF_KEY", ""), ("ESCALATION_INTAKE_KEY", "")]
            )
        )
        {
            administrator = KeyIn(first.Output, "Administrator key");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, administrator));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(first, KeyIn(first.Output, "Intake key")));
        }

        await using var second = await HostProcess.StartAsync(
            _folder.Path,
            [],
            [("ESCALATION_STAFF_KEY", ""), ("ESCALATION_INTAKE_KEY", "")]
        );
        Assert.DoesNotContain("shown only now", second.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, administrator));
        Assert.DoesNotContain(administrator, StoreFile.Query(_folder[StoreFile.Name], "SELECT body FROM records"));
    }

    [Fact]
    public async Task A_key_that_was_added_works_until_it_is_revoked()
    {
        var added = await HostProcess.RunAsync([
            "keys",
            "add",
            "--role",
            "BusinessManager",
            "--partnership",
            "sefton",
            "--name",
            "Sefton business unit",
            "--data",
            _folder.Path,
        ]);
        Assert.Equal((0, ""), (added.Code, added.Errors));
        var (id, key) = (added.Output.Split(' ')[0], KeyIn(added.Output, "Key"));
        await using (var host = await HostProcess.StartAsync(_folder.Path, []))
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key));

        var listed = (await HostProcess.RunAsync(["keys", "list", "--data", _folder.Path])).Output;
        Assert.Contains($"{id}  BusinessManager  sefton  Sefton business unit", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);

        Assert.Equal(0, (await HostProcess.RunAsync(["keys", "revoke", id, "--data", _folder.Path])).Code);
        Assert.Equal(1, (await HostProcess.RunAsync(["keys", "revoke", id, "--data", _folder.Path])).Code);
        await using var again = await HostProcess.StartAsync(_folder.Path, []);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(again, key));
    }

    [Theory]
    [InlineData("Nobody", "sefton", "The role is one of")]
    [InlineData("Practitioner", "sefton", "A Practitioner needs an agency.")]
    [InlineData("Administrator", "sefton", "An administrator has no partnership.")]
    public async Task A_key_that_fits_no_role_is_not_made(string role, string partnership, string reason)
    {
        var (code, _, errors) = await HostProcess.RunAsync([
            "keys",
            "add",
            "--role",
            role,
            "--partnership",
            partnership,
            "--name",
            "x",
            "--data",
            _folder.Path,
        ]);

        Assert.Equal(1, code);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_rotation_of_link_keys_is_refused_while_stages_opened_before_the_first_are_open()
    {
        await (await HostProcess.StartAsync(_folder.Path, ["--demo"])).DisposeAsync();

        Assert.Equal(0, (await HostProcess.RunAsync(["keys", "rotate", "links", "--data", _folder.Path])).Code);
        var (code, _, errors) = await HostProcess.RunAsync(["keys", "rotate", "links", "--data", _folder.Path]);

        Assert.Equal(1, code);
        Assert.Contains("3 open stages", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_open_stage_is_enough_to_refuse_a_second_rotation_of_link_keys_and_nothing_is_rotated()
    {
        await Openings.AgenciesAsync(_folder.Path);
        await using (var host = await HostProcess.StartAsync(_folder.Path, []))
            await host.PostAsync("/api/escalations", Openings.Sandwell);
        Assert.Equal(0, (await HostProcess.RunAsync(["keys", "rotate", "links", "--data", _folder.Path])).Code);
        var rotatedOnce = Secrets();

        var (code, output, errors) = await HostProcess.RunAsync(["keys", "rotate", "links", "--data", _folder.Path]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("Nothing was rotated: 1 open stage", errors, StringComparison.Ordinal);
        Assert.Equal(rotatedOnce, Secrets());

        List<string> Secrets() =>
            StoreFile.Query(
                _folder[StoreFile.Name],
                "SELECT id, version, body FROM records WHERE kind = 'secret' ORDER BY id"
            );
    }

    [Fact]
    public async Task A_backup_of_a_running_host_holds_what_it_has_answered()
    {
        string reference;
        await using (var host = await HostProcess.StartAsync(_folder["data"], ["--demo"]))
        {
            reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
                .GetProperty("reference")
                .GetString()!;
            Assert.Equal(
                0,
                (await HostProcess.RunAsync(["backup", _folder["copy.db"], "--data", _folder["data"]])).Code
            );
            Assert.Equal(
                1,
                (await HostProcess.RunAsync(["backup", _folder["copy.db"], "--data", _folder["data"]])).Code
            );
            Assert.Contains(
                $", to {_folder["copy.db"]}",
                WebUtility.HtmlDecode(await host.Client.GetStringAsync("/health")),
                StringComparison.Ordinal
            );
        }

        Directory.CreateDirectory(_folder["restored"]);
        File.Move(_folder["copy.db"], Path.Combine(_folder["restored"], StoreFile.Name));
        await using var restored = await HostProcess.StartAsync(_folder["restored"], ["--demo"]);
        Assert.Equal(
            "open",
            (await restored.GetAsync($"/api/escalations/{reference}/status")).GetProperty("status").GetString()
        );
    }

    [Fact]
    public async Task Every_shipped_policy_passes_the_check_and_a_changed_copy_needs_a_number_of_its_own()
    {
        var shipped = Directory.GetFiles(
            Path.Combine(SourceFolder(), "src/Escalation.Core/Policies/BuiltIn"),
            "*.json"
        );
        Assert.Equal(8, shipped.Length);
        foreach (var file in shipped)
            Assert.Equal(0, (await HostProcess.RunAsync(["policies", "check", file])).Code);

        var own = _folder["own.json"];
        var text = await File.ReadAllTextAsync(
            shipped.Single(f => f.EndsWith("sefton.json", StringComparison.Ordinal))
        );
        var version = PolicyCatalogue.BuiltIn.Find("sefton")!.Version;
        await File.WriteAllTextAsync(
            own,
            text.Replace($"\"version\": {version},", $"\"version\": {version + 1},", StringComparison.Ordinal)
        );
        Assert.Contains(
            $"{own}: version must be 1000 or more",
            (await HostProcess.RunAsync(["policies", "check", own])).Errors,
            StringComparison.Ordinal
        );

        await File.WriteAllTextAsync(
            own,
            text.Replace($"\"version\": {version},", "\"version\": 1000,", StringComparison.Ordinal)
        );
        var (code, output, _) = await HostProcess.RunAsync(["policies", "check", own]);
        Assert.Equal((0, $"{own}: sefton version 1000 of sefton, 4 stages: no faults."), (code, output.Trim()));
    }

    [Fact]
    public async Task A_refreshed_calendar_says_what_changed_and_a_shrinking_feed_is_refused()
    {
        var feed = CalendarEdition.BuiltIn.ToJson();
        var (more, less) = (_folder["more.json"], _folder["less.json"]);
        var events = feed.IndexOf('[', StringComparison.Ordinal) + 1;
        await File.WriteAllTextAsync(
            more,
            feed.Insert(events, """{"title":"State funeral","date":"2099-03-03","notes":"","bunting":false},""")
        );
        await File.WriteAllTextAsync(less, feed);

        var added = await HostProcess.RunAsync(["calendar", "refresh", more, "--data", _folder["data"]]);
        Assert.Equal((0, ""), (added.Code, added.Errors));
        Assert.Contains(
            "added    2099-03-03  england-and-wales  State funeral",
            added.Output,
            StringComparison.Ordinal
        );

        var refused = await HostProcess.RunAsync(["calendar", "refresh", less, "--data", _folder["data"]]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("The feed was refused", refused.Errors, StringComparison.Ordinal);

        await File.WriteAllTextAsync(less, "{}");
        Assert.Equal(1, (await HostProcess.RunAsync(["calendar", "refresh", less, "--data", _folder["data"]])).Code);
        Assert.Equal(
            1,
            (
                await HostProcess.RunAsync(["calendar", "refresh", _folder["nowhere.json"], "--data", _folder["data"]])
            ).Code
        );
    }

    [Fact]
    public async Task A_refreshed_calendar_warns_of_a_bank_holiday_to_come_that_was_moved()
    {
        var feed = CalendarEdition.BuiltIn.ToJson();
        var events = feed.IndexOf('[', StringComparison.Ordinal) + 1;
        foreach (var day in (string[])["2099-03-03", "2099-03-04"])
            await File.WriteAllTextAsync(
                _folder[day],
                feed.Insert(events, $$"""{"title":"State funeral","date":"{{day}}","notes":"","bunting":false},""")
            );
        var added = await RefreshAsync("2099-03-03");
        Assert.DoesNotContain("warning", added.Output, StringComparison.Ordinal);

        var moved = await RefreshAsync("2099-03-04");

        Assert.Equal((0, ""), (moved.Code, moved.Errors));
        Assert.Contains(
            "warning  england-and-wales: State funeral, Tuesday 3 March 2099, is no longer a bank holiday",
            moved.Output,
            StringComparison.Ordinal
        );

        Task<(int Code, string Output, string Errors)> RefreshAsync(string file) =>
            HostProcess.RunAsync(["calendar", "refresh", _folder[file], "--data", _folder["data"]]);
    }

    [Fact]
    public async Task A_running_host_takes_a_feed_from_the_administrator_and_moves_open_deadlines()
    {
        await using var host = await HostProcess.StartAsync(
            _folder.Path,
            ["--demo", "--clock", "2026-12-21T10:00:00Z"]
        );
        var reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
            .GetProperty("reference")
            .GetString();
        await host.PostAsync("/api/clock", new { now = "2026-12-22T11:00:00Z" });
        Assert.Equal("2026-12-29T17:00:00Z", await DeadlineAsync());
        var feed = CalendarEdition.BuiltIn.ToJson();
        using var more = new StringContent(
            feed.Insert(
                feed.IndexOf('[', StringComparison.Ordinal) + 1,
                """{"title":"State funeral","date":"2026-12-24","notes":"","bunting":false},"""
            )
        );

        using var refused = new HttpRequestMessage(HttpMethod.Post, "/api/calendar/refresh")
        {
            Content = new StringContent(feed),
        };
        refused.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HostProcess.IntakeKey);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client.SendAsync(refused)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.PostAsync("/api/calendar/refresh", more)).StatusCode);
        Assert.Equal("2026-12-30T17:00:00Z", await DeadlineAsync());
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await host.Client.PostAsync("/api/calendar/refresh", new StringContent(feed))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await host.Client.PostAsync("/api/calendar/refresh", new StringContent("{}"))).StatusCode
        );

        async Task<string?> DeadlineAsync() =>
            (await host.GetAsync($"/api/escalations/{reference}"))
                .GetProperty("stage")
                .GetProperty("deadline")
                .GetString();
    }

    private static string KeyIn(string output, string label) =>
        output
            .Split('\n')
            .Single(l => l.StartsWith($"{label} (shown only now): ", StringComparison.Ordinal))
            .Split(": ")[1]
            .Trim();

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/escalations");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
