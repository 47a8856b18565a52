using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Leaks;

/// <summary>
/// Cases in which something was said in every way there is, at stages for both agencies and at one that is internal to the agency that
/// raised the concern, each text marked with who may know it.
/// </summary>
public sealed class Story(TestHost host)
{
    public const string Suffolk = "suffolk",
        Surrey = "surrey-adults",
        Raising = "school",
        Receiving = "trust",
        Third = "police";

    private static readonly Func<Who, bool> All = who =>
        who.Runs(Suffolk) || who.IsOf(Suffolk, Raising, Receiving, Third);
    private static readonly Func<Who, bool> Internal = who => who.Runs(Suffolk) || who.IsOf(Suffolk, Raising);

    /// <summary>What the other agency says while an internal stage is open: the raising agency reads all, a third one nothing.</summary>
    private static readonly Func<Who, bool> ReceivingsOwn = who => Internal(who) || who.IsOf(Suffolk, Receiving);

    private readonly Dictionary<(string Partnership, string? Agency), HttpClient> _clients = [];

    public Marks Marks { get; } = new();

    /// <summary>Types of the bodies that were sent.</summary>
    public HashSet<Type> Sent { get; } = [];

    /// <summary>References, in the order in which they were opened.</summary>
    public List<string> Cases { get; } = [];

    /// <summary>Suffolk's stage 1 is for both agencies and closes; stage 2 is internal, and the case is on hold there.</summary>
    public async Task<string> ToTheInternalStageAsync()
    {
        var person = new JsonObject { ["kind"] = "child", ["dateOfBirth"] = "2015-03-04" };
        var at = await OpenAsync(Suffolk, "opening", All, person, Raising, Receiving, Third);
        await SayAsync<NoteBody>(at, "1", Raising, "notes", All);
        await SayAsync<ContactMadeBody>(at, "1", Receiving, "contact-made", All);
        await SayAsync<OutcomeBody>(at, "1", Receiving, "outcomes", All, Outcome("escalate"));

        await SayAsync<NoteBody>(at, "2", Raising, "notes", Internal);
        await SayAsync<NoteBody>(at, "1", Receiving, "notes", ReceivingsOwn);
        await SayAsync<OutcomeBody>(at, "1", Receiving, "outcomes", All, Outcome("resolved"), HttpStatusCode.Conflict);
        await SayAsync<ContactMadeBody>(at, "2", Raising, "contact-made", Internal);
        var added = new JsonObject
        {
            ["from"] = null,
            ["agency"] = Raising,
            ["tier"] = "director",
        };
        await SayAsync<ChangeContactBody>(at, "2", Suffolk, "contacts/change", Internal, added);
        var handing = new JsonObject { ["from"] = "school/lead", ["email"] = "new@elsewhere.org" };
        await SayAsync<HandOverBody>(at, "2", Raising, "hand-over", Internal, handing);
        var accepted = new JsonObject { ["contact"] = (await ReadAsync(at)).Contacts[^1].Id, ["by"] = Nobody(Suffolk) };
        await SayAsync<AcceptContactBody>(at, "2", Suffolk, "contacts/accept", Internal, accepted);
        await SayAsync<SendAgainBody>(at, "2", Raising, "send-again", Internal);
        await SayAsync<PartnershipReviewBody>(
            at,
            "2",
            Suffolk,
            "partnership-review",
            Internal,
            new() { ["referredToChair"] = true }
        );
        await SayAsync<LegalHoldBody>(at, "2", Suffolk, "legal-hold", Internal, new() { ["on"] = true });
        var hold = new JsonObject { ["managerConsulted"] = true, ["reviewOn"] = "2026-10-08" };
        await SayAsync<HoldBody>(at, "2", Raising, "hold", Internal, hold);
        Marks.Add("2026-10-08", "hold.reviewOn", Internal);
        Marks.Add("8 October 2026", "hold.reviewOn", Internal);
        return at;
    }

