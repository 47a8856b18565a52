using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

public sealed class StoredPoliciesTests
{
    private static readonly int Shipped = Sample.Policy("sandwell").Version;

    private static readonly DateTimeOffset Now = OwnPolicyStore.Now;
    private readonly OwnPolicyStore _own = new();

    [Fact]
    public async Task A_stored_version_is_in_force_and_the_register_says_who_stored_it_when()
    {
        Assert.IsType<PolicyStoring.Stored>(await _own.AddAsync(OwnDocument.OfEssex()));

        var installed = await _own.Book().InstalledAsync(default);
        Assert.Equal(1000, installed.InForce("essex")!.Version);
        Assert.Equal(
            ("key:ada", "Ada Admin", Now),
            (installed.Register.Versions[0].By, installed.Register.Versions[0].Name, installed.Register.Versions[0].At)
        );
        Assert.Equal(9, installed.Catalogue.All.Count);
        Assert.Empty(installed.Faults);
    }

    [Fact]
    public async Task A_partnership_puts_its_own_version_in_the_place_of_a_built_in_one()
    {
        await _own.AddAsync(OwnDocument.Of("sandwell", d => d["version"] = 1000));

        var catalogue = await _own.Book().PoliciesAsync(default);
        Assert.True(catalogue.Find("sandwell")!.IsOwn);
        Assert.Equal([1000, Shipped], catalogue.VersionsOf("sandwell").Select(p => p.Version));
        Assert.NotNull(catalogue.FindByHash(Sample.Policy("sandwell").Hash));
    }

    [Fact]
    public async Task An_earlier_document_sent_again_changes_nothing_and_says_what_is_in_force()
    {
        await _own.AddAsync(OwnDocument.OfEssex());
        await _own.AddAsync(OwnDocument.OfEssex(1001));

        Assert.Equal(
            1001,
            Assert.IsType<PolicyStoring.Known>(await _own.AddAsync(OwnDocument.OfEssex())).InForce.Version
        );
        Assert.Equal(2, (await PolicyRegister.ReadAsync(_own.Store, default)).Versions.Count);
    }

    [Fact]
    public async Task A_document_of_the_program_changes_nothing_and_takes_no_own_version_away()
    {
        await _own.AddAsync(OwnDocument.Of("sandwell", d => d["version"] = 1000));
        var shipped = PolicyDocument.BytesOf(Sample.Policy("sandwell"));

        var again = await StoredPolicies.AddAsync(
            _own.Store,
            OwnPolicyDocument.Read("shipped", shipped.Span).Policy!,
            null,
            "key:ada",
            "Ada Admin",
            Now,
            default
        );

        Assert.Equal(1000, Assert.IsType<PolicyStoring.Known>(again).InForce.Version);
        Assert.True((await _own.Book().PoliciesAsync(default)).Find("sandwell")!.IsOwn);
    }

    public static TheoryData<string, string, string, string> Clashes =>
        new()
        {
            {
                "essex",
                """{ "name": "Another name" }""",
                "version",
                "must be a new number: version 1002 exists with other content"
            },
            {
                "essex",
                """{ "version": 1001 }""",
                "version",
                "must be more than 1002, which is in force: begin with its document, a setting may have been changed since"
            },
            {
                "essex",
                """{ "version": 1003, "partnership": "kent", "referencePrefix": "KNT" }""",
                "partnership",
                "must be essex, whose policy essex is"
            },
            {
                "essex",
                """{ "version": 1003, "referencePrefix": "KNT" }""",
                "referencePrefix",
                "must be one for each partnership: essex has ESX"
            },
            {
                "essex",
                """{ "id": "kent", "partnership": "kent" }""",
                "referencePrefix",
                "must be one for each partnership: essex has ESX"
            },
            {
                "essex",
                """{ "id": "kent", "partnership": "kent", "referencePrefix": "SAN" }""",
                "referencePrefix",
                "must be one for each partnership: sandwell has SAN"
            },
            {
                "essex",
                """{ "id": "sandwell", "partnership": "kent", "referencePrefix": "KNT" }""",
                "partnership",
                "must be sandwell, whose policy sandwell is"
            },
            {
                "sandwell",
                """{ "version": 1000, "referencePrefix": "SND" }""",
                "referencePrefix",
                "must be one for each partnership: sandwell has SAN"
            },
        };

    [Theory]
    [MemberData(nameof(Clashes))]
    public async Task What_clashes_with_a_stored_or_a_built_in_one_is_refused_with_the_field_and_nothing_is_stored(
        string from,
        string changes,
        string field,
        string reason
    )
    {
        await _own.AddAsync(OwnDocument.OfEssex(1002));
        Action<JsonNode> change = d =>
        {
            foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
                d[name] = value!.DeepClone();
        };

        var refused = Assert.IsType<PolicyStoring.Refused>(
            await _own.AddAsync(from == "essex" ? OwnDocument.OfEssex(1002, change) : OwnDocument.Of(from, change))
        );

        Assert.Contains(refused.Why, e => (e.Field, e.Reason) == (field, reason));
        Assert.Single((await PolicyRegister.ReadAsync(_own.Store, default)).Versions);
        Assert.Single(await _own.Store.ListAsync("policy", "", default));
    }

    [Fact]
    public async Task Every_clash_is_told_at_once()
    {
        await _own.AddAsync(OwnDocument.OfEssex(1002));

        var refused = Assert.IsType<PolicyStoring.Refused>(
            await _own.AddAsync(
                OwnDocument.OfEssex(
                    1002,
                    d =>
                    {
                        d["partnership"] = "kent";
                        d["referencePrefix"] = "SAN";
                    }
                )
            )
        );

        Assert.Equal(["version", "partnership", "referencePrefix"], refused.Why.Select(e => e.Field));
    }

