using System.Text;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace Escalation.Core.Tests.Cases;

/// <summary>What holds whatever anybody does to a case, in whichever order.</summary>
public sealed class StoryPropertyTests
{
    [Fact]
    public void What_is_said_again_under_its_id_is_answered_as_it_was_and_adds_nothing_and_a_refusal_leaves_nothing() =>
        Lives.Check(
            stories: 80,
            deeds: 40,
            (setting, deeds) =>
            {
                var crowd = new Crowd(setting);
                foreach (var deed in deeds)
                {
                    var before = crowd.Document;
                    crowd.Happens(deed);
                    if (crowd.Story.Refused is not null)
                        Assert.Same(before, crowd.Document);
                }
                foreach (var (command, answer) in crowd.Said.Where(s => s.Answer == "done"))
                {
                    var before = crowd.Document;
                    Assert.Equal(answer, crowd.Story.Do(command));
                    Assert.Same(before, crowd.Document);
                }
            }
        );

    [Fact]
    public void Another_text_under_an_id_that_was_used_is_refused() =>
        Lives.Check(
            stories: 40,
            deeds: 30,
            (setting, deeds) =>
            {
                var crowd = new Crowd(setting);
                foreach (var deed in deeds)
                    crowd.Happens(deed);
                foreach (var (command, _) in crowd.Said.Where(s => s is { Answer: "done", Command: AddNote }))
                    Assert.Equal(Codes.Conflict, crowd.Story.Do((AddNote)command with { Text = "Something else." }));
            }
        );

    [Fact]
    public void What_is_said_at_a_stage_of_one_agencys_own_reaches_no_other_agency() =>
        Lives.Check(
            stories: 100,
            deeds: 40,
            (setting, deeds) =>
            {
                var crowd = new Crowd(setting) { Marks = Mark };
                // A late answer that is taken over becomes the open stage's outcome, for everybody to read.
                foreach (var deed in deeds.Where(d => d % 22 != 8))
                    crowd.Happens(deed);
                var own = setting.Policy.Stages.Where(s => s.Told == Told.Raising).Select(s => s.Id).ToList();
                foreach (
                    var reader in new[] { Sample.Receiving, Sample.Third }.Where(r =>
                        crowd.Case.SideOf(r) is not Side.Raising
                    )
                )
                {
                    var readable = crowd.Story.As(reader);
                    var all = TextOf(readable);
                    foreach (
                        var (stage, by) in own.SelectMany(_ => Speakers, (stage, by) => (stage, by))
                            .Where(said => said.by != reader)
                    )
                        Assert.DoesNotContain(Mark(stage, by), all, StringComparison.Ordinal);
                    Assert.DoesNotContain(readable.Stages, s => own.Contains(s.Id));
                    Assert.DoesNotContain(readable.Notices, n => own.Contains(n.Queued.Stage!));
                    Assert.DoesNotContain(readable.History, e => own.Contains(e.Stage!) && e.Event is not NoteAdded);
                }
                foreach (var insider in new[] { Sample.Raising, null })
                    Assert.Equal(0, crowd.Story.As(insider).Withheld);
            }
        );

    [Fact]
    public void The_history_is_whole_for_every_reader_and_no_byte_of_it_can_be_altered() =>
        Lives.Check(
            stories: 40,
            deeds: 40,
            (setting, deeds) =>
            {
                var crowd = new Crowd(setting);
                foreach (var deed in deeds)
                    crowd.Happens(deed);
                var reread = crowd.Story.Reread();
                Assert.Equal(Compare.Text(crowd.Case), Compare.Text(reread.Case));
                Assert.Equal(
                    Convert.ToHexString(crowd.Document.Head),
                    Convert.ToHexString(EventChain.Hashes(reread.Events).Last())
                );
                foreach (var reader in new[] { null, Sample.Raising, Sample.Receiving })
                    Assert.Empty(ProofCheck.Check(Pack(crowd.Story, reader)));
                var pack = Pack(crowd.Story, null);
                var names = pack.Keys.Where(n => n.Contains('/', StringComparison.Ordinal)).ToList();
                foreach (var deed in deeds.Take(10))
                {
                    var name = names[deed % names.Count];
                    byte[] altered = [.. pack[name]];
                    altered[deed % altered.Length] ^= (byte)(1 << (deed % 8));
                    Assert.NotEmpty(ProofCheck.Check(new Dictionary<string, byte[]>(pack) { [name] = altered }));
                }
            }
        );

    [Fact]
    public void A_hold_keeps_the_whole_working_days_that_were_left_whenever_it_begins_and_ends()
    {
        // Stage 1 of Suffolk's has three working days from Monday 5 October 2026; a hold may last ten.
        var times = Gen.Choose(0, 60 * 24 * 3).Zip(Gen.Choose(1, 60 * 24 * 13));
        Prop.ForAll(Arb.From(times, Smaller), held => Held(held.Item1, held.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static void Held(int after, int minutes)
    {
        var story = CaseStory
            .Open("suffolk", "2026-10-05 09:00")
            .Until(UkTime.At("2026-10-05 09:00").AddMinutes(after));
        var (calendar, before) = (story.Rules.Calendar, story.Case.Stage.Deadline!.At);
        var left = calendar.WorkingDaysBetween(calendar.LocalDate(story.Now), calendar.LocalDate(before));
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        story.Until(story.Now.AddMinutes(minutes));
        Assert.DoesNotContain(
            story.History,
            e => e.Event is DeadlineMissed or ReminderDue && e.At > UkTime.At("2026-10-05 09:00").AddMinutes(after)
        );
        Assert.Equal("done", story.Do(Commands.Resume(Sample.Raising)));
        var now = story.Case.Stage.Deadline.At;
        Assert.Equal(
            left == 0 ? calendar.WorkingDaysAfter(story.Now, 0) : calendar.WorkingDaysAfter(story.Now, left),
            now
        );
        Assert.True(now >= before, "A hold takes no time away.");
    }

    private static IEnumerable<(int, int)> Smaller((int After, int Minutes) held)
    {
        if (held.After > 0)
            yield return (held.After / 2, held.Minutes);
        if (held.Minutes > 1)
            yield return (held.After, held.Minutes / 2);
    }

    private static readonly string[] Speakers = [Sample.Raising, Sample.Receiving, Sample.Third];

    private static string Mark(string stage, string by) => $"said-at-{stage}-by-{by}-and-nowhere-else";

    private static string TextOf(ReadableCase readable)
    {
        var text = new StringBuilder(JsonSerializer.Serialize(readable));
        foreach (var e in readable.History)
            text.Append(JsonSerializer.Serialize(e.Event.Words)).Append(readable.Canonical(e));
        return text.ToString();
    }

    private static Dictionary<string, byte[]> Pack(CaseStory story, string? agency) =>
        ProofPack
            .Of(story.As(agency), story.Rules, PolicyDocument.BytesOf(story.Rules.Policy), words: true, story.Now)
            .ToDictionary(f => f.Name, f => f.Content.ToArray());
}