    /// <summary>
    /// The hold ends, imminent risk is reported, and the internal stage is left for one of both agencies; then an answer to it comes late.
    /// </summary>
    public async Task LeaveTheInternalStageAsync(string at)
    {
        await ResumeAsync(at);
        await SayAsync<UrgentBody>(at, "2", Raising, "urgent", Internal);
        await SayAsync<OutcomeBody>(at, "2", Raising, "outcomes", Internal, Outcome("escalate"));
        await SayAsync<OutcomeBody>(
            at,
            "2",
            Raising,
            "outcomes",
            Internal,
            Outcome("resolved"),
            HttpStatusCode.Conflict
        );
        var duty = (await ReadAsync(at)).Duties.First(d => d is { Rule: "action", Stage: "2" }).Id;
        await SayAsync<CompleteDutyBody>(
            at,
            "2",
            Raising,
            $"duties/{duty}/complete",
            Internal,
            new() { ["completedOn"] = "2026-09-25" }
        );

        // At the stage of both, who took over is asked, and the other agency has to speak to them.
        Marks.Open("2.hand-over.name", All);
        Marks.Open("2.hand-over.role", All);
        await SayAsync<NoteBody>(at, "3", Raising, "notes", All);
    }

    /// <summary>The internal stage is left, and the case ends in agreement.</summary>
    public async Task EscalateAsync(string at)
    {
        await LeaveTheInternalStageAsync(at);
        await SayAsync<OutcomeBody>(at, "3", Receiving, "outcomes", All, Outcome("resolved"));
        await SayAsync<DisputeBody>(at, "3", Raising, "dispute", All);
        await SayAsync<OutcomeBody>(at, "3", Receiving, "outcomes", All, Outcome("resolved"));
        await SayAsync<ConfirmBody>(at, "3", Raising, "confirm", All);
    }

    /// <summary>The clock of the internal stage runs again.</summary>
    public Task ResumeAsync(string at) =>
        SayAsync<ResumeBody>(at, "2", Raising, "resume", Internal, new() { ["review"] = "agreed" });

    /// <summary>At the stage of both an outcome was agreed, and waits to be confirmed.</summary>
    public async Task AgreeAsync(string at)
    {
        await SayAsync<OutcomeBody>(at, "2", Raising, "outcomes", Internal, Outcome("escalate"));
        Marks.Open("2.hand-over.name", All);
        Marks.Open("2.hand-over.role", All);
        await SayAsync<OutcomeBody>(at, "3", Receiving, "outcomes", All, Outcome("resolved"));
    }

    public Task SettleInternallyAsync(string at) =>
        SayAsync<OutcomeBody>(at, "2", Raising, "outcomes", Internal, Outcome("noLongerDisagrees"));

    public async Task SkipAsync(string at)
    {
        await SayAsync<SkipBody>(at, "2", Raising, "skip", Internal, new() { ["to"] = "4" });
        // As at stage 3: who took over is asked at a stage of both.
        Marks.OpenLast("2.hand-over.name", All);
        Marks.OpenLast("2.hand-over.role", All);
    }

    public Task WithdrawAsync(string at) => SayAsync<WithdrawBody>(at, "2", Raising, "withdraw", Internal);

    /// <summary>
    /// Two agencies raise the same concern with each other, each at its own internal first stage; then one goes on to the stage of both. So
    /// one agency sees a case whose likeness to another it must not be told of, and the other sees both.
    /// </summary>
    public async Task RaiseTheSameTwiceAsync()
    {
        Func<Who, bool> raising = who => who.Runs(Surrey) || who.IsOf(Surrey, Raising);
        Func<Who, bool> receiving = who => who.Runs(Surrey) || who.IsOf(Surrey, Receiving);
        var person = new JsonObject
        {
            ["kind"] = "adult",
            ["name"] = "Same Person",
            ["dateOfBirth"] = "1970-01-02",
        };
        Marks.Add(
            await OpenAsync(Surrey, "hidden", raising, person, Raising, Receiving),
            "possibleDuplicates",
            raising
        );
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var shown = await OpenAsync(Surrey, "shown", who => raising(who) || receiving(who), person, Receiving, Raising);
        await SayAsync<OutcomeBody>(shown, "1", Receiving, "outcomes", receiving, Outcome("escalate"));
    }

