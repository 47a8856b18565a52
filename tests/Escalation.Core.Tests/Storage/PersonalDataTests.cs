using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Cases;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>What retention removes, and what still holds after it.</summary>
public sealed class PersonalDataTests
{
    /// <summary>Every private text of the story holds this word.</summary>
    private const string Planted = "PLANTED";

    [Fact]
    public void Nothing_private_is_left_anywhere_in_the_document()
    {
        var story = Ended();
        Assert.True(Count(story) > 40, "The story plants its word everywhere.");
        Assert.Contains(story.Case.Notices, n => n.To is not null);
        story.Until("2040-03-04").Forget();
        Assert.All(story.Case.Notices, n => Assert.Null(n.To));
        Assert.True(story.Case.PersonalDataRemoved);
        Assert.Equal(0, Count(story));
        Assert.Null(story.Document.Salt);
        Assert.DoesNotContain(Planted, Compare.Text(story.Case), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_removal_private_texts_lie_beside_the_events_only()
    {
        var story = Ended();
        Assert.All(story.Document.Events, e => Assert.DoesNotContain(Planted, e, StringComparison.Ordinal));
        Assert.Equal(story.Document.Words.Count, story.History.Count(e => e.Event.Words is not null));
        Assert.Equal(
            story.Document.Words.Count,
            story.Document.Words.Values.Select(w => w.Salt).Distinct(StringComparer.Ordinal).Count()
        );
    }

    [Fact]
    public void The_chain_still_checks_and_the_case_is_read_as_it_is()
    {
        var story = Ended().Until("2040-03-04").Forget();
        var reread = story.Reread();
        Assert.Equal(reread.Head, EventChain.Hashes(reread.Events).Last());
        Assert.Equal(Compare.Text(story.Case), Compare.Text(reread.Case));
        Assert.Equal((CaseStatus.Resolved, true), (reread.Case.Status, reread.Case.PersonalDataRemoved));
    }

    [Fact]
    public void The_seal_of_private_words_is_the_hash_of_their_salt_and_text()
    {
        var story = Ended();
        foreach (var (number, words) in story.Document.Words)
            Assert.Contains(
                $"\"seal\":\"{EventChain.Seal(Convert.FromBase64String(words.Salt), words.Text)}\"",
                story.Document.Events[number - 1],
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void It_waits_for_its_time_and_happens_once()
    {
        var story = Ended();
        var due = story.Case.RetainUntil!.Value;
        Assert.Empty(story.Until(due.AddTicks(-1)).Forget().Latest);
        Assert.Single(story.Until(due).Forget().Latest);
        Assert.Empty(story.Forget().Latest);
    }

    [Fact]
    public void A_legal_hold_keeps_everything_until_it_is_lifted()
    {
        var story = Ended();
        story.Do(Commands.LegalHold("suffolk", on: true));
        Assert.Empty(story.Until("2040-03-10 09:00").Forget().Latest);
        story.Do(Commands.LegalHold("suffolk", on: false));
        Assert.True(story.Forget().Case.PersonalDataRemoved);
    }

    [Fact]
    public void An_open_case_is_never_emptied() =>
        Assert.Empty(CaseStory.Open("suffolk", "2026-10-12 09:00").Sleep("2040-01-10 09:00").Forget().Latest);

    [Fact]
    public void A_repeat_of_an_old_command_is_still_answered_after_removal()
    {
        var story = Ended();
        var note = Commands.Note(Sample.Raising) with { Id = "old" };
        story.Do(note);
        story.Until("2040-03-04").Forget();
        Assert.Equal("done", story.Do(note));
        Assert.Equal(Codes.NotAllowed, story.Do(note with { Id = "new" }));
    }

    [Fact]
    public void An_event_of_a_newer_program_is_read_and_the_case_is_not_written_any_more()
    {
        var story = Ended(mailWorks: false).WrittenByANewerProgram("""{"type":"somethingNew","text":{"a":[1]}}""");
        Assert.Equal("somethingNew", story.Case.UnknownEvent);
        Assert.Equal(story.Document.Head, EventChain.Hashes(story.Reread().Events).Last());
        Assert.Equal(Codes.Unavailable, story.Do(Commands.Note(Sample.Raising)));
        Assert.IsType<Decision.Refused>(Decisions.Advance(story.Case, story.Rules, story.Now.AddYears(1)));
        var waiting = story.Case.Notices.First(n => n.Status == NoticeState.Queued);
        Assert.Empty(story.Sent(waiting, "operation").Latest);
        Assert.Empty(story.Delivered(waiting).Latest);
        Assert.Empty(story.Bounce(waiting).Latest);
        Assert.Empty(story.Sleep("2040-01-10 09:00").Forget().Latest);
        Assert.Empty(story.Document.ToSend(DateTimeOffset.MaxValue));
        Assert.Null(story.Document.NextWake);
    }

    [Fact]
    public void A_broken_event_of_a_known_type_is_not_taken_for_a_newer_one()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Throws<UnreadableCaseException>(() =>
            story.WrittenByANewerProgram("""{"type":"stageClosed","stage":7}""")
        );
    }

    private static int Count(CaseStory story) =>
        Encoding.UTF8.GetString(DocumentFormat.Write(story.Document)).Split(Planted).Length - 1;

    /// <summary>A case in which everything private that can be said was said.</summary>
    private static CaseStory Ended(bool mailWorks = true)
    {
        string P(string text) => $"{Planted} {text}";
        Speaker By(string agency) => new(agency, P("name"), P("role"));
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o =>
                o with
                {
                    Person = new Person("child", P("child"), new DateOnly(2015, 3, 4), P("address")),
                    RaisedBy = o.RaisedBy! with
                    {
                        Name = P("raiser"),
                        Role = P("role"),
                        Email = $"{Planted}@oak-primary.example.org",
                        CaseNumber = P("number"),
                        Manager = new(P("manager"), $"{Planted}2@oak-primary.example.org"),
                    },
                    ReceivedBy =
                    [
                        new(
                            "other",
                            P("agency"),
                            P("receiver"),
                            P("role"),
                            $"{Planted}@elm.example.com",
                            P("number"),
                            null
                        ),
                        Sample.Practitioner(Sample.Receiving, P("cam")) with
                        {
                            Email = "cam@childrens-services.example.org",
                        },
                    ],
                    NatureOther = P("nature"),
                    Concern = P("concern"),
                    Details = P("details"),
                    Evidence = P("evidence"),
                    OutcomeSought = P("sought"),
                    Supporting = [P("paper")],
                    Others = [new(P("other"), P("role"), P("agency"))],
                    Named = new Dictionary<string, PersonName>
                    {
                        ["independentReviewingOfficer"] = new(
                            P("officer"),
                            P("role"),
                            $"{Planted}3@oak-primary.example.org"
                        ),
                    },
                },
            mailWorks: mailWorks
        );
        string Do(CaseCommand command) => story.Do(command with { By = By(command.By.Agency) });
        Do(Commands.Note(Sample.Raising, P("note")));
        Do(Commands.ContactMade(Sample.Raising) with { Text = P("contact") });
        Do(
            Commands.HandOver(Sample.Raising, "intake/raisedBy.manager", $"{Planted}4@oak-primary.example.org") with
            {
                Name = P("colleague"),
            }
        );
        Do(
            Commands.ChangeContact("suffolk", null, Sample.Raising, "lineManager") with
            {
                Name = P("new"),
                Reason = P("reason"),
            }
        );
        Do(Commands.Accept("suffolk", "intake/receivedBy.0"));
        Do(Commands.Hold(Sample.Raising) with { Reason = P("hold"), AskedBy = P("asker") });
        Do(Commands.Resume(Sample.Raising) with { Reason = P("review") });
        Do(Commands.SendAgain(Sample.Raising) with { Reason = P("again") });
        story.Record(
            Outcomes.Resolved,
            Sample.Receiving,
            m => m with { By = By(Sample.Receiving), Summary = P("first") }
        );
        Do(Commands.Dispute(Sample.Raising) with { Reason = P("dispute") });
        Do(Commands.Skip(Sample.Raising, "4") with { Reason = P("skip") });
        story.Record(
            Outcomes.Resolved,
            Sample.Receiving,
            m => m with { Stage = "1", By = By(Sample.Receiving), Summary = P("late") }
        );
        Do(Commands.Urgent(Sample.Raising) with { Reason = P("urgent") });
        story.Record(
            Outcomes.Resolved,
            Sample.Receiving,
            m =>
                m with
                {
                    By = By(Sample.Receiving),
                    Summary = P("summary"),
                    Methodology = P("how"),
                    RecordKeeper = P("keeper"),
                    Outstanding = P("outstanding"),
                    Lessons = P("lessons"),
                    Comments = P("comments"),
                    Chair = new(P("chair's agency"), P("chair"), P("role")),
                    Fields = new Dictionary<string, string> { ["extra"] = P("field") },
                    Actions = [new(P("what"), P("whom"), Sample.Raising, UkTime.Day("2026-10-20"))],
                }
        );
        Do(Commands.Confirm(Sample.Raising) with { Text = P("confirmed") });
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
        Do(Commands.Complete(Sample.Raising, story.Case.Duties[0].Id, "2026-10-12") with { Note = P("done") });
        Do(Commands.Review("suffolk") with { Reason = P("reason"), Issues = P("issues"), Result = P("result") });
        Do(Commands.LegalHold("suffolk", on: true) with { Reason = P("court") });
        Do(Commands.LegalHold("suffolk", on: false) with { Reason = P("court") });
        return story;
    }
}
