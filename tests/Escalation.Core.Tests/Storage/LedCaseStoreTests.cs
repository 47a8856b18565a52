using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>A case that is taken to another policy, as the store has it: pinned to that policy as it was then.</summary>
public sealed class LedCaseStoreTests : IWaker
{
    private static readonly DateTimeOffset Nine = UkTime.At("2026-10-12 09:00"),
        Ten = UkTime.At("2026-10-13 10:00");
    private readonly OwnPolicyStore _own = new();
    private byte _salts;

    public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    private CaseHandler Handler(RuleBook book) =>
        new(_own.Store, _own.Store, book, this, () => [.. new byte[15], ++_salts]);

    private async Task<CaseDocument> LedAsync()
    {
        await _own.AddAsync(LedCase.To());
        await _own.AddAsync(LedCase.From());
        foreach (var agency in Sample.Directory(OwnDocument.Essex).Agencies)
            Assert.True(await StoredDirectory.WriteAsync(_own.Store, OwnDocument.Essex, agency, 0, default));
        var handler = Handler(_own.Book());
        var opened = Assert.IsType<Handled.Done>(
            await handler.OpenAsync(OwnDocument.Essex, Sample.Opening("sefton"), true, "like", Nine, default)
        );
        var reference = opened.Document.Case.Reference;
        await EscalateAsync(handler, reference, null);
        return await EscalateAsync(handler, reference, LedCase.ToPlans);
    }

    private static async Task<CaseDocument> EscalateAsync(CaseHandler handler, string reference, string? to)
    {
        var c = (await handler.ReadAsync(reference, default))!.Case;
        var rules = await handler.RulesAsync(c, Ten, default);
        var command = Commands.Outcome(rules.Policy, c, Outcomes.Escalate, Sample.Raising, new(2026, 10, 13)) with
        {
            Id = $"escalate-{c.Stage.Id}",
            Stage = c.Stage.Id,
            To = to,
        };
        var handled = await handler.ExecuteAsync(reference, command, Ten, default);
        Assert.True(handled is Handled.Done, (handled as Handled.Refused)?.Why.ToString());
        return ((Handled.Done)handled).Document;
    }

    [Fact]
    public async Task It_keeps_to_the_version_that_was_in_force_then_also_in_a_program_that_starts_later()
    {
        var led = await LedAsync();
        Assert.IsType<PolicyStoring.Stored>(await _own.AddAsync(LedCase.To(d => d["version"] = 1001)));
        var handler = Handler(_own.Book());
        var read = (await handler.ReadAsync(led.Case.Reference, default))!.Case;
        Assert.Equal((LedCase.Plans, 1000), (read.Policy.Id, read.Policy.Version));
        var rules = await handler.RulesAsync(read, Ten, default);
        Assert.Equal(1000, rules.Policy.Version);
        Assert.Equal(["1", "2", "essex-plans.1"], rules.Policy.Stages.Take(3).Select(s => s.Id));
        var at = read.Stage.Deadline!.At;
        await handler.AdvanceAsync(read.Reference, null, at, default);
        Assert.Equal("essex-plans.2", (await handler.ReadAsync(read.Reference, default))!.Case.Stage.Id);
    }

    [Fact]
    public async Task A_built_in_policy_to_which_it_is_led_is_kept_before_the_case_is_written()
    {
        var document = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                LedCase.Lead(d, "1", "suffolk-mash");
            }
        );
        await _own.AddAsync(document);
        foreach (var agency in Sample.Directory("suffolk").Agencies)
            Assert.True(await StoredDirectory.WriteAsync(_own.Store, "suffolk", agency, 0, default));
        var handler = Handler(_own.Book());
        var opened = Assert.IsType<Handled.Done>(
            await handler.OpenAsync("suffolk", Sample.Opening("suffolk"), true, "like", Nine, default)
        );
        var mash = Sample.Policy("suffolk-mash");
        Assert.Null(await _own.Store.ReadAsync("policy", mash.Hash, default));
        var led = await EscalateAsync(handler, opened.Document.Case.Reference, "policy:suffolk-mash");
        Assert.Equal("suffolk-mash.1", led.Case.Stage.Id);
        Assert.NotNull(await _own.Store.ReadAsync("policy", mash.Hash, default));
    }

    [Fact]
    public async Task The_tracker_and_the_index_have_it_under_the_policy_that_it_is_under()
    {
        var led = await LedAsync();
        var book = _own.Book();
        var rules = await book.ForCaseAsync(led.Case, Ten, default);
        var row = TrackerRow.Of(led, rules.Policy);
        Assert.Equal((LedCase.Plans, "essex-plans.1", false), (row.Policy, row.Stage, row.FinalStage));
        Assert.Equal(led.Case.Stage.Deadline!.At, row.Deadline);
    }

    [Fact]
    public async Task The_report_counts_the_case_where_it_is_and_says_of_the_other_that_it_was_led_on()
    {
        var led = await LedAsync();
        var report = AnnualAnalysis.Of(
            OwnDocument.Essex,
            ReportPeriod.OfYear(new FinancialYear(2026)),
            [led],
            await _own.Book().EveryPolicyAsync(default),
            _ => Sample.Calendar(),
            Ten
        );
        var (from, to) = (report.Policies[0], report.Policies[1]);
        Assert.Equal((OwnDocument.Essex, 0, 1), (from.Id, from.Cases, from.LedOn));
        Assert.Equal((LedCase.Plans, 1, 0), (to.Id, to.Cases, to.LedOn));
        Assert.Equal([("1", 1), ("2", 1), ("3", 0), ("4", 0)], from.Stages.Select(s => (s.Id, s.Opened)));
        Assert.Equal([("1", 1), ("2", 0), ("3", 0), ("4", 0), ("5", 0)], to.Stages.Select(s => (s.Id, s.Opened)));
        Assert.Contains(new AnalysisRow("policies", OwnDocument.Essex, "ledOn", "1"), report.Rows(withFreeText: false));
    }

    [Fact]
    public async Task The_proof_pack_has_both_documents()
    {
        var led = await LedAsync();
        var rules = await _own.Book().ForCaseAsync(led.Case, Ten, default);
        var pack = ProofPack.Of(
            new ReadableCase(led, rules.Policy, CaseReader.Partnership),
            rules,
            PolicyDocument.BytesOf(rules.Policy),
            words: false,
            Ten
        );
        byte[] Content(string name) => pack.Single(f => f.Name == name).Content.ToArray();
        Assert.Equal(PolicyDocument.BytesOf(OwnDocument.Read(LedCase.To())).ToArray(), Content("policy.json"));
        Assert.Equal(PolicyDocument.BytesOf(OwnDocument.Read(LedCase.From())).ToArray(), Content("policy-before.json"));
        Assert.Contains(
            led.Case.Before!.Policy.Hash,
            System.Text.Encoding.UTF8.GetString(Content("summary.json")),
            StringComparison.Ordinal
        );
    }
}