    [Fact]
    public async Task Whoever_saw_another_version_in_force_is_told_so()
    {
        var first = OwnDocument.Read(OwnDocument.OfEssex());
        Assert.Null(
            Assert.IsType<PolicyStoring.Overtaken>(await _own.AddAsync(OwnDocument.OfEssex(), seen: first.Hash)).InForce
        );
        await _own.AddAsync(OwnDocument.OfEssex());
        Assert.IsType<PolicyStoring.Stored>(await _own.AddAsync(OwnDocument.OfEssex(1001), seen: first.Hash));

        Assert.Equal(
            1001,
            Assert
                .IsType<PolicyStoring.Overtaken>(await _own.AddAsync(OwnDocument.OfEssex(1002), seen: first.Hash))
                .InForce!.Version
        );
    }

    [Fact]
    public async Task A_check_says_what_storing_would_and_stores_nothing()
    {
        Assert.Null(
            await StoredPolicies.JudgeAsync(_own.Store, OwnDocument.Read(OwnDocument.OfEssex()), null, default)
        );
        Assert.Equal(0, (await PolicyRegister.ReadAsync(_own.Store, default)).Record);
        Assert.Empty(await _own.Store.ListAsync("policy", "", default));
    }

    [Fact]
    public async Task A_document_whose_register_was_never_written_is_no_policy_and_is_stored_by_a_repeat()
    {
        var policy = OwnDocument.Read(OwnDocument.OfEssex());
        await StoredPolicies.KeepAsync(_own.Store, policy, default);
        Assert.Null((await _own.Book().InstalledAsync(default)).InForce("essex"));

        Assert.IsType<PolicyStoring.Stored>(await _own.AddAsync(OwnDocument.OfEssex()));
        Assert.NotNull((await _own.Book().InstalledAsync(default)).InForce("essex"));
    }

    [Fact]
    public async Task An_older_shipped_version_is_kept_for_its_cases_and_offered_for_no_new_one()
    {
        var shipped = PolicyDocument
            .Read("shipped", Encoding.UTF8.GetBytes(OwnDocument.Of("sandwell", d => d["version"] = 1)))
            .Policy!;
        await StoredPolicies.KeepAsync(_own.Store, shipped, default);

        var catalogue = await _own.Book().PoliciesAsync(default);

        Assert.Equal(1, catalogue.FindByHash(shipped.Hash)!.Version);
        Assert.Equal(Shipped, catalogue.Find("sandwell")!.Version);
        Assert.Equal([Shipped], catalogue.VersionsOf("sandwell").Select(p => p.Version));
    }

    [Fact]
    public async Task An_open_case_keeps_its_version_and_the_next_one_has_the_newer()
    {
        var handler = await HandlerAsync();
        await _own.AddAsync(OwnDocument.OfEssex());
        var first = await OpenAsync(handler, "first");
        await _own.AddAsync(
            OwnDocument.OfEssex(1001, d => d["stages"]![0]!["limits"]![0]!["limit"]!["workingDays"] = 1)
        );
        var second = await OpenAsync(handler, "second");

        Assert.Equal((1000, UkTime.At("2026-09-29 17:00")), (first.Policy.Version, first.Stage.Deadline!.At));
        Assert.Equal((1001, UkTime.At("2026-09-28 17:00")), (second.Policy.Version, second.Stage.Deadline!.At));
        var rules = await handler.RulesAsync(first, Now, default);
        Assert.Equal(1000, rules.Policy.Version);
    }

    [Fact]
    public async Task A_case_is_reckoned_by_the_close_of_business_of_its_own_version()
    {
        var handler = await HandlerAsync();
        await _own.AddAsync(OwnDocument.OfEssex());
        var first = await OpenAsync(handler, "first");
        await _own.AddAsync(OwnDocument.OfEssex(1001, d => d["workingTime"]!["close"] = "16:00"));
        var second = await OpenAsync(handler, "second");

        Assert.Equal(
            ("2026-09-29 17:00", "2026-09-29 16:00"),
            (UkTime.Text(first.Stage.Deadline!.At), UkTime.Text(second.Stage.Deadline!.At))
        );
        Assert.Equal(new TimeOnly(17, 0), (await handler.RulesAsync(first, Now, default)).Calendar.Close);
        Assert.Equal(new TimeOnly(16, 0), (await handler.RulesAsync(second, Now, default)).Calendar.Close);
    }

    private async Task<CaseHandler> HandlerAsync()
    {
        foreach (var agency in Sample.Directory("essex").Agencies)
            await StoredDirectory.WriteAsync(_own.Store, "essex", agency, 0, default);
        return new CaseHandler(
            _own.Store,
            _own.Store,
            _own.Book(),
            new Silent(),
            () => new byte[EventChain.SaltLength]
        );
    }

    private async Task<Case> OpenAsync(CaseHandler handler, string key) =>
        Assert
            .IsType<Handled.Done>(
                await handler.OpenAsync(
                    "essex",
                    Sample.Opening("sefton") with
                    {
                        IntakeKey = key,
                    },
                    true,
                    key,
                    Now,
                    default
                )
            )
            .Document.Case;

    private sealed class Silent : IWaker
    {
        public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
            ValueTask.CompletedTask;
    }
}
