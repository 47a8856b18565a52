using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Emails;

/// <summary>
/// The emails of cases that live through what can happen, word for word: the files in <c>Texts</c>. Emails that differ in their links and
/// recipients alone stand there once; so does what is told again and again. With <c>EMAILS_WRITE=1</c> in the environment the files are
/// written instead of compared.
/// </summary>
public sealed partial class EmailTextsTests
{
    public static TheoryData<string> Procedures() => [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(Procedures))]
    public async Task Nobody_answers(string policy)
    {
        var all = new List<(CaseDocument, Email)>();
        var (world, post, document) = await Lives.StartAsync(policy);
        await using var w = world;
        await Lives.LiveAsync(world, post, document.Case.Reference, World.At("2027-03-01T10:00:00Z"), all);
        Holds($"nobody-answers-{policy}", all);
    }

    [Fact]
    public Task Imminent_risk_is_reported_by_the_agency_that_received_the_concern() =>
        HoldsAsync("urgent-by-the-receiving-agency", ReportedByReceivingAsync);

    [Fact]
    public Task An_urgent_case_is_missed_to_its_end_and_then_decided() =>
        HoldsAsync("urgent-missed-decided", Lives.MissedToTheEndAsync);

    [Fact]
    public Task An_answer_comes_late_and_a_day_becomes_a_holiday() =>
        HoldsAsync("late-answer-and-amendment", Lives.LateAsync);

    [Fact]
    public Task A_case_is_held_and_goes_on_and_gets_a_response() => HoldsAsync("hold-and-response", Lives.HeldAsync);

    [Fact]
    public Task An_outcome_is_disputed() => HoldsAsync("disputed", Lives.DisputedAsync);

    [Fact]
    public Task Emails_are_refused_and_cases_are_alike() => HoldsAsync("refused-and-alike", Lives.FailedAsync);

    [Fact]
    public Task An_agreed_outcome_is_never_confirmed() => HoldsAsync("never-confirmed", NeverConfirmedAsync);

    [Fact]
    public Task Emails_of_a_stage_are_delivered_and_those_of_the_next_one_never_go_out() =>
        HoldsAsync("delivered-and-untold", DeliveredAndUntoldAsync);

    [Fact]
    public Task Two_decide_together() => HoldsAsync("two-decide", TwoDecideAsync);

    [Fact]
    public Task A_mediation_ends_without_agreement() => HoldsAsync("mediation", MediationAsync);

    [Fact]
    public Task The_case_is_at_a_stage_of_one_agencys_own() => HoldsAsync("internal-stage", InternalStageAsync);

    [Fact]
    public Task A_procedure_tells_some_always_and_some_in_certain_circumstances() =>
        HoldsAsync("told-in-circumstances", ToldAsync);

    [Fact]
    public Task Each_agency_has_things_to_do() => HoldsAsync("duties", DutiesAsync);

    /// <summary>One that asks and one that only tells, where there are both: an email can be seen whole beside its source.</summary>
    [Fact]
    public async Task Each_kind_of_email_is_as_the_file_beside_its_source_shows()
    {
        var byKind = (await Lives.EveryKindAsync()).ToLookup(a => Post.KindOf(a.Email));
        Assert.Equal(NoticeKinds.All.Order(), byKind.Select(k => k.Key).Order());
        var differences = NoticeKinds
            .All.GroupBy(SourceOf)
            .Select(source =>
            {
                var shown = source.SelectMany(kind => byKind[kind].DistinctBy(a => a.Email.Links.Count > 0)).ToList();
                return KeptWords.Difference(Path.Combine(Kinds, $"{source.Key}.txt"), TextOf(shown), "EMAILS_WRITE");
            })
            .OfType<string>();
        Assert.Empty(differences);
        Assert.Equal(
            Directory.GetFiles(Kinds, "*.cs").Select(f => Path.ChangeExtension(f, ".txt")).Order(),
            Directory.GetFiles(Kinds, "*.txt").Order()
        );
    }

    private static string Kinds => Path.Combine(Here(), "../../../src/Escalation.Web/Emails/Kinds");

    private static string SourceOf(string kind) =>
        kind.StartsWith("duty", StringComparison.Ordinal)
            ? "DutyEmail"
            : $"{char.ToUpperInvariant(kind[0])}{kind[1..]}Email";

    private static async Task NeverConfirmedAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        await Lives.LiveAsync(world, post, reference, World.At("2026-12-31T16:30:00Z"), all);
        var agreed = World.Outcome("1", "resolved", World.Receiving, new DateOnly(2026, 12, 31));
        await world.DoAsync(reference, agreed with { RecordKeeper = World.Raising });
        await Lives.LiveAsync(world, post, reference, World.At("2027-01-06T10:00:00Z"), all);
    }

    private static async Task DeliveredAndUntoldAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        await Lives.SendAsync(post, reference, all);
        foreach (var notice in (await world.ReadAsync(reference)).Case.Notices)
            await world.Handler.RecordDeliveryAsync(reference, notice.Key, null, world.Now, default);
        await Lives.LiveAsync(world, post, reference, World.At("2026-12-31T16:59:00Z"), all);
        post.Answer = _ => new MailResult.Down("signIn");
        await Lives.LiveAsync(world, post, reference, World.At("2027-01-08T16:59:00Z"), []);
        post.Answer = _ => new MailResult.Taken("operation");
        await Lives.LiveAsync(world, post, reference, World.At("2027-01-09T10:00:00Z"), all);
    }

    /// <summary>Suffolk's stage 2: imminent risk is reported, and the other agency's answer to stage 1 comes.</summary>
    private static async Task InternalStageAsync(List<(CaseDocument, Email)> all)
    {
        var day = new DateOnly(2026, 10, 12);
        var (world, post, document) = await Lives.StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await world.DoAsync(reference, World.Outcome("1", "escalate", World.Raising, day));
        await Lives.SendAsync(post, reference, all);
        await world.DoAsync(reference, World.Outcome("1", "resolved", World.Receiving, day));
        await world.DoAsync(reference, Commands.Urgent(World.Raising) with { Id = "u", Stage = "2" });
        await Lives.SendAsync(post, reference, all);
    }

    private static async Task ReportedByReceivingAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await Lives.StartAsync("sandwell", "2026-10-12T09:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await Lives.SendAsync(post, reference, []);
        var report = Commands.Urgent(World.Receiving) with { Id = "u", Stage = "informal", Phone = "01234 567890" };
        await world.DoAsync(reference, report);
        await Lives.SendAsync(post, reference, all);
    }

    /// <summary>The chair records it and the business manager disputes it; the partnership records another, which both confirm.</summary>
    private static async Task TwoDecideAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, reference) = await AtLastAsync(OwnDocument.OfTwoWhoDecide());
        await using var w = world;
        var decided = World.Outcome("4", "decided", "sefton", new DateOnly(2026, 10, 12));
        await world.DoAsync(reference, decided with { Actor = "link:sefton/chair" });
        await Lives.SendAsync(post, reference, all);
        await world.DoAsync(
            reference,
            Commands.Dispute("sefton") with
            {
                Id = "d",
                Stage = "4",
                Actor = "link:sefton/businessManager",
            }
        );
        await Lives.SendAsync(post, reference, all);
        await world.DoAsync(reference, World.Outcome("4", "decided", "sefton", new DateOnly(2026, 10, 12)));
        await Lives.SendAsync(post, reference, all);
        foreach (var who in new[] { "chair", "businessManager" })
            await world.DoAsync(
                reference,
                Commands.Confirm("sefton") with
                {
                    Id = who,
                    Stage = "4",
                    Actor = $"link:sefton/{who}",
                }
            );
        await Lives.SendAsync(post, reference, all);
    }

    private static async Task MediationAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, reference) = await AtLastAsync(OwnDocument.OfMediation());
        await using var w = world;
        await world.DoAsync(reference, World.Outcome("4", "withoutAgreement", "sefton", new DateOnly(2026, 10, 12)));
        await Lives.SendAsync(post, reference, all);
    }

    /// <summary>At the last stage, with what went before sent and not kept.</summary>
    private static async Task<(World World, Post Post, string Reference)> AtLastAsync(string document)
    {
        var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("sefton");
        await world.StoreAsync(OwnDocument.Read(document));
        var post = new Post(world);
        var reference = (await world.OpenAsync("sefton")).Case.Reference;
        foreach (var stage in new[] { "1", "2", "3" })
            await world.DoAsync(
                reference,
                World.Outcome(stage, "escalate", World.Raising, new DateOnly(2026, 10, 12)) with
                {
                    Fields = new Dictionary<string, string> { ["justified"] = "yes" },
                }
            );
        await post.SendAsync(reference);
        return (world, post, reference);
    }

    private static async Task ToldAsync(List<(CaseDocument, Email)> all)
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var w = world;
        var policy = OwnDocument.Read(
            OwnDocument.Of(
                "sandwell",
                d =>
                {
                    d["version"] = 1000;
                    var always = d["tells"]![0]!.DeepClone();
                    always["who"]!["tier"] = "director";
                    always["circumstances"] = new JsonArray();
                    always["text"] = "Told always.";
                    var looked = always.DeepClone();
                    looked["circumstances"] = new JsonArray("lookedAfter");
                    looked["text"] = "Told of children who are looked after.";
                    d["tells"]!.AsArray().Add(always);
                    d["tells"]!.AsArray().Add(looked);
                }
            )
        );
        await StoredPolicies.AddAsync(world.Store, policy, null, "key:test", "A test", world.Now, default);
        world.Book.Refresh();
        var post = new Post(world);
        foreach (var circumstances in new[] { Array.Empty<string>(), ["lookedAfter"] })
        {
            var opened = await world.OpenAsync("sandwell", o => o with { Circumstances = [.. circumstances] });
            await world.DoAsync(
                opened.Case.Reference,
                World.Outcome("informal", "escalate", World.Raising, new DateOnly(2026, 12, 23))
            );
            await Lives.SendAsync(post, opened.Case.Reference, all);
        }
    }

    private static async Task DutiesAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        var action = new AgreedAction("PLANTED-ACTION", "PLANTED-WHOM", World.Raising, new DateOnly(2027, 1, 11));
        var outcome = World.Outcome("informal", "escalate", World.Raising, new DateOnly(2026, 12, 23));
        var other = action with { Agency = World.Receiving, Due = new DateOnly(2027, 1, 12) };
        await world.DoAsync(reference, outcome with { Actions = [action, other] });
        await Lives.LiveAsync(world, post, reference, World.At("2027-01-13T17:00:00Z"), all);
    }

    private static async Task HoldsAsync(string name, Func<List<(CaseDocument, Email)>, Task> life)
    {
        var all = new List<(CaseDocument, Email)>();
        await life(all);
        Holds(name, all);
    }

    private static void Holds(string name, List<(CaseDocument Document, Email Email)> all)
    {
        var different = KeptWords.Difference(Path.Combine(Here(), "Texts", $"{name}.txt"), TextOf(all), "EMAILS_WRITE");
        Assert.True(different is null, different);
    }

    private static string TextOf(List<(CaseDocument Document, Email Email)> all)
    {
        var text = new StringBuilder();
        var once = all.DistinctBy(a => QueuedOf(a.Document, a.Email) with { Key = "", Cause = 0 });
        foreach (var alike in once.Select(a => (a.Email, Words: Words(a.Document, a.Email))).GroupBy(a => a.Words))
            text.Append("==== To ")
                .AppendJoin(", ", alike.Select(a => a.Email.ToAddress))
                .Append('\n')
                .Append(alike.Key)
                .Append('\n');
        return Reference().Replace(text.ToString(), "$1-CASE");
    }

    private static NoticeQueued QueuedOf(CaseDocument document, Email email) =>
        document.Case.Notices.Find(n => n.Key == email.Key)!.Queued;

    private static string Words(CaseDocument document, Email email)
    {
        var words = new StringBuilder();
        var calendar = email.Calendar?.Content.Split("\r\n").Where(l => CalendarLine().IsMatch(l)) ?? [];
        words.Append("At: ").Append(document.Case.Notices.Find(n => n.Key == email.Key)!.At.ToString("u")).Append('\n');
        words.Append("Subject: ").Append(email.Subject).Append("\nReply-To: ").Append(email.ReplyTo).Append('\n');
        foreach (var line in calendar)
            words.Append("Calendar: ").Append(line).Append('\n');
        words.Append('\n').Append(email.Text.Replace(email.ToName, "NAME", StringComparison.Ordinal)).Append('\n');
        return Hash().Replace(Link().Replace(words.ToString(), "/r/LINK"), "HASH");
    }

    [GeneratedRegex("^(METHOD|SEQUENCE|DTSTART|DTEND|ORGANIZER|STATUS)", RegexOptions.None, 10_000)]
    private static partial Regex CalendarLine();

    [GeneratedRegex("([A-Z]{2,4})-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.None, 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex("/r/[^ \n]+", RegexOptions.None, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("[0-9a-f]{12,64}", RegexOptions.None, 10_000)]
    private static partial Regex Hash();

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