    private static JsonObject Outcome(string outcome) =>
        new()
        {
            ["outcome"] = outcome,
            ["method"] = "phone",
            ["discussedOn"] = "2026-09-25",
            ["recordKeeper"] = Raising,
            ["chair"] = new JsonObject { ["agency"] = Third },
            ["actions"] = null,
            ["themes"] = null,
            ["fields"] = new JsonObject { ["stepsFollowed"] = "yes", ["evidenceBase"] = "As asked" },
        };

    private static JsonObject Nobody(string agency) =>
        new()
        {
            ["agency"] = agency,
            ["name"] = "Somebody",
            ["role"] = null,
        };

    private async Task<string> OpenAsync(
        string policy,
        string where,
        Func<Who, bool> mayKnow,
        JsonObject person,
        string raising,
        params string[] others
    )
    {
        var given = new JsonObject
        {
            ["policy"] = policy,
            ["person"] = person.DeepClone(),
            ["nature"] = new JsonArray("other"),
            ["raisedBy"] = new JsonObject { ["agency"] = raising, ["agencyName"] = null },
            ["receivedBy"] = new JsonArray([.. others.Select(Receiver)]),
        };
        string[] nothing =
        [
            "raisedAt",
            "agencies",
            "circumstances",
            "independentReviewingOfficer",
            "fields",
            "startAtStage",
            "startReason",
            "startConsulted",
            "dates",
        ];
        foreach (var name in nothing)
            given[name] = null;
        var body = Marks.Body(typeof(OpeningBody), where, mayKnow, given);
        var opened = await (await AsAsync(policy, raising)).PostAsync("/api/escalations", body);
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        Cases.Add(opened["reference"]!);
        return Cases[^1];

        JsonNode Receiver(string agency) =>
            Marks.Body(
                typeof(IntakePerson),
                $"{where}.receivedBy",
                mayKnow,
                new() { ["agency"] = agency, ["agencyName"] = null }
            );
    }

    /// <param name="at">The case.</param>
    /// <param name="by">The agency that says it; the partnership: its business manager.</param>
    private async Task SayAsync<T>(
        string at,
        string stage,
        string by,
        string move,
        Func<Who, bool> mayKnow,
        JsonObject? given = null,
        HttpStatusCode expected = HttpStatusCode.OK
    )
        where T : MoveBody
    {
        var (partnership, where) = (
            at.StartsWith("SUF", StringComparison.Ordinal) ? Suffolk : Surrey,
            $"{stage}.{move}"
        );
        given = given?.DeepClone() as JsonObject ?? [];
        given["id"] = null;
        given["stage"] = stage;
        given["by"] ??= new JsonObject { ["agency"] = by };
        if (typeof(T) == typeof(OutcomeBody))
            given["to"] = null;
        // Of an agreement nobody confirms for one of two.
        if (typeof(T) == typeof(ConfirmBody))
            given["for"] = null;
        var body = Marks.Body(typeof(T), where, mayKnow, given);
        if (typeof(T) == typeof(OutcomeBody))
            body["actions"] = new JsonArray([.. new[] { Raising, Receiving }.Select(Action)]);
        Sent.Add(typeof(T));
        var answer = await (await AsAsync(partnership, by == partnership ? null : by)).PostAsync(
            $"/api/escalations/{at}/{move}",
            body
        );
        Assert.True(answer.Status == expected, $"{where}: {answer.Text}");

        JsonNode Action(string agency) =>
            Marks.Body(
                typeof(AgreedAction),
                $"{where}.actions",
                mayKnow,
                new() { ["agency"] = agency, ["due"] = "2026-11-20" }
            );
    }

    private async Task<Case> ReadAsync(string reference) =>
        (await host.Services.GetRequiredService<CaseHandler>().ReadAsync(reference, default))!.Case;

    private async Task<HttpClient> AsAsync(string partnership, string? agency)
    {
        var role = agency is null ? Roles.BusinessManager : Roles.Practitioner;
        if (!_clients.TryGetValue((partnership, agency), out var client))
            _clients[(partnership, agency)] = client = await host.AsAsync(role, partnership, agency);
        return client;
    }
}
