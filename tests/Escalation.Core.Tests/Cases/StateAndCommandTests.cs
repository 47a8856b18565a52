using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>
/// Every command in every state a case can be in (Suffolk, which has them all). A new command or status fails until it
/// is stated here.
/// </summary>
public sealed class StateAndCommandTests
{
    /// <summary>
    /// <c>ok</c>: done, <c>late</c>: recorded as a late response, <c>no</c>: notAllowed, <c>none</c>: notFound, <c>bad</c>: invalid,
    /// <c>off</c>: unavailable.
    /// </summary>
    private const string Table = """
                            open  internal final  overdue responded onHold awaiting resolved decided undecided withdrawn removed unknown
        RecordOutcome       ok    ok       ok     ok      ok        ok     no       late     late    late      late      no      off
        AdoptLateResponse   no    no       no     no      no        no     no       no       no      no        no        no      off
        Confirm             no    no       no     no      no        no     ok       no       no      no        no        no      off
        Dispute             no    no       no     no      no        no     ok       no       no      no        no        no      off
        Skip                ok    ok       no     no      no        ok     no       no       no      no        no        no      off
        SetDate             bad   bad      bad    bad     bad       no     no       no       no      no        no        no      off
        PlaceHold           ok    ok       no     no      no        no     no       no       no      no        no        no      off
        Resume              no    no       no     no      no        ok     no       no       no      no        no        no      off
        Withdraw            ok    ok       ok     ok      ok        ok     ok       no       no      no        no        no      off
        AddNote             ok    ok       ok     ok      ok        ok     ok       ok       ok      ok        ok        no      off
        MakeContact         ok    ok       ok     ok      ok        ok     ok       no       no      no        no        no      off
        RaiseUrgent         ok    ok       ok     ok      ok        ok     ok       ok       ok      ok        ok        no      off
        HandOver            ok    ok       ok     ok      ok        ok     ok       no       no      no        no        no      off
        ChangeContact       ok    ok       ok     ok      ok        ok     ok       no       no      no        no        no      off
        AcceptContact       ok    ok       ok     ok      ok        ok     ok       no       no      no        no        no      off
        SendAgain           ok    ok       ok     ok      ok        ok     ok       no       no      no        no        no      off
        CompleteDuty        none  none     none   none    none      none   none     none     none    none      none      no      off
        SetLegalHold        ok    ok       ok     ok      ok        ok     ok       ok       ok      ok        ok        no      off
        ReviewByPartnership ok    ok       ok     ok      ok        ok     ok       ok       ok      ok        ok        no      off
        """;

    private static readonly Dictionary<string, string> Answer = new()
    {
        ["ok"] = "done",
        ["late"] = Answers.StageClosed,
        ["no"] = Codes.NotAllowed,
        ["none"] = Codes.NotFound,
        ["bad"] = Codes.Invalid,
        ["off"] = Codes.Unavailable,
    };

    public static TheoryData<string, string, string> Pairs { get; } = Read();

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_command_in_a_state_is_answered_as_stated_and_a_refusal_writes_nothing(
        string state,
        string command,
        string expected
    )
    {
        var story = In(state);
        var events = story.Case.Events;
        Assert.Equal(Answer[expected], story.Do(Command(command, story)));
        if (expected is "no" or "none" or "bad" or "off")
            Assert.Equal((events, 0), (story.Case.Events, story.Latest.Count));
        else
            Assert.True(
                story.Latest.Count > 0 || command == nameof(AcceptContact),
                "An accepted command says so in the record."
            );
    }

    /// <summary>
    /// What is sent from a form that was opened before the stage moved on: what is not about the stage is taken all the same.
    /// </summary>
    [Theory]
    [InlineData(nameof(AddNote), "done")]
    [InlineData(nameof(RaiseUrgent), "done")]
    [InlineData(nameof(SetLegalHold), "done")]
    [InlineData(nameof(ReviewByPartnership), "done")]
    [InlineData(nameof(ChangeContact), "done")]
    [InlineData(nameof(CompleteDuty), Codes.NotFound)]
    [InlineData(nameof(AcceptContact), "done")]
    [InlineData(nameof(MakeContact), Codes.StageClosed)]
    [InlineData(nameof(SendAgain), Codes.StageClosed)]
    [InlineData(nameof(HandOver), Codes.StageClosed)]
    [InlineData(nameof(Skip), Codes.StageClosed)]
    [InlineData(nameof(PlaceHold), Codes.StageClosed)]
    [InlineData(nameof(Withdraw), Codes.StageClosed)]
    public void Sent_from_the_form_of_an_earlier_stage_it_is_answered_as_stated(string command, string expected)
    {
        var story = In("open");
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(expected, story.Do(Command(command, story) with { Stage = "1" }));
    }

