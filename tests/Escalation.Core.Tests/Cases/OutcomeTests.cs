using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Which outcomes each stage takes, from whom, and what they must carry.</summary>
public sealed class OutcomeTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    [Theory]
    [InlineData("suffolk", "1", Outcomes.Decided, "suffolk", Codes.NotAllowed)]
    [InlineData("suffolk", "1", Outcomes.Responded, "suffolk", Codes.NotAllowed)]
    [InlineData("suffolk", "1", Outcomes.NoLongerDisagrees, R, Codes.NotAllowed)]
    [InlineData("suffolk", "1", Outcomes.Escalate, C, "done")]
    [InlineData("suffolk", "2", Outcomes.Escalate, R, "done")]
    [InlineData("suffolk", "2", Outcomes.Escalate, C, Codes.NotAllowed)]
    [InlineData("suffolk", "2", Outcomes.Resolved, C, Codes.NotAllowed)]
    [InlineData("suffolk", "2", Outcomes.NoLongerDisagrees, R, "done")]
    [InlineData("suffolk", "5", Outcomes.Escalate, R, Codes.NotAllowed)]
    [InlineData("suffolk", "5", Outcomes.Decided, "suffolk", "done")]
    [InlineData("suffolk", "5", Outcomes.Decided, R, Codes.NotAllowed)]
    [InlineData("suffolk", "5", Outcomes.Responded, C, Codes.NotAllowed)]
    [InlineData("suffolk-mash", "1", Outcomes.Decided, C, Codes.NotAllowed)]
    [InlineData("suffolk-mash", "2", Outcomes.Decided, C, "done")]
    [InlineData("suffolk-mash", "2", Outcomes.Decided, R, Codes.NotAllowed)]
    [InlineData("berkshire-west", "3", Outcomes.Decided, "berkshire-west", "done")]
    [InlineData("berkshire-west", "3", Outcomes.Decided, C, Codes.NotAllowed)]
    [InlineData("berkshire-west-disagreement", "4", Outcomes.Decided, R, Codes.NotAllowed)]
    [InlineData("berkshire-west-disagreement", "4", Outcomes.Decided, C, Codes.NotAllowed)]
    [InlineData("berkshire-west-disagreement", "4", Outcomes.Decided, "berkshire-west", "done")]
    [InlineData("sandwell", "4", Outcomes.Decided, "sandwell", "done")]
    [InlineData("sandwell", "4", Outcomes.Decided, R, Codes.NotAllowed)]
    [InlineData("sefton", "2", Outcomes.NoLongerDisagrees, R, "done")]
    [InlineData("sefton", "2", Outcomes.NoLongerDisagrees, C, Codes.NotAllowed)]
    [InlineData("sefton", "2", Outcomes.NoLongerDisagrees, "sefton", Codes.NotAllowed)]
    [InlineData("sefton", "4", Outcomes.Decided, "sefton", "done")]
    [InlineData("sefton", "4", Outcomes.Decided, C, Codes.NotAllowed)]
    [InlineData("surrey-adults", "1", Outcomes.NoLongerDisagrees, R, "done")]
    [InlineData("surrey-adults", "1", Outcomes.NoLongerDisagrees, C, Codes.NotAllowed)]
    [InlineData("surrey-adults", "6", Outcomes.Decided, "surrey-adults", "done")]
    [InlineData("surrey-adults-risk", "1", Outcomes.Resolved, R, Codes.NotAllowed)]
    [InlineData("surrey-adults-risk", "1", Outcomes.Escalate, Sample.Third, "done")]
    [InlineData("surrey-adults-risk", "2", Outcomes.Registered, "surrey-adults", "done")]
    [InlineData("surrey-adults-risk", "2", Outcomes.FurtherAction, "surrey-adults", "done")]
    [InlineData("surrey-adults-risk", "2", Outcomes.Registered, R, Codes.NotAllowed)]
    public void Who_may_record_what_where(string policy, string stage, string outcome, string by, string answer) =>
        Assert.Equal(answer, At(policy, stage).Record(outcome, by));

    [Theory]
    [InlineData(Outcomes.Decided, "suffolk", "5", "suffolk", CaseStatus.Decided)]
    [InlineData(Outcomes.NoLongerDisagrees, "suffolk", "2", R, CaseStatus.Withdrawn)]
    [InlineData(Outcomes.Registered, "surrey-adults-risk", "2", "surrey-adults", CaseStatus.Decided)]
    [InlineData(Outcomes.FurtherAction, "surrey-adults-risk", "2", "surrey-adults", CaseStatus.Decided)]
    public void How_an_outcome_ends_the_case(string outcome, string policy, string stage, string by, string status)
    {
        var story = At(policy, stage);
        story.Record(outcome, by);
        Assert.Equal(
            (status, outcome, ClosedBy.Person),
            (story.Case.Status, story.Case.Stage.Outcome, story.Case.Stage.By)
        );
    }

    /// <summary>Ended on 12 October 2026.</summary>
    [Theory]
    [InlineData("suffolk", "child", "2015-03-04", "2040-03-04", 25)]
    [InlineData("suffolk", "child", "2009-10-11", "2034-10-11", 25)]
    [InlineData("suffolk", "child", "2007-01-31", "2032-10-12", 25)]
    [InlineData("suffolk", "child", "2016-02-29", "2041-02-28", 25)]
    [InlineData("suffolk", "child", null, "2051-10-12", null)]
    [InlineData("suffolk", "family", "2015-03-04", "2051-10-12", null)]
    [InlineData("suffolk", "adult", "1950-03-04", "2032-10-12", null)]
    [InlineData("surrey-adults", "adult", "1950-03-04", "2032-10-12", null)]
    public void How_long_an_ended_case_is_kept_goes_by_whose_it_is_and_no_event_holds_the_birthday(
        string policy,
        string kind,
        string? born,
        string until,
        int? age
    )
    {
        var person = new Person(kind, "Robin Example", born is null ? null : UkTime.Day(born), null);
        var story = CaseStory.Open(policy, "2026-10-12 09:00", o => o with { Person = person });
        Assert.Equal("done", story.Do(Commands.Withdraw(R)));
        Assert.Equal(until, $"{story.Case.RetainUntil:yyyy-MM-dd}");
        var ended = story.LatestEvents.OfType<CaseEnded>().Single();
        Assert.Equal(age, ended.RetainUntilAge);
        Assert.Equal(age is null ? until : "2032-10-12", $"{ended.RetainUntil:yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("childProtectionConference", "suffolk", true, "done")]
    [InlineData("childProtectionConference", "suffolk", false, Codes.NotAllowed)]
    [InlineData("childProtectionConference", C, true, Codes.NotAllowed)]
    [InlineData("childProtectionConference", R, true, Codes.NotAllowed)]
    [InlineData("assessment", C, true, Codes.NotAllowed)]
    public void The_conference_chair_alone_decides_at_any_stage_of_a_conference_disagreement(
        string nature,
        string by,
        bool chaired,
        string answer
    )
    {
        foreach (var stage in new[] { "1", "2", "5" })
            Assert.Equal(
                answer,
                At("suffolk", stage, o => o with { Nature = [nature] })
                    .Record(
                        Outcomes.Decided,
                        by,
                        m => m with { Chair = chaired ? new Speaker(C, "Con Chair", "Conference Chair") : null }
                    )
            );
    }

    /// <summary>Berkshire West, Stage Three: the two representatives and the Independent Chair, together.</summary>
    [Theory]
    [InlineData("link:oak-primary/partnershipRepresentative", Outcomes.Decided, Codes.NotAllowed)]
    [InlineData("link:childrens-services/partnershipRepresentative", Outcomes.Decided, Codes.NotAllowed)]
    [InlineData("link:childrens-services/partnershipRepresentative", Outcomes.Resolved, Codes.NotAllowed)]
    [InlineData("link:berkshire-west/chair", Outcomes.Decided, "done")]
    [InlineData("key:business-manager", Outcomes.Decided, "done")]
    public void One_agencys_representative_does_not_end_a_case_alone(string actor, string outcome, string answer) =>
        Assert.Equal(
            answer,
            At("berkshire-west", "3").Record(outcome, "berkshire-west", m => m with { Actor = actor })
        );

    [Theory]
    [InlineData("1", Outcomes.Resolved)]
    [InlineData("1", Outcomes.Escalate)]
    [InlineData("5", Outcomes.Responded)]
    [InlineData("5", Outcomes.Resolved)]
    public void The_conference_chairs_link_is_for_the_decision_alone(string stage, string outcome)
    {
        var story = At(
            "suffolk",
            stage,
            o =>
                o with
                {
                    Nature = ["childProtectionConference"],
                    Named = new Dictionary<string, PersonName>
                    {
                        ["conferenceChair"] = new("Con Chair", null, "con@childrens-services.example.org"),
                    },
                }
        );
        Assert.Equal(
            Codes.NotAllowed,
            story.Record(outcome, "suffolk", m => m with { Actor = "link:named/conferenceChair" })
        );
        Assert.Equal("done", story.Record(outcome, "suffolk", m => m with { Actor = "key:business-manager" }));
    }

    // "The Chair should follow the staged process in the policy. However, the Conference Chair ultimately has the authority to override
    // all views."
    [Theory]
    [InlineData("1", Outcomes.Resolved, R, CaseStatus.Resolved)]
    [InlineData("1", Outcomes.Resolved, C, CaseStatus.AwaitingConfirmation)]
    [InlineData("1", Outcomes.Escalate, C, CaseStatus.Open)]
    [InlineData("3", Outcomes.Escalate, R, CaseStatus.Open)]
    [InlineData("5", Outcomes.Responded, "suffolk", CaseStatus.Open)]
    public void In_a_conference_disagreement_the_staged_process_stays_open_to_the_others(
        string stage,
        string outcome,
        string by,
        string status
    )
    {
        var story = At("suffolk", stage, o => o with { Nature = ["childProtectionConference"] });
        Assert.Equal("done", story.Record(outcome, by));
        Assert.Equal(status, story.Case.Status);
    }

    // "Matters should be referred by the concerned agency for the attention of the Chair of the SCSP"; in Suffolk the manager of the
    // professional with the concern raises it with the Scrutineer.
    [Theory]
    [InlineData("sandwell", "3")]
    [InlineData("suffolk", "4")]
    public void Only_the_agency_with_the_concern_takes_it_to_the_partnership(string policy, string stage)
    {
        var story = At(policy, stage);
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, C));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal(story.Rules.Policy.FinalStage.Id, story.Case.Stage.Id);
    }

    [Fact]
    public void Of_a_shared_risk_only_the_agency_that_raised_it_or_the_partnership_withdraws_it()
    {
        var story = At("surrey-adults-risk", "1");
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Withdraw(Sample.Third)));
        Assert.Equal("done", story.Do(Commands.Withdraw(R)));
    }

    /// <summary>Surrey, section 7: the meeting establishes the level of risk and audits the actions.</summary>
    [Fact]
    public void The_Board_manager_is_asked_for_the_level_of_risk_where_the_clock_passed_over_the_meeting()
    {
        var story = At("surrey-adults-risk", "1").Until("2026-10-19 17:00");
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Equal(
            Codes.Invalid,
            story.Record(
                Outcomes.Registered,
                "surrey-adults",
                m => m with { Fields = new Dictionary<string, string>() }
            )
        );
        Assert.Equal(["fields.actionsAudited", "fields.riskLevel"], story.Refused!.Errors!.Keys.Order());
        Assert.Equal("done", story.Record(Outcomes.Registered, "surrey-adults"));
    }

    [Fact]
    public void The_Board_manager_is_not_asked_again_for_what_the_meeting_recorded()
    {
        var story = At("surrey-adults-risk", "1");
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal(
            "done",
            story.Record(
                Outcomes.Registered,
                "surrey-adults",
                m => m with { Fields = new Dictionary<string, string>() }
            )
        );
    }

    /// <summary>Suffolk, disagreement with a MASH outcome: the MASH answers, and the referrer says whether they remain unhappy.</summary>
    [Fact]
    public void The_MASHs_answer_meets_its_limit_and_the_referrer_is_asked_again_until_they_say_whether_it_settles_the_matter()
    {
        var story = At("suffolk-mash", "1");
        Assert.Equal("done", story.Record(Outcomes.Responded, C));
        Assert.Equal((true, "1"), (story.Case.Stage.IsWithoutLimit, story.Until("2026-10-30 12:00").Case.Stage.Id));
        Assert.Null(story.Case.Stage.MissedAt);
        Assert.Contains(
            story.Case.Notices,
            n => n.Queued is { Kind: NoticeKinds.Reminder, Contact: "intake/raisedBy", Action: NoticeAction.Outcome }
        );
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, C));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("2", story.Case.Stage.Id);
    }

    [Theory]
    [InlineData("link:named/conferenceChair", "done")]
    [InlineData("link:suffolk/scrutineer", Codes.NotAllowed)]
    [InlineData("key:business-manager", "done")]
    public void Of_those_with_a_link_the_conference_chair_of_the_case_alone_decides_a_conference_disagreement(
        string actor,
        string answer
    )
    {
        var story = At(
            "suffolk",
            "5",
            o =>
                o with
                {
                    Nature = ["childProtectionConference"],
                    Named = new Dictionary<string, PersonName>
                    {
                        ["conferenceChair"] = new("Con Chair", null, "con@childrens-services.example.org"),
                    },
                }
        );

        var said = story.Record(
            Outcomes.Decided,
            "suffolk",
            m => m with { Actor = actor, Chair = new Speaker(C, "Con Chair", "Conference Chair") }
        );

        Assert.Equal(answer, said);
    }

    [Theory]
    [InlineData("berkshire-west-disagreement", "berkshire-west")]
    [InlineData("sefton", "sefton")]
    public void A_chair_is_named_and_comes_from_no_party(string policy, string by)
    {
        string Chaired(Speaker? chair) => At(policy, "4").Record(Outcomes.Decided, by, m => m with { Chair = chair });
        Assert.Equal(Codes.Invalid, Chaired(null));
        Assert.Equal(Codes.Invalid, Chaired(new Speaker("", "Chris", null)));
        Assert.Equal(Codes.Invalid, Chaired(new Speaker(C, "Chris", null)));
        Assert.Equal(Codes.Invalid, Chaired(new Speaker(" oak primary school ", "Chris", null)));
        Assert.Equal("done", Chaired(new Speaker(Sample.Third, "Chris", null)));
    }

    [Theory]
    [InlineData("Elm Clinic")]
    [InlineData(" elm clinic ")]
    [InlineData("other-2")]
    public void A_party_outside_the_directory_is_known_by_its_name_as_chair_and_as_record_keeper(string named)
    {
        IntakePerson clinic = new("other", "Elm Clinic", null, null, null, null, null);
        CaseStory With(string stage) => At("sefton", stage, o => o with { ReceivedBy = [clinic] });
        var chaired = With("4");
        Assert.Equal(
            Codes.Invalid,
            chaired.Record(Outcomes.Decided, "sefton", m => m with { Chair = new Speaker(named, "Chris", null) })
        );
        Assert.Equal(["chair.agency"], chaired.Refused!.Errors!.Keys);
        var another = new Speaker("Elm Street Clinic", "Chris", null);
        Assert.Equal("done", chaired.Record(Outcomes.Decided, "sefton", m => m with { Chair = another }));
        var kept = With("1");
        Assert.Equal("done", kept.Record(Outcomes.Resolved, R, m => m with { RecordKeeper = named }));
        Assert.Equal("other-2", kept.LatestEvents.OfType<OutcomeRecorded>().Single().RecordKeeper);
    }

    [Fact]
    public void A_response_names_no_chair_where_the_decision_does()
    {
        var own = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Core.Policies.Policy.FirstOwnVersion;
                OwnDocument.Stage(d, "5")["chair"] = OwnDocument.Stage(OwnDocument.Node("sefton"), "4")[
                    "chair"
                ]!.DeepClone();
            }
        );
        var rules = Sample.Rules("suffolk") with { Policy = OwnDocument.Read(own) };
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: rules);
        story.ToStage("5");
        Assert.Equal("done", story.Record(Outcomes.Responded, "suffolk", m => m with { Chair = null }));
        Assert.Equal(Codes.Invalid, story.Record(Outcomes.Decided, "suffolk", m => m with { Chair = null }));
    }

    [Fact]
    public void Sefton_refuses_email_and_says_so()
    {
        var story = At("sefton", "1");
        Assert.Equal(Codes.MethodNotAccepted, story.Record(Outcomes.Resolved, R, m => m with { Method = "email" }));
        Assert.Contains("not recommended", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal(Codes.MethodNotAccepted, story.Record(Outcomes.Escalate, R, m => m with { Method = "email" }));
        Assert.Equal("done", At("suffolk", "1").Record(Outcomes.Resolved, R, m => m with { Method = "email" }));
    }

    [Theory]
    [InlineData("sefton", "1", Outcomes.Resolved, R, "actions")]
    [InlineData("surrey-adults", "2", Outcomes.Resolved, R, "outstanding")]
    [InlineData("suffolk", "1", Outcomes.Resolved, R, "recordKeeper")]
    [InlineData("suffolk", "2", Outcomes.Escalate, R, "fields.stepsFollowed", "fields.evidenceBase")]
    [InlineData("sefton", "2", Outcomes.Escalate, R, "fields.justified")]
    [InlineData("sefton", "2", Outcomes.NoLongerDisagrees, R, "fields.reason")]
    [InlineData(
        "surrey-adults-risk",
        "1",
        Outcomes.Escalate,
        R,
        "fields.riskLevel",
        "fields.actionsAudited",
        "chair.name"
    )]
    public void What_an_outcome_must_carry(
        string policy,
        string stage,
        string outcome,
        string by,
        params string[] fields
    )
    {
        var story = At(policy, stage);
        Assert.Equal(
            Codes.Invalid,
            story.Record(
                outcome,
                by,
                m =>
                    m with
                    {
                        Actions = [],
                        Outstanding = null,
                        RecordKeeper = policy == "suffolk" ? null : m.RecordKeeper,
                        Fields = new Dictionary<string, string>(),
                        Chair = null,
                    }
            )
        );
        Assert.Equal(fields.Order(StringComparer.Ordinal), story.Refused!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_step_review_of_Sefton_has_to_be_answered_yes() =>
        Assert.Equal(
            Codes.Invalid,
            At("sefton", "2")
                .Record(
                    Outcomes.Escalate,
                    R,
                    m => m with { Fields = new Dictionary<string, string> { ["justified"] = "no" } }
                )
        );

    // "The line manager should review the concerns and ensure that they are justified and meet the purpose of this protocol": the line
    // manager of the professional who raised them.
    [Fact]
    public void The_step_review_of_Sefton_is_asked_of_the_agency_that_raised_it_and_no_other_says_it_for_them()
    {
        var policy = Sample.Policy("sefton");
        var story = At("sefton", "2");
        Assert.Equal([], Asked("2", Side.Receiving));
        Assert.Equal(["justified"], Asked("2", Side.Raising));
        Assert.Equal(["justified"], Asked("2", Side.Partnership));
        Assert.Equal(
            "done",
            story.Record(Outcomes.Escalate, C, m => m with { Fields = new Dictionary<string, string>() })
        );
        Assert.Equal("3", story.Case.Stage.Id);
        Assert.Equal(["justified"], Asked("3", Side.Raising));
        Assert.Equal([], Asked("3", Side.Receiving));

        var reviewed = At("sefton", "2");
        Assert.Equal("done", reviewed.Record(Outcomes.Escalate, R));
        Assert.Equal([], AskedFields.Of(reviewed.Case, policy, "3", Side.Raising));

        IEnumerable<string> Asked(string stage, Side side) =>
            AskedFields.Of(story.Case, policy, stage, side).Where(f => f.Kind == FieldKinds.Yes).Select(f => f.Id);
    }

    [Fact]
    public void At_Seftons_last_step_neither_agency_says_alone_that_it_is_agreed_and_the_meetings_decision_stands()
    {
        foreach (var agency in new[] { R, C })
        {
            var story = At("sefton", "4");
            Assert.Equal("done", story.Record(Outcomes.Resolved, agency));
            Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        }
        var decided = At("sefton", "4");
        Assert.Equal("done", decided.Record(Outcomes.Decided, "sefton"));
        Assert.Equal(CaseStatus.Decided, decided.Case.Status);
    }

    [Fact]
    public void An_outcome_names_how_when_and_what()
    {
        var story = At("suffolk", "1");
        Assert.Equal(
            Codes.Invalid,
            story.Record(Outcomes.Resolved, R, m => m with { Method = null, DiscussedOn = null, Summary = " " })
        );
        Assert.Equal(["discussedOn", "method", "summary"], story.Refused!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-10-11")]
    [InlineData("2026-10-13")]
    public void It_was_discussed_after_the_concern_was_raised_and_not_in_the_future(string discussed) =>
        Assert.Equal(
            Codes.Invalid,
            At("suffolk", "1").Record(Outcomes.Resolved, R, m => m with { DiscussedOn = UkTime.Day(discussed) })
        );

    [Theory]
    [InlineData("2026-07-06 23:30", "2026-07-07", Codes.Invalid)]
    [InlineData("2026-07-07 00:30", "2026-07-07", "done")]
    [InlineData("2026-07-07 00:30", "2026-07-08", Codes.Invalid)]
    public void What_lies_in_the_future_goes_by_the_local_day(string now, string discussed, string answer)
    {
        var story = CaseStory.Open("suffolk", "2026-07-06 09:00").Until(now);
        Assert.Equal(answer, story.Record(Outcomes.Resolved, R, m => m with { DiscussedOn = UkTime.Day(discussed) }));
    }

    [Fact]
    public void An_action_belongs_to_an_agency_of_the_case()
    {
        var story = At("suffolk", "1");
        Assert.Equal(
            Codes.Invalid,
            story.Record(Outcomes.Resolved, R, m => m with { Actions = [m.Actions[0] with { Agency = Sample.Third }] })
        );
        Assert.Equal(["actions[0].agency"], story.Refused!.Errors!.Keys);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("5")]
    public void A_closed_stage_offers_each_agency_what_it_offered_while_it_was_open(string present)
    {
        var story = At("suffolk", "1");
        var offered = Offered("1");
        story.ToStage(present);
        Assert.Equal(offered, Offered("1"));
        Assert.NotEqual(offered, Offered(present));

        List<string> Offered(string stage) =>
            [
                .. from agency in new[] { R, C, "suffolk" }
                from outcome in AllowedOutcomes.For(story.Case, story.Rules, stage, agency, story.Now)
                select $"{agency} {outcome.Id}",
            ];
    }

    [Fact]
    public void A_stranger_records_nothing() =>
        Assert.Equal(Codes.Invalid, At("suffolk", "1").Record(Outcomes.Resolved, Sample.Third));

    private static CaseStory At(string policy, string stage, Func<OpenCase, OpenCase>? change = null)
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00", change);
        story.ToStage(stage);
        return story;
    }
}
