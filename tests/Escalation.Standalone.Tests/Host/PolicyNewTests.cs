using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Standalone.Commands;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary><c>policies new</c>: what it asks, what it takes for an answer, and what it writes.</summary>
public sealed class PolicyNewTests : IDisposable
{
    private const string First = "a first setting, to be compared with the text";

    /// <summary>Of three stages: two with limits, one of them set by the partnership, and a last without.</summary>
    private static readonly string[] Answers =
    [
        "Northmoor Safeguarding Partnership",
        "northmoor",
        "NOR",
        "Resolving disagreements",
        "",
        "Edition 2",
        "Settles what agencies disagree about.",
        "child, 3",
        "scotland",
        "First step",
        "both",
        "The practitioners and their managers",
        "1, linemanager",
        "",
        "5 working days",
        "Page 3",
        "target",
        "Second step",
        "1",
        "The lead nurses",
        "leadNurse",
        "yes",
        "Lead nurse",
        "Meet.",
        "24 hours",
        "local",
        "agreed by the board",
        "Last step",
        "partnership",
        "The chair of the partnership",
        "chair",
        "",
        "none printed",
        "",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_answered_is_written_as_a_document_without_a_fault()
    {
        var file = _folder["policy.json"];
        var (code, output, _) = await RunAsync(file, Answers);
        Assert.Equal(0, code);
        Assert.StartsWith(
            $"{file}: northmoor version 1000 of northmoor, 3 stages: written. 11 rules in it are local settings.",
            output,
            StringComparison.Ordinal
        );
        Assert.All(
            (string[])["check", "show", "add"],
            next => Assert.Contains($"- policies {next} {file} ", output, StringComparison.Ordinal)
        );

        using StringWriter checks = new(),
            faults = new();
        Assert.Equal(0, await CommandLine.RunAsync(["policies", "check", file], checks, faults));
        Assert.EndsWith(": no faults.", checks.ToString().TrimEnd(), StringComparison.Ordinal);

        var policy = OwnPolicyDocument.Read(file, await File.ReadAllBytesAsync(file)).Policy!;
        Assert.Equal((Policy.FirstOwnVersion, Policy.PresentFormat), (policy.Version, policy.Format));
        Assert.Equal(("northmoor", "NOR", "Edition 2"), (policy.Id, policy.ReferencePrefix, policy.Edition));
        Assert.Equal(["child", "family"], policy.Parties.PersonKinds);
        Assert.Equal("scotland", policy.WorkingTime.Division);
        Assert.Equal([new("leadNurse", "Lead nurse")], policy.Tiers);
        Assert.Equal(
            [
                ("1", "First step", Told.Both, "practitioner lineManager"),
                ("2", "Second step", Told.Raising, "leadNurse"),
                ("3", "Last step", Told.Partnership, "chair"),
            ],
            policy.Stages.Select(s => (s.Id, s.Name, s.Told, string.Join(' ', s.Tiers)))
        );
        Assert.Equal(
            ["5 working days (Page 3)", "24 hours (local setting: agreed by the board)", null],
            policy.Stages.Select(s => s.Limits.SingleOrDefault()?.Limit!.Basis.InFull)
        );
        Assert.Equal([null, null, First], policy.Stages.Select(s => s.Review?.Basis.Where));
        Assert.Equal("resolved | resolved | resolved decided", string.Join(" | ", policy.Stages.Select(Ends)));
        Assert.Equal("The chair of the partnership", policy.FinalStage.DecidedBy);
    }

    [Fact]
    public async Task Everything_that_was_not_answered_is_marked_as_a_local_setting()
    {
        var file = _folder["policy.json"];
        await RunAsync(file, Answers);
        var bases = Bases(JsonNode.Parse(await File.ReadAllTextAsync(file))!).ToList();

        Assert.All(
            bases.Where(basis => (string?)basis["where"] != "Page 3"),
            basis => Assert.True((bool?)basis["local"], basis.ToJsonString())
        );
        Assert.Equal(
            ["Page 3", "agreed by the board"],
            bases.Select(basis => (string)basis["where"]!).Where(where => where != First)
        );
    }

    [Fact]
    public async Task Wherever_the_answers_end_nothing_is_written_and_it_ends_with_1()
    {
        var file = _folder["policy.json"];
        for (var given = 0; given < Answers.Length; given++)
        {
            var (code, output, errors) = await RunAsync(file, Answers[..given]);

            Assert.Equal((1, ""), (code, output));
            Assert.EndsWith(
                "The answers ended before the last question: nothing is written.",
                errors,
                StringComparison.Ordinal
            );
            Assert.False(File.Exists(file));
        }
    }

    [Theory]
    [InlineData(0, "", "An answer is needed.")]
    [InlineData(0, "A\tB", "That holds a character that cannot be printed.")]
    [InlineData(1, "North Moor", $"It {PolicyWords.SlugReason}.")]
    [InlineData(
        1,
        "raising",
        "It must not be all, missing, other, parties, partnership, raising, receiving, reporting or begin with other-."
    )]
    [InlineData(2, "nor", "It must be two to four capitals.")]
    [InlineData(2, "SEF", "referencePrefix must be one for each partnership: sefton has SEF.")]
    [InlineData(4, "add", "It must not be add.")]
    [InlineData(4, "sefton", "partnership must be sefton, whose policy sefton is.")]
    [InlineData(7, "chlid", "'chlid' is not in the list; did you mean child?")]
    [InlineData(7, "child, 5", "'5' is not in the list")]
    [InlineData(8, "Wales", "'Wales' is not in the list")]
    [InlineData(9, "", "An answer is needed.")]
    [InlineData(10, "5", "'5' is not in the list")]
    [InlineData(12, "linemanger", "'linemanger' is not in the list; did you mean lineManager?")]
    [InlineData(12, "chair", "chair is not asked at a stage that tells these.")]
    [InlineData(12, "line manager", "'line manager' is not in the list; did you mean lineManager?")]
    [InlineData(
        14,
        "5",
        "Answer as 5 working days, as 24 hours, or none. Calendar days are written into the file, as calendarDays."
    )]
    [InlineData(14, "61 working days", "It must be 0 to 60.")]
    [InlineData(14, "0 hours", "It must be 1 to 240.")]
    [InlineData(16, "perhaps", "Answer maximum or target.")]
    [InlineData(21, "perhaps", "Answer yes or no.")]
    public async Task A_bad_answer_is_told_and_asked_for_again(int question, string bad, string fault)
    {
        var file = _folder["policy.json"];
        var (code, _, errors) = await RunAsync(file, [.. Answers[..question], bad, .. Answers[question..]]);

        Assert.Equal(0, code);
        var lines = errors.Split(Environment.NewLine);
        var at = Array.IndexOf(lines, $"  {fault}");
        Assert.True(at > 0, errors);
        Assert.Equal(lines[at - 1], lines[at + 1]);
        Assert.True(File.Exists(file));
    }

    [Theory]
    [InlineData("Ynys Môn and King's Moor", " [ynys-mon-and-kings-moor]:")]
    [InlineData("All", ":")]
    [InlineData("2 Boroughs", ":")]
    public async Task An_id_is_offered_where_the_name_gives_one(string name, string offered) =>
        Assert.Contains(
            $"Its id, lower-case words joined by hyphens{offered}{Environment.NewLine}",
            (await RunAsync(_folder["policy.json"], [name])).Errors,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_tier_that_was_not_meant_is_asked_for_again_and_after_seven_stages_it_asks_for_no_more()
    {
        var file = _folder["policy.json"];
        string[] stage = ["A step", "both", "The leads", "leadNurse", "no", "safeguardingLead", "", "none"];
        var (code, _, errors) = await RunAsync(
            file,
            [.. Answers[..9], .. Enumerable.Repeat(stage, 7).SelectMany(s => s)]
        );

        Assert.Equal(0, code);
        Assert.EndsWith("These are 7 stages, and a procedure has no more.", errors, StringComparison.Ordinal);
        var policy = OwnPolicyDocument.Read(file, await File.ReadAllBytesAsync(file)).Policy!;
        Assert.Equal((7, 0), (policy.Stages.Count, policy.Tiers.Count));
    }

    [Fact]
    public async Task A_file_that_exists_is_left_as_it_is_and_a_folder_that_does_not_is_told_before_anything_is_asked()
    {
        var file = _folder["policy.json"];
        await File.WriteAllTextAsync(file, "mine");
        Assert.Equal(
            (1, "", $"{file}: it exists already, and is left as it is. Give the name of a new file."),
            await RunAsync(file, Answers)
        );
        Assert.Equal("mine", await File.ReadAllTextAsync(file));

        var nowhere = Path.Combine(_folder.Path, "none", "policy.json");
        Assert.Equal((1, "", $"{nowhere}: its folder does not exist."), await RunAsync(nowhere, Answers));
    }

    [Fact]
    public async Task The_program_itself_reads_the_answers_from_a_pipe()
    {
        var file = _folder["policy.json"];
        var (code, output, _) = await HostProcess.RunAsync(
            ["policies", "new", file],
            input: string.Join('\n', Answers) + "\n"
        );

        Assert.Equal(0, code);
        Assert.Contains("3 stages: written.", output, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    private static string Ends(Stage stage) => string.Join(' ', stage.Outcomes);

    private static IEnumerable<JsonNode> Bases(JsonNode node) =>
        node switch
        {
            JsonArray list => list.SelectMany(item => Bases(item!)),
            JsonObject part => part.SelectMany(member =>
                member.Key == "basis" ? [member.Value!] : Bases(member.Value!)
            ),
            _ => [],
        };

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string file, string[] answers)
    {
        using StringWriter output = new(),
            errors = new();
        using var input = new StringReader(string.Join('\n', answers) + (answers.Length > 0 ? "\n" : ""));
        var code = await CommandLine.RunAsync(["policies", "new", file], output, errors, input);
        return (code, output.ToString().TrimEnd(), errors.ToString().TrimEnd());
    }
}