    [Fact]
    public void Every_command_is_stated() =>
        Assert.Equal(
            typeof(CaseCommand)
                .GetCustomAttributes<JsonDerivedTypeAttribute>()
                .Select(a => a.DerivedType.Name)
                .Order(StringComparer.Ordinal),
            Pairs.Select(p => (string)((object[])p)[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_command_type_has_its_name_in_the_stored_form() =>
        Assert.Equal(
            typeof(CaseCommand)
                .Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(CaseCommand)))
                .Select(t => t.Name)
                .Order(StringComparer.Ordinal),
            typeof(CaseCommand)
                .GetCustomAttributes<JsonDerivedTypeAttribute>()
                .Select(a => a.DerivedType.Name)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_event_type_has_its_name_in_the_stored_form_but_the_unknown_one() =>
        Assert.Equal(
            typeof(CaseEvent)
                .Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(CaseEvent)) && t != typeof(UnknownEvent))
                .Select(t => t.Name)
                .Order(StringComparer.Ordinal),
            typeof(CaseEvent)
                .GetCustomAttributes<JsonDerivedTypeAttribute>()
                .Select(a => a.DerivedType.Name)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_status_is_among_the_states()
    {
        var statuses = typeof(CaseStatus)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetValue(null)!);
        Assert.Equal(
            statuses.Order(StringComparer.Ordinal),
            States().Select(s => In(s).Case.Status).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    private static CaseStory In(string state) =>
        state switch
        {
            "open" => CaseStory.Open("suffolk", "2026-10-12 09:00"),
            "undecided" => After(AtFinal(WhereNobodyDecides), s => s.Record(Outcomes.WithoutAgreement, "suffolk")),
            "internal" => CaseStory
                .Open("suffolk", "2026-10-12 09:00", rules: OwnDocument.WhereOneAgencyAgrees())
                .Until("2026-10-15"),
            "final" => AtFinal(),
            "overdue" => AtFinal().Until("2026-10-15 12:00"),
            "responded" => After(AtFinal(), s => s.Record(Outcomes.Responded, "suffolk")),
            "onHold" => After(In("open"), s => s.Do(Commands.Hold(Sample.Raising))),
            "awaiting" => After(In("open"), s => s.Record(Outcomes.Resolved, Sample.Receiving)),
            "resolved" => After(
                In("open"),
                s => s.Record(Outcomes.Resolved, Sample.Raising, m => m with { Actions = [] })
            ),
            "decided" => After(AtFinal(), s => s.Record(Outcomes.Decided, "suffolk")),
            "withdrawn" => After(In("open"), s => s.Do(Commands.Withdraw(Sample.Raising))),
            "removed" => In("resolved").Until("2040-03-04").Forget(),
            "unknown" => Unknown(In("open")),
            _ => throw new ArgumentException(state, nameof(state)),
        };

    private static CaseStory AtFinal(Policy? policy = null) =>
        CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { StartAtStage = "5", StartReason = "All else was tried." },
            policy is null ? null : Sample.Rules("suffolk") with { Policy = policy }
        );

    private static Policy WhereNobodyDecides { get; } =
        OwnDocument.Read(
            OwnDocument.Of(
                "suffolk",
                d =>
                {
                    d["version"] = Policy.FirstOwnVersion;
                    var last = OwnDocument.Stage(d, "5").AsObject();
                    last.Remove("decidedBy");
                    last["outcomes"] = new JsonArray("responded", "resolved", "withoutAgreement");
                }
            )
        );

    private static CaseStory After(CaseStory story, Func<CaseStory, string> act)
    {
        Assert.Equal("done", act(story));
        return story;
    }

    private static CaseStory Unknown(CaseStory story) =>
        story.WrittenByANewerProgram("""{"type":"somethingNew","text":"x"}""");

    private static CaseCommand Command(string name, CaseStory story) =>
        name switch
        {
            nameof(RecordOutcome) => Commands.Outcome(
                story.Rules.Policy,
                story.Case,
                Outcomes.Resolved,
                Sample.Raising,
                UkTime.DayOf(story.Now)
            ),
            nameof(AdoptLateResponse) => Commands.Adopt(Sample.Raising, 1),
            nameof(Confirm) => Commands.Confirm(Sample.Raising),
            nameof(Dispute) => Commands.Dispute(Sample.Raising),
            nameof(Skip) => Commands.Skip(Sample.Raising, "5"),
            nameof(SetDate) => Commands.SetDate(Sample.Raising, "no-such-date", "2026-10-20"),
            nameof(PlaceHold) => Commands.Hold(Sample.Raising),
            nameof(Resume) => Commands.Resume(Sample.Raising),
            nameof(Withdraw) => Commands.Withdraw(Sample.Raising),
            nameof(AddNote) => Commands.Note(Sample.Raising),
            nameof(MakeContact) => Commands.ContactMade(Sample.Raising),
            nameof(RaiseUrgent) => Commands.Urgent(Sample.Raising),
            nameof(HandOver) => Commands.HandOver(Sample.Raising, "intake/raisedBy", "nel@oak-primary.example.org"),
            nameof(ChangeContact) => Commands.ChangeContact("suffolk", "intake/raisedBy"),
            nameof(AcceptContact) => Commands.Accept("suffolk", "intake/raisedBy"),
            nameof(SendAgain) => Commands.SendAgain(Sample.Raising),
            nameof(CompleteDuty) => Commands.Complete(Sample.Raising, "no-such-duty", "2026-10-12"),
            nameof(SetLegalHold) => Commands.LegalHold("suffolk", true),
            nameof(ReviewByPartnership) => Commands.Review("suffolk"),
            _ => throw new ArgumentException(name, nameof(name)),
        };

    private static IEnumerable<string> States() =>
        Table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static TheoryData<string, string, string> Read()
    {
        var data = new TheoryData<string, string, string>();
        foreach (
            var row in Table.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        )
        foreach (var (state, expected) in States().Zip(row.Skip(1)))
            data.Add(state, row[0], expected);
        return data;
    }
}
