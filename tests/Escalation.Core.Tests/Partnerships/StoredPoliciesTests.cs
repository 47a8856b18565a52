using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Partnerships;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Partnerships;

public sealed class StoredPoliciesTests
{
    private static readonly DateTimeOffset Now = UkTime.At("2026-09-25 11:00");
    private readonly MemoryStore _store = new();
    private readonly List<PolicyFault> _told = [];

    [Fact]
    public async Task A_stored_version_is_in_force_and_the_register_says_who_stored_it_when()
    {
        Assert.IsType<PolicyStoring.Stored>(await AddAsync(OwnDocument.OfEssex()));

        var installed = await Book().InstalledAsync(default);
        Assert.Equal(1000, installed.InForce("essex")!.Version);
        Assert.Equal(("key:ada", "Ada Admin", Now),
            (installed.Register.Versions[0].By, installed.Register.Versions[0].Name, installed.Register.Versions[0].At));
        Assert.Equal(9, installed.Catalogue.All.Count);
        Assert.Empty(installed.Faults);
    }

    [Fact]
    public async Task A_partnership_puts_its_own_version_in_the_place_of_a_built_in_one()
    {
        await AddAsync(OwnDocument.Of("sandwell", d => d["version"] = 1000));

        var catalogue = await Book().PoliciesAsync(default);
        Assert.True(catalogue.Find("sandwell")!.IsOwn);
        Assert.Equal([1000, 1], catalogue.VersionsOf("sandwell").Select(p => p.Version));
        Assert.NotNull(catalogue.FindByHash(Sample.Policy("sandwell").Hash));
    }

    [Fact]
    public async Task An_earlier_document_sent_again_changes_nothing_and_says_what_is_in_force()
    {
        await AddAsync(OwnDocument.OfEssex());
        await AddAsync(OwnDocument.OfEssex(1001));

        Assert.Equal(1001, Assert.IsType<PolicyStoring.Known>(await AddAsync(OwnDocument.OfEssex())).InForce.Version);
        Assert.Equal(2, (await PolicyRegister.ReadAsync(_store, default)).Versions.Count);
    }

    [Fact]
    public async Task A_document_of_the_program_changes_nothing_and_takes_no_own_version_away()
    {
        await AddAsync(OwnDocument.Of("sandwell", d => d["version"] = 1000));
        var shipped = PolicyDocument.BytesOf(Sample.Policy("sandwell"));

        var again = await StoredPolicies.AddAsync(_store, OwnPolicyDocument.Read("shipped", shipped.Span).Policy!, null, "key:ada",
            "Ada Admin", Now, default);

        Assert.Equal(1000, Assert.IsType<PolicyStoring.Known>(again).InForce.Version);
        Assert.True((await Book().PoliciesAsync(default)).Find("sandwell")!.IsOwn);
    }

    public static TheoryData<string, string, string, string> Clashes => new()
    {
        { "essex", """{ "name": "Another name" }""", "version", "must be a new number: version 1002 exists with other content" },
        { "essex", """{ "version": 1001 }""", "version", "must be more than 1002, which is in force" },
        { "essex", """{ "version": 1003, "partnership": "kent", "referencePrefix": "KNT" }""", "partnership",
            "must be essex, whose policy essex is" },
        { "essex", """{ "version": 1003, "referencePrefix": "KNT" }""", "referencePrefix",
            "must be one for each partnership: essex has ESX" },
        { "essex", """{ "id": "kent", "partnership": "kent" }""", "referencePrefix", "must be one for each partnership: essex has ESX" },
        { "essex", """{ "id": "kent", "partnership": "kent", "referencePrefix": "SAN" }""", "referencePrefix",
            "must be one for each partnership: sandwell has SAN" },
        { "essex", """{ "id": "sandwell", "partnership": "kent", "referencePrefix": "KNT" }""", "partnership",
            "must be sandwell, whose policy sandwell is" },
        { "sandwell", """{ "version": 1000, "referencePrefix": "SND" }""", "referencePrefix",
            "must be one for each partnership: sandwell has SAN" },
    };

    [Theory]
    [MemberData(nameof(Clashes))]
    public async Task What_clashes_with_a_stored_or_a_built_in_one_is_refused_with_the_field_and_nothing_is_stored(string from,
        string changes, string field, string reason)
    {
        await AddAsync(OwnDocument.OfEssex(1002));
        Action<JsonNode> change = d =>
        {
            foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
                d[name] = value!.DeepClone();
        };

        var refused = Assert.IsType<PolicyStoring.Refused>(
            await AddAsync(from == "essex" ? OwnDocument.OfEssex(1002, change) : OwnDocument.Of(from, change)));

        Assert.Contains(refused.Why, e => (e.Field, e.Reason) == (field, reason));
        Assert.Single((await PolicyRegister.ReadAsync(_store, default)).Versions);
        Assert.Single(await _store.ListRecordsAsync("policy", "", default));
    }

