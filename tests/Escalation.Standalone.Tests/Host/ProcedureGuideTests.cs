using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Core.Policies;
using Escalation.Standalone.Commands;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>
/// <c>docs/write-a-procedure.md</c>, done as it says: its questions and answers, its steps, its document, and what the commands say.
/// </summary>
public sealed partial class ProcedureGuideTests : IDisposable
{
    private const string Name = "northmoor.json";

    /// <summary>What the guide's reader has changed in the whole document before each command after <c>policies new</c>.</summary>
    private static readonly (string From, string To)[] Changes =
    [
        ("[\"safeguardingLead\"]", "[\"safegardingLead\"]"),
        ("\"NOR\",", "\"NOR\""),
        ("", ""),
        ("", ""),
        ("", ""),
        ("First edition, March 2026", "Second edition, May 2027"),
        ("\"version\": 1000", "\"version\": 1001"),
    ];

    private static readonly string Guide = File.ReadAllText(GuideFile()).ReplaceLineEndings("\n");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_whole_document_has_no_fault_and_every_step_is_in_it()
    {
        Assert.Equal([], OwnPolicyDocument.Read(Name, System.Text.Encoding.UTF8.GetBytes(Whole)).Errors);
        var document = JsonNode.Parse(Whole)!;
        var steps = Blocks("json").SkipLast(1).ToList();
        Assert.Equal(10, steps.Count);
        Assert.All(steps, step => Assert.True(Holds(document, JsonNode.Parse($"{{{step}}}")!.AsObject()), step));
    }

    [Fact]
    public async Task The_answers_of_the_guide_lead_through_its_questions_to_what_its_document_begins_with()
    {
        var lines = Blocks("text")[0].Split('\n');
        var written = Array.FindIndex(lines, line => line.StartsWith($"{Name}: ", StringComparison.Ordinal));
        var answers = lines[1..written].Where(line => line[0] == '>').Select(line => line[1..].Trim());
        using var input = new StringReader(string.Join('\n', answers) + "\n");

        var (code, output, errors) = await RunAsync(lines[0], input);

        Assert.Equal((0, string.Join('\n', lines[written..])), (code, output));
        Assert.Equal(
            lines[1..written].Where(line => line[0] != '>'),
            errors.Split('\n').Where(line => !Choice().IsMatch(line))
        );
        var first = JsonNode.Parse(await File.ReadAllTextAsync(_folder[Name]))!.AsObject();
        first.Remove("stages");
        Assert.True(Holds(JsonNode.Parse(Whole)!, first), first.ToJsonString());
    }

    [Fact]
    public async Task Every_command_of_the_guide_says_what_the_guide_says_that_it_says()
    {
        var blocks = Blocks("text").Skip(1).ToList();
        Assert.Equal(Changes.Length, blocks.Count);
        foreach (var (block, (from, to)) in blocks.Zip(Changes))
        {
            Assert.Contains(from, Whole, StringComparison.Ordinal);
            await File.WriteAllTextAsync(_folder[Name], from.Length == 0 ? Whole : Whole.Replace(from, to));
            var lines = block.Split('\n');

            var (_, output, errors) = await RunAsync(lines[0], TextReader.Null);

            var said = (output + errors).Split('\n').ToList();
            if (!lines.Contains("…"))
                Assert.Equal(lines[1..], said);
            Assert.All(lines[1..].Where(line => line is not ("…" or "")), line => Assert.Contains(line, said));
        }
    }

    private static string Whole => Blocks("json")[^1];

    private static List<string> Blocks(string language) =>
        [
            .. Block()
                .Matches(Guide)
                .Where(b => b.Groups["language"].Value == language)
                .Select(b => b.Groups["text"].Value),
        ];

    /// <summary>Some object in it has all these members.</summary>
    private static bool Holds(JsonNode? within, JsonObject members) =>
        within switch
        {
            JsonArray list => list.Any(item => Holds(item, members)),
            JsonObject part => members.All(m => part.ContainsKey(m.Key) && JsonNode.DeepEquals(part[m.Key], m.Value))
                || part.Any(member => Holds(member.Value, members)),
            _ => false,
        };

    /// <summary>As if typed where the document lies.</summary>
    private async Task<(int Code, string Output, string Errors)> RunAsync(string typed, TextReader input)
    {
        using StringWriter output = new(),
            errors = new();
        var words = typed.TrimStart('$', ' ').Split(' ').Select(word => word == Name ? _folder[Name] : word);
        string[] data = typed.Contains(" add ", StringComparison.Ordinal) ? ["--data", _folder["data"]] : [];
        var code = await CommandLine.RunAsync([.. words, .. data], output, errors, input);
        return (code, Said(output), Said(errors));
    }

    private string Said(StringWriter said) =>
        said.ToString().ReplaceLineEndings("\n").Replace(_folder[Name], Name).TrimEnd();

    private static string GuideFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "write-a-procedure.md");

    [GeneratedRegex(
        "^```(?<language>[a-z]+)\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Block();

    [GeneratedRegex("^  [0-9]+  ", RegexOptions.None, 1000)]
    private static partial Regex Choice();
}
