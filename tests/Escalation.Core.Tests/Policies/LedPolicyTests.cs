using System.Text.Json;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>The rules of a case that was led from one policy to another.</summary>
public sealed class LedPolicyTests
{
    private static readonly Case Opened = CaseStory.Open("suffolk", "2026-10-12 09:00").Case;

    /// <summary>The event that leads.</summary>
    private const int Number = 9;

    public static IEnumerable<object[]> Pairs =>
        from one in Sample.Policies
        from other in Sample.Policies
        where one != other
        select new object[] { one, other };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_stage_that_a_rule_names_is_there_and_no_stage_or_duty_means_two_things(string from, string to)
    {
        var (before, after) = (Sample.Policy(from), Sample.Policy(to));
        var led = Led(before, before.FirstStage.Id, after);
        var own = after.Stages.Select(s => $"{to}.{s.Id}").ToList();
        Assert.Equal([before.FirstStage.Id, .. own], led.Stages.Select(s => s.Id));
        var rules = JsonSerializer.SerializeToNode(led with { Stages = [.. led.Stages.Skip(1)] })!;
        Assert.All(StagesNamed(rules, ""), stage => Assert.Contains(stage, own));
        Assert.Equal(
            StagesNamed(JsonSerializer.SerializeToNode(after with { Readings = [] })!, "").Select(s => $"{to}.{s}"),
            StagesNamed(rules, "")
        );
        Assert.All(led.Duties, d => Assert.StartsWith($"{to}.", d.Id, StringComparison.Ordinal));
        Assert.All(before.Duties, d => Assert.Same(d, led.FindDuty(d.Id)));
        Assert.Equal(after.FinalStage.Tier, led.FinalStage.Tier);
    }

    private static Policy Led(Policy before, string left, Policy after) =>
        (Opened with { Policy = Of(after), Before = new PastPolicy(Of(before), left, Number), Natures = [] }).Under([
            before,
            after,
        ]);

    private static PolicyReference Of(Policy policy) => new(policy.Id, policy.Version, policy.Hash);

    /// <summary>By the words that rules have for it, wherever they stand, in the order of the document.</summary>
    private static IEnumerable<string> StagesNamed(JsonNode? node, string member) =>
        node switch
        {
            JsonObject o => o.Where(m => m.Key is not nameof(Policy.FirstStage) and not nameof(Policy.FinalStage))
                .SelectMany(m => StagesNamed(m.Value, m.Key)),
            JsonArray a => a.SelectMany(item => StagesNamed(item, member)),
            JsonValue v when v.GetValueKind() == JsonValueKind.String => Stage(v.GetValue<string>(), member),
            _ => [],
        };

    private static IEnumerable<string> Stage(string text, string member) =>
        (member, text.Split(':')) switch
        {
            ("UrgentTo" or "UnresolvedGoesTo" or "UnlessAt" or "Stages" or "ExceptStages", _) => [text],
            ("When" or "From", [not ("outcome" or "date"), var stage, ..]) => [stage],
            _ => [],
        };

    [Fact]
    public void An_event_is_read_by_what_held_when_it_happened()
    {
        var (before, after) = (Sample.Policy("sefton"), Sample.Policy("sandwell"));
        var led = Led(before, "2", after);
        Assert.Same(before, led.AsOf(Number - 1));
        Assert.Same(led, led.AsOf(Number));
        Assert.Equal((before.Name, after.Name, after.Hash), (led.CameFrom, led.Name, led.Hash));
        Assert.Equal(["1", "2"], led.Stages.Take(2).Select(s => s.Id));
    }

    [Fact]
    public void Words_of_both_are_known_and_only_the_present_policy_says_who_may_decide_by_a_nature()
    {
        var (before, after) = (Sample.Policy("suffolk"), Sample.Policy("suffolk-mash"));
        Assert.Contains(before.Natures, n => n.DecidedBy is not null);
        var led = Led(before, "2", after);
        Assert.Equal(after.Natures.Concat(before.Natures).Select(n => n.Id).Distinct(), led.Natures.Select(n => n.Id));
        Assert.All(led.Natures, n => Assert.Null(n.DecidedBy));
        Assert.All(before.Roles, r => Assert.Contains(led.Roles, x => x.Id == r.Id));
    }
}