    [Fact]
    public async Task Every_clash_is_told_at_once()
    {
        await AddAsync(OwnDocument.OfEssex(1002));

        var refused = Assert.IsType<PolicyStoring.Refused>(
            await AddAsync(OwnDocument.OfEssex(1002, d => { d["partnership"] = "kent"; d["referencePrefix"] = "SAN"; })));

        Assert.Equal(["version", "partnership", "referencePrefix"], refused.Why.Select(e => e.Field));
    }

    [Fact]
    public async Task Whoever_saw_another_version_in_force_is_told_so()
    {
        var first = OwnDocument.Read(OwnDocument.OfEssex());
        Assert.Null(Assert.IsType<PolicyStoring.Overtaken>(await AddAsync(OwnDocument.OfEssex(), seen: first.Hash)).InForce);
        await AddAsync(OwnDocument.OfEssex());
        Assert.IsType<PolicyStoring.Stored>(await AddAsync(OwnDocument.OfEssex(1001), seen: first.Hash));

        Assert.Equal(1001,
            Assert.IsType<PolicyStoring.Overtaken>(await AddAsync(OwnDocument.OfEssex(1002), seen: first.Hash)).InForce!.Version);
    }

    [Fact]
    public async Task A_check_says_what_storing_would_and_stores_nothing()
    {
        Assert.Null(await StoredPolicies.JudgeAsync(_store, OwnDocument.Read(OwnDocument.OfEssex()), null, default));
        Assert.Equal(0, (await PolicyRegister.ReadAsync(_store, default)).Record);
        Assert.Empty(await _store.ListRecordsAsync("policy", "", default));
    }

    [Fact]
    public async Task A_document_whose_register_was_never_written_is_no_policy_and_is_stored_by_a_repeat()
    {
        var policy = OwnDocument.Read(OwnDocument.OfEssex());
        await StoredPolicies.KeepAsync(_store, policy, default);
        Assert.Null((await Book().InstalledAsync(default)).InForce("essex"));

        Assert.IsType<PolicyStoring.Stored>(await AddAsync(OwnDocument.OfEssex()));
        Assert.NotNull((await Book().InstalledAsync(default)).InForce("essex"));
    }

