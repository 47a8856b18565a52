using System.Text;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Reporting;

/// <summary>What a proof pack proves, checked from its files alone.</summary>
public sealed class ProofPackTests
{
    private static readonly DateTimeOffset MadeAt = new(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_pack_as_it_was_made_checks_with_and_without_words()
    {
        Assert.Empty(ProofCheck.Check(Pack(words: false)));
        Assert.Empty(ProofCheck.Check(Pack(words: true)));
    }

    [Fact]
    public void Altering_one_byte_of_any_event_word_salt_or_of_the_policy_fails_the_check()
    {
        var pack = Pack(words: true);
        foreach (var name in pack.Keys.Where(n => n.Contains('/', StringComparison.Ordinal) || n == "policy.json"))
        {
            var altered = new Dictionary<string, byte[]>(pack) { [name] = [.. pack[name]] };
            altered[name][pack[name].Length / 2] ^= 1;
            Assert.NotEmpty(ProofCheck.Check(altered));
        }
    }

    [Fact]
    public void Taking_any_event_out_fails_the_check()
    {
        var pack = Pack(words: false);
        foreach (var name in pack.Keys.Where(n => n.StartsWith("events/", StringComparison.Ordinal)))
            Assert.NotEmpty(ProofCheck.Check(pack.Where(f => f.Key != name).ToDictionary()));
    }

    [Fact]
    public void Rewriting_the_history_with_all_its_hashes_changes_the_head_that_the_emails_bear()
    {
        var story = Story();
        var rewritten = story
            .Document.Events.Select(
                (e, i) => i == 0 ? e.Replace("oak-primary", "elm-primary", StringComparison.Ordinal) : e
            )
            .ToList();
        Assert.NotEqual(story.Document.Head, EventChain.Hashes(rewritten).Last());
    }

    [Fact]
    public void Without_words_the_pack_holds_no_text_and_no_name()
    {
        var all = string.Concat(Pack(words: false).Values.Select(Encoding.UTF8.GetString));
        foreach (
            var text in new[]
            {
                "Robin Example",
                "1 Example Street",
                "Rae Raiser",
                "rae@",
                "What the disagreement is about.",
                "What was agreed.",
                "A note.",
            }
        )
            Assert.DoesNotContain(text, all, StringComparison.Ordinal);
        Assert.Contains(
            "What the disagreement is about.",
            string.Concat(Pack(words: true).Values.Select(Encoding.UTF8.GetString)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_withheld_event_is_there_by_its_hash_alone_and_the_rest_still_checks()
    {
        var story = CaseStory.Open("surrey-adults", "2026-03-27 16:30").Until("2026-03-31 12:00");
        var pack = Pack(story, false, Sample.Receiving);
        Assert.Empty(ProofCheck.Check(pack));
        Assert.DoesNotContain("events/0002.json", pack.Keys);
        Assert.Contains("0002 ", Encoding.UTF8.GetString(pack["hashes.txt"]), StringComparison.Ordinal);
        Assert.Contains(
            "what is another agency's alone",
            Encoding.UTF8.GetString(pack["README.txt"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_opening_that_names_cases_which_the_agency_may_not_see_is_there_by_its_hash_alone_and_said_to_be()
    {
        const string LeftOut = "what is another agency's alone";
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { PossibleDuplicates = ["SUF-2222-2222"] }
        );
        var pack = Pack(story, false, Sample.Receiving);
        Assert.Empty(ProofCheck.Check(pack));
        Assert.DoesNotContain("events/0001.json", pack.Keys);
        Assert.Contains(LeftOut, Readme(pack), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "SUF-2222-2222",
            string.Concat(pack.Values.Select(Encoding.UTF8.GetString)),
            StringComparison.Ordinal
        );

        var whole = Pack(story, false, null);
        Assert.Empty(ProofCheck.Check(whole));
        Assert.Contains("events/0001.json", whole.Keys);
        Assert.DoesNotContain(LeftOut, Readme(whole), StringComparison.Ordinal);

        static string Readme(Dictionary<string, byte[]> pack) => Encoding.UTF8.GetString(pack["README.txt"]);
    }

    [Fact]
    public void A_single_event_that_is_left_out_is_said_to_be()
    {
        var story = CaseStory.Open("sefton", "2026-12-23 10:00").WrittenByANewerProgram("""{"type":"somethingNew"}""");
        var pack = Pack(story, false, Sample.Raising);
        Assert.Empty(ProofCheck.Check(pack));
        Assert.Equal(
            story.Document.Events.Count - 1,
            pack.Keys.Count(n => n.StartsWith("events/", StringComparison.Ordinal))
        );
        var readme = Encoding.UTF8.GetString(pack["README.txt"]);
        Assert.Contains("what is another agency's alone", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("No event is left out.", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agencys_pack_holds_nothing_that_people_wrote_even_where_it_asks_for_it()
    {
        var pack = Pack(Story(), true, Sample.Raising);
        Assert.Empty(ProofCheck.Check(pack));
        Assert.DoesNotContain(pack.Keys, n => n.StartsWith("words/", StringComparison.Ordinal));
    }

    [Fact]
    public void After_retention_the_chain_still_checks_and_there_are_no_words()
    {
        var story = Story();
        Assert.Equal("done", story.Do(Commands.Withdraw(Sample.Raising)));
        story.Until("2040-03-04").Forget();
        var pack = Pack(story, true, null);
        Assert.Empty(ProofCheck.Check(pack));
        Assert.DoesNotContain(pack.Keys, n => n.StartsWith("words/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "PERSONAL DATA", "The pack holds no personal data")]
    [InlineData(false, "The pack holds no personal data", "PERSONAL DATA")]
    public void The_readme_says_whether_the_pack_holds_personal_data(bool words, string says, string saysNot)
    {
        var readme = Encoding.UTF8.GetString(Pack(words)["README.txt"]);
        Assert.Contains(says, readme, StringComparison.Ordinal);
        Assert.DoesNotContain(saysNot, readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_names_the_head_the_policy_and_the_calendar_edition()
    {
        var story = Story();
        var readme = Encoding.UTF8.GetString(Pack(story, false, null)["README.txt"]);
        Assert.Contains(Convert.ToHexStringLower(story.Document.Head), readme, StringComparison.Ordinal);
        Assert.Contains(
            $"sefton, version {story.Rules.Policy.Version} (policy.json, SHA-256 {story.Rules.Policy.Hash})",
            readme,
            StringComparison.Ordinal
        );
        Assert.Contains(story.Rules.Calendar.Name, readme, StringComparison.Ordinal);
    }

    private static CaseStory Story()
    {
        var story = CaseStory.Open("sefton", "2026-12-23 10:00");
        Assert.Equal("done", story.Do(Commands.Note(Sample.Raising)));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        return story.Until("2026-12-31 10:00");
    }

    private static Dictionary<string, byte[]> Pack(bool words) => Pack(Story(), words, null);

    private static Dictionary<string, byte[]> Pack(CaseStory story, bool words, string? agency) =>
        ProofPack
            .Of(story.As(agency), story.Rules, PolicyDocument.BytesOf(story.Rules.Policy), words, MadeAt)
            .ToDictionary(f => f.Name, f => f.Content.ToArray());
}
