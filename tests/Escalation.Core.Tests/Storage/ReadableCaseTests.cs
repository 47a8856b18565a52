using System.Reflection;
using System.Text.Json.Serialization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Reporting;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>What each reader may know of a case.</summary>
public sealed class ReadableCaseTests
{
    /// <summary>What of a case nobody is shown: how repeats are found, and what is told by other members.</summary>
    private static readonly string[] Unshown =
    [
        nameof(Case.IntakeKey),
        nameof(Case.Receipts),
        nameof(Case.People),
        nameof(Case.NamedAt),
        nameof(Case.PastHolds),
        nameof(Case.Events),
        nameof(Case.LastAt),
        nameof(Case.MailDelayedAt),
        nameof(Case.Voices),
        nameof(Case.Times),
        nameof(Case.NoticeBytes),
        nameof(Case.RiskReports),
        nameof(Case.LeavesOut),
        nameof(Case.Before),
        nameof(Case.ContactCanBeDisputed),
    ];

    [Fact]
    public void Every_member_of_a_case_is_placed_or_shown_to_nobody()
    {
        var placed = typeof(ReadableCase).GetProperties().Select(p => p.Name).ToHashSet();
        var members = typeof(Case)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => p.Name)
            .ToList();
        Assert.Equal([], members.Where(n => !placed.Contains(n) && !Unshown.Contains(n)));
        Assert.Equal([], Unshown.Where(n => placed.Contains(n) || !members.Contains(n)));
    }

    private static IReadOnlyList<Type> EventTypes { get; } =
    [.. typeof(CaseEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)];

    [Fact]
    public void Every_type_of_event_has_a_rule_of_what_it_does_to_its_case()
    {
        var story = AtInternalStage();
        foreach (var type in EventTypes)
        {
            var added = new Recorded(story.Case.Events + 1, story.Now, Some(type), null);
            // What is made up may be of no use to the rule; that there is none is said as such.
            var fault = Record.Exception(() => Evolution.Evolve(story.Case, added));
            Assert.DoesNotContain("No rule for", fault?.Message ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_type_of_event_has_a_place()
    {
        Assert.True(EventTypes.Count > 30);
        var story = AtInternalStage();
        Assert.All(
            EventTypes,
            type =>
            {
                var added = new Recorded(story.Case.Events + 1, story.Now, Some(type), null);
                var document = CaseDocument.Append(
                    story.Document,
                    story.Case with
                    { },
                    [added],
                    story.Document.Salt!,
                    () => new byte[16]
                );
                Assert.IsType(type, PlacedEvent.Of(document)[^1].Event);
            }
        );
    }

    [Fact]
    public void Those_who_run_the_partnership_and_the_agency_itself_know_an_internal_stage_and_the_other_agency_does_not()
    {
        var story = AtInternalStage();
        foreach (var insider in new[] { null, "suffolk", Sample.Raising })
        {
            var c = story.As(insider);
            Assert.Equal(("2", true, 0), (c.Stage?.Id, c.IsWhole, c.Withheld));
            Assert.Equal(story.Document.NextWake, c.NextWake);
        }
        var other = story.As(Sample.Receiving);
        Assert.Equal((null, false, CaseStatus.Open), (other.Stage, other.IsWhole, other.Status));
        Assert.Equal(
            (null, null, null, null, null),
            (other.Deadline, other.EscalatesAt, other.NextWake, other.Hold, other.Awaiting)
        );
        Assert.Equal(["1"], other.Stages.Select(s => s.Id));
        Assert.DoesNotContain(other.Notices, n => n.Queued.Stage == "2");
        Assert.DoesNotContain(other.History, e => e.Stage == "2");
        Assert.Equal(story.Document.Events.Count, other.History.Count + other.Withheld);
    }

    [Fact]
    public void A_hold_at_an_internal_stage_is_the_agencys_own()
    {
        var story = AtInternalStage();
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        Assert.Equal(
            (CaseStatus.OnHold, true),
            (story.As(Sample.Raising).Status, story.As(Sample.Raising).Hold is not null)
        );
        Assert.Equal((CaseStatus.Open, null), (story.As(Sample.Receiving).Status, story.As(Sample.Receiving).Hold));
    }

    [Fact]
    public void Why_the_stages_after_an_internal_one_were_passed_over_is_the_agencys_own()
    {
        var story = AtInternalStage();
        Assert.Equal("done", story.Do(Commands.Skip(Sample.Raising, "4")));
        Assert.Single(story.As(Sample.Raising).History, e => e is { Event: StagesSkipped, Stage: "2" });
        Assert.Equal("4", story.As(Sample.Receiving).Stage!.Id);
        Assert.DoesNotContain(story.As(Sample.Receiving).History, e => e.Event is StagesSkipped);
    }

    [Fact]
    public void A_person_named_at_an_internal_stage_is_known_to_the_other_agency_only_once_an_email_it_may_know_of_went_to_them()
    {
        var story = AtInternalStage();
        var email = $"nel@{Sample.Raising}.example.org";
        Assert.Equal("done", story.Do(Commands.HandOver(Sample.Raising, $"{Sample.Raising}/lineManager", email)));
        var handed = story.Case.Contacts[^1].Id;
        Assert.Equal("Nel New", story.As(Sample.Raising).Name(handed, story.Rules.Directory));
        Assert.DoesNotContain(story.As(Sample.Receiving).Contacts, c => c.Id == handed);
        Assert.Null(story.As(Sample.Receiving).Name(handed, story.Rules.Directory));

        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("3", story.Case.Stage.Id);
        Assert.Contains(story.Case.Notices, n => n.Queued.Contact == handed && n.Queued.Stage == "3");
        Assert.Equal("Nel New", story.As(Sample.Receiving).Name(handed, story.Rules.Directory));
        Assert.Null(story.As(Sample.Receiving).Person(handed)!.Email);
    }

    [Fact]
    public void An_action_agreed_internally_is_known_to_exist_by_those_it_names_and_its_words_are_not()
    {
        var story = CaseStory
            .Open("suffolk", "2026-10-12 09:00", rules: OwnDocument.WhereOneAgencyAgrees())
            .ToStage("2");
        var due = new DateOnly(2026, 11, 2);
        Assert.Equal(
            "done",
            story.Record(
                Outcomes.Resolved,
                Sample.Raising,
                m =>
                    m with
                    {
                        Actions =
                        [
                            new AgreedAction("Ours alone", "Ada", Sample.Raising, due),
                            new AgreedAction("Asked of them", "Bo", Sample.Receiving, due),
                        ],
                    }
            )
        );
        var (own, other) = (story.As(Sample.Raising), story.As(Sample.Receiving));
        Assert.Equal(
            ["Ours alone", "Asked of them"],
            own.Duties.Where(d => d.Rule == "action").Select(d => d.Action?.What)
        );
        var theirs = Assert.Single(other.Duties, d => d.Rule == "action");
        Assert.Equal((Sample.Receiving, null), (theirs.Addressee, theirs.Action));
        Assert.Equal((CaseStatus.Resolved, Outcomes.Resolved, null), (other.Status, other.Outcome, other.Stage));
    }

    [Fact]
    public void A_case_alike_is_named_only_to_those_who_see_it()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { PossibleDuplicates = ["SUF-2222-2222"] }
        );
        Assert.Equal(["SUF-2222-2222"], story.As(null).PossibleDuplicates);
        Assert.Equal(["SUF-2222-2222"], Seeing("SUF-2222-2222").PossibleDuplicates);
        Assert.True(Seeing("SUF-2222-2222").IsWhole);

        var blind = story.As(Sample.Raising);
        Assert.Empty(blind.PossibleDuplicates);
        Assert.DoesNotContain(blind.Notices, n => n.Queued.Kind == NoticeKinds.PossibleDuplicate);
        Assert.DoesNotContain(blind.History, e => e.Event is NoticeQueued { Kind: NoticeKinds.PossibleDuplicate });
        Assert.DoesNotContain(blind.History, e => e.Event is CaseOpened { PossibleDuplicates.Count: > 0 });
        Assert.Null(blind.Canonical(blind.History[0]));
        Assert.NotNull(blind.Canonical(blind.History[1]));

        ReadableCase Seeing(string other) =>
            new(
                story.Document,
                story.Rules.Policy,
                new CaseReader(Sample.Raising, Addresses: false) { OtherCases = [other] }
            );
    }

    [Fact]
    public void What_a_newer_program_wrote_has_no_place_and_is_for_those_who_run_the_partnership()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").WrittenByANewerProgram("""{"type":"somethingNew"}""");
        Assert.Contains(story.As(null).History, e => e.Event is UnknownEvent);
        Assert.DoesNotContain(story.As(Sample.Raising).History, e => e.Event is UnknownEvent);
    }

    [Fact]
    public void A_note_is_its_own_agencys_to_read_whatever_the_stage()
    {
        var story = AtInternalStage();
        Assert.Equal("done", story.Do(Commands.Note(Sample.Receiving, "From outside.")));
        Assert.Equal("done", story.Do(Commands.Note(Sample.Raising, "From inside.")));
        Assert.Equal(["From outside."], Notes(Sample.Receiving));
        Assert.Equal(["From outside.", "From inside."], Notes(Sample.Raising));

        IEnumerable<string?> Notes(string agency) =>
            story.As(agency).History.Where(e => e.Event is NoteAdded).Select(e => e.Event.Words?.Text("text"));
    }

    [Fact]
    public void What_people_wrote_is_sealed_for_all_but_those_who_read_everything()
    {
        var story = AtInternalStage();
        Assert.NotNull(story.As(null).Sealed(1));
        Assert.Null(story.As(Sample.Raising).Sealed(1));
        Assert.Null(story.As("suffolk").Sealed(1));
    }

    [Fact]
    public void The_trackers_row_has_a_face_for_each_agency_that_may_not_know_all_of_the_case()
    {
        var story = AtInternalStage();
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        var row = TrackerRow.Of(story.Document, story.Rules.Policy);
        Assert.Equal(("2", CaseStatus.OnHold, true), (row.Stage, row.Status, row.HoldReviewOn is not null));
        Assert.Equal(row, row.For(Sample.Raising));
        var theirs = row.For(Sample.Receiving);
        Assert.Equal((null, null, null, null), (theirs.Stage, theirs.StageName, theirs.HoldReviewOn, theirs.Deadline));
        Assert.Equal(CaseStatus.Open, theirs.Status);
        Assert.Equal((null, null, null), (theirs.NextWake, theirs.SortAt, theirs.ByAgency));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public void A_refusal_tells_the_other_agency_no_more_of_an_internal_stage_than_that_it_is_internal(string stage)
    {
        var (open, held) = (AtInternalStage(), AtInternalStage());
        Assert.Equal("done", held.Do(Commands.Hold(Sample.Raising)));
        foreach (
            var command in new CaseCommand[]
            {
                Commands.Hold(Sample.Receiving),
                Commands.Resume(Sample.Receiving),
                Commands.Skip(Sample.Receiving, "4"),
                Commands.Withdraw(Sample.Receiving),
                Commands.Confirm(Sample.Receiving),
                Commands.Dispute(Sample.Receiving),
                Commands.ContactMade(Sample.Receiving),
                Commands.SendAgain(Sample.Receiving),
                Commands.Adopt(Sample.Receiving, 1),
                Commands.HandOver(
                    Sample.Receiving,
                    $"{Sample.Receiving}/lineManager",
                    $"nel@{Sample.Receiving}.example.org"
                ),
            }
        )
        {
            Assert.NotEqual("done", open.Do(command with { Stage = stage }));
            Assert.NotEqual("done", held.Do(command with { Stage = stage }));
            Assert.Equal(open.Refused, held.Refused);
            if (stage != "2")
                Assert.DoesNotContain("2", open.Refused!.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_internal_stage_takes_no_answer_of_the_other_agency_also_after_it_closed()
    {
        var story = AtInternalStage();
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Resolved, Sample.Receiving));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Resolved, Sample.Receiving, m => m with { Stage = "2" }));
        Assert.Equal("stageClosed", story.Record(Outcomes.Resolved, Sample.Receiving, m => m with { Stage = "1" }));
    }

    [Fact]
    public void A_late_answer_to_an_internal_stage_is_told_to_its_own_agency_which_alone_can_take_it_over()
    {
        var story = AtInternalStage();
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("stageClosed", story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Stage = "2" }));
        var late = Assert.Single(story.Case.LateResponses);
        var told = story
            .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.LateResponse)
            .Select(n => n.Queued.Agency);
        Assert.Equal([Sample.Raising], told.Distinct());
        Assert.Empty(story.As(Sample.Receiving).LateResponses);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Adopt(Sample.Receiving, late.Number)));
        Assert.Equal("done", story.Do(Commands.Adopt(Sample.Raising, late.Number)));
    }

    /// <summary>An event of the type, with something for every part that it has.</summary>
    private static CaseEvent Some(Type type) =>
        (CaseEvent)
            Activator.CreateInstance(
                type,
                [.. type.GetConstructors()[0].GetParameters().Select(p => Part(p.ParameterType))]
            )!;

    private static object? Part(Type type) =>
        type switch
        {
            _ when type == typeof(string) => "x",
            _ when type == typeof(Deadline) => new Deadline(
                default,
                LimitKind.Target,
                new Explanation("", "", [], [], null, "", null),
                1
            ),
            _ when type == typeof(CaseContact) => new CaseContact(
                "x",
                Side.Raising,
                "x",
                "x",
                Reachable: true,
                Accepted: true
            ),
            { IsGenericType: true, GenericTypeArguments: [var of] }
                when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Array.CreateInstance(of, 0),
            { IsValueType: true } => Activator.CreateInstance(type),
            _ => null,
        };

    private static CaseStory AtInternalStage()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Receiving));
        Assert.Equal("2", story.Case.Stage.Id);
        return story;
    }
}