    [Theory]
    [InlineData("""{ "id": "essex", "somethingNewer": 1 }""", "somethingNewer is not a known field")]
    [InlineData(null, "document is not in the store")]
    public async Task A_document_that_this_program_cannot_use_is_told_and_the_other_policies_go_on(string? document, string reason)
    {
        await SpoiltAsync(document);
        var book = Book();

        var installed = await book.InstalledAsync(default);
        await book.EveryPolicyAsync(default);

        Assert.Contains(reason, Assert.Single(installed.Faults).Reason, StringComparison.Ordinal);
        Assert.Single(_told);
        Assert.Equal(8, installed.Catalogue.All.Count);
        Assert.NotNull(await book.ForPolicyAsync("sandwell", Now, default));
        Assert.Contains("essex", installed.Partnerships);
        Assert.Equal("essex", await book.PartnershipOfAsync("ESX-7K3M-Q9XA", default));
        Assert.Contains(reason,
            (await Assert.ThrowsAsync<PolicyUnavailableException>(() => book.ForPolicyAsync("essex", Now, default))).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_never_stands_in_for_one_in_force_that_this_program_cannot_use()
    {
        await AddAsync(OwnDocument.OfEssex());
        var older = OwnDocument.Read(OwnDocument.OfEssex());
        var newer = OwnDocument.Read(OwnDocument.OfEssex(1001));
        await AddAsync(OwnDocument.OfEssex(1001));
        await _store.WriteRecordAsync("policy", newer.Hash, "{}", 1, default);
        var book = Book();

        await Assert.ThrowsAsync<PolicyUnavailableException>(() => book.ForPolicyAsync("essex", Now, default));
        Assert.Equal(1000, (await book.PinnedAsync(new PolicyReference("essex", 1000, older.Hash), default)).Version);
        Assert.Contains("must be given", (await Assert.ThrowsAsync<PolicyUnavailableException>(
            () => book.PinnedAsync(new PolicyReference("essex", 1001, newer.Hash), default).AsTask())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_with_another_content_than_its_hash_is_not_used()
    {
        await SpoiltAsync(OwnDocument.OfEssex(1000, d => d["name"] = "Changed on the way"));

        Assert.Contains("its content has another hash", Assert.Single((await Book().InstalledAsync(default)).Faults).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_document_that_a_later_check_would_refuse_is_still_used()
    {
        var document = OwnDocument.OfEssex(1000, d => d["retention"]!["years"] = 500);
        Assert.Null(OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(document)).Policy);
        var policy = PolicyDocument.ReadStored("own", Encoding.UTF8.GetBytes(document)).Policy!;
        await StoredPolicies.AddAsync(_store, policy, null, "key:ada", "Ada Admin", Now, default);

        Assert.Equal(500, (await Book().InstalledAsync(default)).InForce("essex")!.Retention.Years);
    }

    [Fact]
    public async Task A_policy_that_a_later_program_brings_does_not_push_out_a_partnerships_own_with_its_prefix()
    {
        // As if the partnership had been there before the program brought Sefton's policy.
        var document = OwnDocument.OfEssex(1000, d => d["referencePrefix"] = "SEF");
        var policy = OwnDocument.Read(document);
        await StoredPolicies.KeepAsync(_store, policy, default);
        await RegisterAsync(policy);
        var book = Book();

        var installed = await book.InstalledAsync(default);

        Assert.Equal("essex", await book.PartnershipOfAsync("SEF-7K3M-Q9XA", default));
        Assert.NotNull(installed.InForce("essex"));
        Assert.Contains("comes with the program and is not offered", Assert.Single(installed.Faults).Reason, StringComparison.Ordinal);
        Assert.NotNull(installed.Catalogue.FindByHash(Sample.Policy("sefton").Hash));
        await Assert.ThrowsAsync<PolicyUnavailableException>(() => book.ForPolicyAsync("sefton", Now, default));
    }

    [Fact]
    public async Task An_older_shipped_version_is_kept_for_its_cases_and_offered_for_no_new_one()
    {
        var shipped = PolicyDocument.Read("shipped", Encoding.UTF8.GetBytes(OwnDocument.Of("sandwell", d => d["version"] = 2))).Policy!;
        await StoredPolicies.KeepAsync(_store, shipped, default);

        var catalogue = await Book().PoliciesAsync(default);

        Assert.Same(catalogue.FindByHash(shipped.Hash), catalogue.FindByHash(shipped.Hash));
        Assert.Equal(2, catalogue.FindByHash(shipped.Hash)!.Version);
        Assert.Equal(1, catalogue.Find("sandwell")!.Version);
        Assert.Equal([1], catalogue.VersionsOf("sandwell").Select(p => p.Version));
    }

    [Fact]
    public async Task An_open_case_keeps_its_version_and_the_next_one_has_the_newer()
    {
        var handler = new CaseHandler(_store, Book(), new Silent(), () => new byte[EventChain.SaltLength]);
        foreach (var agency in Sample.Directory("essex").Agencies)
            await StoredDirectory.WriteAsync(_store, "essex", agency, 0, default);
        await AddAsync(OwnDocument.OfEssex());
        var first = await OpenAsync(handler, "first");
        await AddAsync(OwnDocument.OfEssex(1001, d => d["stages"]![0]!["limit"]!["workingDays"] = 1));
        var second = await OpenAsync(handler, "second");

        Assert.Equal((1000, UkTime.At("2026-09-29 17:00")), (first.Policy.Version, first.Stage.Deadline.At));
        Assert.Equal((1001, UkTime.At("2026-09-28 17:00")), (second.Policy.Version, second.Stage.Deadline.At));
        var rules = await handler.RulesAsync(first, Now, default);
        Assert.Equal(1000, rules.Policy.Version);
    }

    private async Task<Case> OpenAsync(CaseHandler handler, string key) => Assert.IsType<Handled.Done>(
        await handler.OpenAsync("essex", Sample.Opening("sefton") with { IntakeKey = key }, true, key, Now, default)).Document.Case;

    private RuleBook Book() => new(_store, _told.Add);

    private Task<PolicyStoring> AddAsync(string document, string? seen = null) =>
        StoredPolicies.AddAsync(_store, OwnDocument.Read(document), seen, "key:ada", "Ada Admin", Now, default);

    /// <summary>Essex's policy with another document under its hash, or none.</summary>
    private async Task SpoiltAsync(string? document)
    {
        await AddAsync(OwnDocument.OfEssex());
        Assert.True(await _store.WriteRecordAsync("policy", OwnDocument.Read(OwnDocument.OfEssex()).Hash, document, 1, default));
    }

    private async Task RegisterAsync(Policy policy)
    {
        await AddAsync(OwnDocument.OfEssex(1000, d => { d["id"] = "kent"; d["partnership"] = "kent"; d["referencePrefix"] = "KNT"; }));
        var record = (await _store.ReadRecordAsync("policyRegister", "own", default))!;
        var body = JsonNode.Parse(record.Body)!.AsArray();
        var added = body[0]!.DeepClone();
        added["key"] = new JsonObject
        {
            ["id"] = policy.Id,
            ["version"] = policy.Version,
            ["hash"] = policy.Hash,
            ["partnership"] = policy.Partnership,
            ["referencePrefix"] = policy.ReferencePrefix,
        };
        body.Add(added);
        Assert.True(await _store.WriteRecordAsync("policyRegister", "own", body.ToJsonString(), record.Version, default));
    }

    private sealed class Silent : IWaker
    {
        public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) => ValueTask.CompletedTask;
    }
}
