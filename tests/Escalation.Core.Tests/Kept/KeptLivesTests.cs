using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Escalation.Core.Tests.Cases;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Kept;

/// <summary>
/// What became of cases that chance led, event for event, and what they show to whom, as files hold it. Whoever changes a deadline, who is
/// told or what a report counts sees in the difference where. A change that is meant is written with <c>LIVES_WRITE=1</c>.
/// </summary>
public sealed partial class KeptLivesTests
{
    private const int Steps = 30;

    public static IEnumerable<object[]> Lives { get; } =
    [.. from policy in Sample.Policies from seed in Enumerable.Range(1, 3) select new object[] { policy, seed }];

    [Theory]
    [MemberData(nameof(Lives))]
    public void A_case_goes_as_it_went(string policy, int seed)
    {
        var random = new Random(seed);
        var story = RandomLife.Open(policy, random);
        var told = new StringBuilder();
        var written = 0;
        Tell("opened");
        for (var step = 0; step < Steps; step++)
            Tell(RandomLife.Step(story, random));
        told.Append('\n').Append(Shown.Of(story.Document, story.Rules));
        var file = Path.Combine(Here(), "Lives", $"{policy}-{seed}.txt");
        Assert.Null(KeptWords.Difference(file, told.ToString(), "LIVES_WRITE"));

        void Tell(string asked)
        {
            told.Append(CultureInfo.InvariantCulture, $"{UkTime.Text(story.Now)} {asked}\n");
            foreach (var text in story.Document.Events.Skip(written))
                told.Append("  ").Append(Mark().Replace(text, "")).Append('\n');
            written = story.Document.Events.Count;
        }
    }

    /// <summary>What a command's mark and the seal of private words add: digests, which say nothing to a reader.</summary>
    [GeneratedRegex(",\"(command\":\\{[^}]*\\}|by\":\\d+|seal\":\"[^\"]*\")", RegexOptions.None, 10_000)]
    private static partial Regex Mark();

    internal static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
