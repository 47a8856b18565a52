using System.Text;
using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>The policies as tables for people. The same policies give the same text, with line feeds only.</summary>
public static class RuleTable
{
    /// <summary>One section per policy, in the order given; headings start at the third level.</summary>
    public static string ToMarkdown(IEnumerable<Policy> policies)
    {
        var text = new StringBuilder();
        foreach (var policy in policies)
            Section(text, policy);
        return text.ToString();
    }

    private static void Section(StringBuilder text, Policy policy)
    {
        if (text.Length > 0)
            Line(text, "");
        Line(text, $"### {Plain(policy.PartnershipName)}: {Plain(policy.Name)}");
        Line(text, "");
        var review = policy.Review is null ? "" : $" Review: {Plain(policy.Review)}.";
        Line(text, $"`{policy.Id}`, version {policy.Version}. Edition: {Plain(policy.Edition)}.{review}");
        Line(text, "");
        Line(text, "| Stage | Who is asked | Told | Limit | No later than | Basis |");
        Line(text, "| --- | --- | --- | --- | --- | --- |");
        foreach (var stage in policy.Stages)
            Line(text, $"| {string.Join(" | ", Cells(policy, stage).Select(Plain))} |");
        Rules(text, policy);
    }

    private static string[] Cells(Policy policy, Stage stage) =>
        [
            ReferenceEquals(stage, policy.FinalStage) ? $"{stage.Id} (final)" : stage.Id,
            stage.Tier,
            stage.Told switch
            {
                Told.Raising => "raising agency only",
                Told.Both => "all agencies",
                Told.Partnership => "partnership, copy to the agencies",
                _ => "receiving agency only",
            },
            Limits(stage),
            string.Join("; ", stage.Limits.Select(l => l.Cap).OfType<StageCap>().Select(Cap)),
            string.Join("; ", Bases(stage).Select(b => b.InFull)),
        ];

    /// <summary>Each limit with what it is for, where that is no outcome, and what a miss does, where that is no escalation.</summary>
    private static string Limits(Stage stage)
    {
        if (stage.Limits.Count == 0)
            return "none printed";
        return string.Join("; then ", stage.Limits.Select(Limit));
    }

    private static string Limit(StageLimit limit)
    {
        var what = limit.For is LimitFor.Outcome ? "" : $"{limit.For.ToString().ToLowerInvariant()}: ";
        var after = limit.From == "opened" ? "" : $" after {Anchor(limit.From)}";
        var length = limit.Limit is { } own ? Length(own) + after : "none of its own";
        return what + length + (limit.Missed is { Does: MissDoes.Remind } ? ", a miss reminds" : "");
    }

    private static string Cap(StageCap cap) => $"{Length(cap.Limit)} after {Anchor(cap.From)}";

    private static IEnumerable<Basis> Bases(Stage stage)
    {
        foreach (var limit in stage.Limits)
        {
            if (limit.Limit is { } own)
                yield return own.Basis;
            if (limit.Cap is { } cap)
                yield return cap.Limit.Basis;
            if (limit.Missed is { } missed)
                yield return missed.Basis;
        }
        if (stage.Review is { } review)
            yield return review.Basis;
    }

    private static void Rules(StringBuilder text, Policy policy)
    {
        Line(text, "");
        Line(text, $"- Order: {Shown(policy.Skip.Basis)}");
        Line(text, $"- Urgent: {Shown(policy.Urgent.Basis)}");
        if (policy.Hold is { } hold)
            Line(text, $"- Stop and Review: {Shown(hold.Basis)}");
        Line(text, $"- Agreement: {Shown(policy.Confirmation.Basis)}");
        Line(text, $"- Final stage missed: {Shown(policy.FinalMissed.Basis)}");
        Line(text, $"- Told again: {Repetition.Words(policy.FinalMissed.EveryWorkingDays)}");
        foreach (var chair in policy.Stages.Select(s => s.Chair).OfType<ChairRule>())
            Line(text, $"- Chair: {Shown(chair.Basis)}");
        foreach (var tell in policy.Tells)
            Line(text, $"- Also told: {Shown(tell.Basis)}");
        foreach (var method in policy.Methods.Where(m => m.Refused is not null))
            Line(text, $"- Refused: {Plain(method.Name)}. {Plain(method.Refused!)}");
        foreach (
            var duty in policy
                .Duties.Select(d => $"- Duty: {Plain(d.What)}. {Shown(d.Basis)}")
                .Distinct(StringComparer.Ordinal)
        )
            Line(text, duty);
    }

    private static string Shown(Basis basis) => Plain(basis.InFull);

    private static string Length(TimeLimit limit)
    {
        var length = limit.WorkingDays is { } days ? Count(days, "working day") : Count(limit.Hours!.Value, "hour");
        var kind = limit.Kind == LimitKind.Maximum ? "maximum" : "target";
        return $"{length} ({kind}{(limit.Basis.Local ? ", local setting" : "")})";
    }

    private static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    private static string Anchor(string from) =>
        from.Split(':') switch
        {
            ["raised"] => "the concern was raised",
            ["previousLimit"] => "the deadline of the limit before",
            ["opened", var stage] => $"stage {stage} opened",
            ["day", var stage] => $"the day of stage {stage}",
            _ => "the stage opened",
        };

    /// <summary>Keeps a text inside its cell or line, and free of markup of its own.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(
                c is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' ? $"\\{c}" : c.ToString()
            );
        return plain.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
