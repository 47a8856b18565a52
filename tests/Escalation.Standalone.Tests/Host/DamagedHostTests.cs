using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Storage;
using Escalation.Standalone.Health;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Health;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The host on a database of which a page is damaged, and what an operator does about it.</summary>
public sealed class DamagedHostTests : IDisposable
{
    /// <summary>The case whose words fill pages of their own.</summary>
    private const int Damaged = 10;
    private const string Long = "There is much to say about this. ";
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];
    private string Database => Path.Combine(Data, StoreFile.Name);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_starts_names_the_case_that_it_cannot_read_goes_on_with_the_others_and_has_it_back_from_a_backup()
    {
        var references = await OpenAsync(many: 20);
        var backup = await HostProcess.RunAsync(["backup", _folder["backup.db"], "--data", Data]);
        Assert.Equal(0, backup.Code);
        var pages = new DatabasePages(Database);
        DatabasePages.Spoil(
            Database,
            pages.Beside.First(page => pages[page].IndexOf(Encoding.UTF8.GetBytes(Long)) >= 0)
        );
        string damaged;
        await using (var host = await HostProcess.StartAsync(Data, ["--demo"]))
        {
            await host.SaysAsync("cannot be read or carried on: its part of the database is damaged");
            damaged = Assert.Single(
                references,
                r => host.Output.Contains($"Case {r} cannot be read", StringComparison.Ordinal)
            );
            Assert.Equal(references[Damaged], damaged);
            foreach (var reference in references.Where(r => r != damaged))
                Assert.Equal(
                    HttpStatusCode.OK,
                    (await host.Client.GetAsync($"/api/escalations/{reference}")).StatusCode
                );
            using var refused = await host.Client.GetAsync($"/api/escalations/{damaged}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("cannot be read", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var report = await host.Client.GetAsync("/api/reports/annual?partnership=sandwell&year=2026");
            Assert.Equal(HttpStatusCode.OK, report.StatusCode);
            var ready = JsonNode.Parse(await host.Client.GetStringAsync("/health/ready"))!;
            Assert.StartsWith(
                "1 escalation cannot be read or carried on: the database is damaged.",
                $"{ready["causes"]![0]}",
                StringComparison.Ordinal
            );
            Assert.Contains(damaged, await host.Client.GetStringAsync("/health"), StringComparison.Ordinal);
            await host.PostAsync("/api/escalations", Openings.Of("One more"));
        }

        var salvage = await HostProcess.RunAsync([
            "salvage",
            _folder["new.db"],
            "--from",
            _folder["backup.db"],
            "--data",
            Data,
        ]);
        Assert.Equal((0, ""), (salvage.Code, salvage.Errors));
        Assert.Contains($"without what was recorded since: {damaged}.", salvage.Output, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Data, StoreFile.Name + "*"))
            File.Delete(file);
        File.Move(_folder["new.db"], Database);
        await using var restored = await HostProcess.StartAsync(Data, ["--demo"]);
        foreach (var reference in references)
            Assert.Equal(
                HttpStatusCode.OK,
                (await restored.Client.GetAsync($"/api/escalations/{reference}")).StatusCode
            );
    }

    [Fact]
    public async Task A_damaged_case_is_found_before_it_is_needed_whether_it_is_open_or_has_ended()
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        var whole = await host.OpenAsync("whole");
        CaseIndex[] damaged =
        [
            SampleCases.AnOpenCase,
            SampleCases.AnEndedCase,
            SampleCases.AnOpenCase with
            {
                Partnership = "suffolk",
            },
            SampleCases.AnEndedCase with
            {
                Partnership = "suffolk",
            },
        ];
        foreach (var (number, index) in damaged.Index())
            Assert.True(
                await host.Store.WriteAsync(SampleCases.Write($"SAN-0000-{number:D4}", 0, index, "{}"), Waiting.Token)
            );

        var unreadable = host.Get<UnreadableCases>();
        await unreadable.LookAsync(Waiting.Token);

        Assert.Equal(damaged.Select((_, number) => $"SAN-0000-{number:D4}"), unreadable.References);
        Assert.DoesNotContain(whole, unreadable.References);
    }

    [Theory]
    [InlineData(raw.SQLITE_CORRUPT, true)]
    [InlineData(raw.SQLITE_FULL, false)]
    [InlineData(raw.SQLITE_IOERR, false)]
    [InlineData(raw.SQLITE_CONSTRAINT, false)]
    public async Task A_case_that_is_read_and_cannot_be_written_is_named_where_its_part_of_the_database_is_damaged(
        int code,
        bool isNamed
    )
    {
        await using var host = await InProcess.StartAsync(new Hangs(), flaky: true);
        var flaky = host.Flaky;
        var (bad, good) = (await host.OpenAsync("bad"), await host.OpenAsync("good"));
        flaky.Refuses = write => write.Reference == bad ? throw new SqliteException("", code) : false;
        var deadline = (await host.CaseAsync(bad)).Stage.Deadline!.At;
        await host.Due.AdvanceAsync(deadline, Waiting.Token);

        string[] named = isNamed ? [bad] : [];
        Assert.Equal(named, host.Get<UnreadableCases>().References);
        Assert.Equal(1, (await host.Store.ReadAsync(bad, CancellationToken.None))!.Failures);
        Assert.Equal(("1", "informal"), ((await host.CaseAsync(good)).Stage.Id, (await host.CaseAsync(bad)).Stage.Id));
    }

    [Fact]
    public async Task A_case_of_which_no_email_can_be_recorded_as_sent_is_named_where_its_part_of_the_database_is_damaged()
    {
        var hanging = new Hangs();
        await using var host = await InProcess.StartAsync(hanging, flaky: true);
        var flaky = host.Flaky;
        var reference = await host.OpenAsync("one");
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await hanging.Asked.InTimeAsync();
        Assert.Equal([], host.Get<UnreadableCases>().References);
        flaky.Refuses = _ => throw new SqliteException("", raw.SQLITE_CORRUPT);
        hanging.Answer();
        await host.Sends.IdleAsync(Waiting.Token);

        Assert.Equal([reference], host.Get<UnreadableCases>().References);
    }

    [Fact]
    public void The_health_page_names_what_is_damaged()
    {
        Assert.Equal(HealthState.Well, DatabaseHealth.Line([]).State);
        var line = DatabaseHealth.Line(["SAN-1", "SAN-2"]);
        Assert.Equal((HealthState.Act, "SAN-1, SAN-2: the database is damaged"), (line.State, line.Figure));
        Assert.EndsWith(
            "SAN-20 and 3 more: the database is damaged",
            DatabaseHealth.Line([.. Enumerable.Range(1, 23).Select(i => $"SAN-{i}")]).Figure,
            StringComparison.Ordinal
        );
    }

    private async Task<IReadOnlyList<string>> OpenAsync(int many)
    {
        var references = new List<string>();
        await using var host = await HostProcess.StartAsync(Data, ["--demo"]);
        for (var i = 0; i < many; i++)
        {
            var opening =
                i == Damaged
                    ? Openings.Of("Child", string.Concat(Enumerable.Repeat(Long, 280)))
                    : Openings.Of($"Child {i}");
            references.Add($"{(await host.PostAsync("/api/escalations", opening)).GetProperty("reference")}");
        }
        await host.GetAsync("/api/outbox");
        Assert.Equal(0, (await host.TerminateAsync()).Code);
        return references;
    }
}
