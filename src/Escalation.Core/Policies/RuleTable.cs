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
            Asked(policy, stage),
            stage.Told switch
            {
                Told.Raising => "raising agency only",
                Told.Both => "all agencies",
                Told.Partnership => "partnership, copy to the agencies",
                _ => "receiving agency only",
            },
            Limits(policy, stage),
            string.Join("; ", stage.Limits.Select(l => l.Cap).OfType<StageCap>().Select(cap => Cap(policy, cap))),
            string.Join("; ", Bases(stage).Select(b => b.InFull)),
        ];

    /// <summary>Each limit with what it is for, where that is no outcome, and what a miss does, where that is no escalation.</summary>
    private static string Limits(Policy policy, Stage stage)
    {
        if (stage.Limits.Count == 0)
            return "none printed";
        return string.Join("; then ", stage.Limits.Select(limit => Limit(policy, limit)));
    }

    /// <summary>Who is asked, and in which cases.</summary>
    private static string Asked(Policy policy, Stage stage)
    {
        var asked = new StringBuilder(stage.Tier);
        if (stage.When is { } when)
            asked.Append($". Only where {ConditionWords.Of(policy, when)}");
        if (stage.Unless is { } unless)
            asked.Append($". Not where {ConditionWords.Of(policy, unless)}");
        if (stage.Optional is { } optional)
            asked.Append($". May be passed over: {optional.InFull}");
        return asked.ToString();
    }

    private static string Limit(Policy policy, StageLimit limit)
    {
        var what = limit.For is LimitFor.Outcome ? "" : $"{limit.For.ToString().ToLowerInvariant()}: ";
        var after = limit.From == "opened" ? "" : $" after {Anchor(policy, limit.From)}";
        List<string> lengths =
        [
            .. limit.Lengths.Select(l => $"{Length(l.Limit)}{after} where {ConditionWords.Of(policy, l.When)}"),
        ];
        if (limit.Limit is { } own)
            lengths.Add((lengths.Count > 0 ? "else " : "") + Length(own) + after);
        if (limit.By is { } by)
            lengths.Add($"{(lengths.Count > 0 ? "at the latest on " : "")}the day given for “{policy.DateName(by)}”");
        var length = lengths.Count > 0 ? string.Join(", ", lengths) : "none of its own";
        return what + length + (limit.Missed is { Does: MissDoes.Remind } ? ", a miss reminds" : "");
    }

    private static string Cap(Policy policy, StageCap cap) => $"{Length(cap.Limit)} after {Anchor(policy, cap.From)}";

    private static IEnumerable<Basis> Bases(Stage stage)
    {
        foreach (var limit in stage.Limits)
        {
            foreach (var length in limit.Lengths)
                yield return length.Limit.Basis;
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
        if (policy.Skip.Starts is { } starts)
            Line(text, $"- May start at {string.Join(", ", starts.Stages)}: {Shown(starts.Basis)}");
        foreach (var elsewhere in policy.Elsewhere)
            Line(
                text,
                $"- Not this process where {Plain(ConditionWords.Of(policy, elsewhere.When))}: {Shown(elsewhere.Basis)}"
            );
        foreach (var stage in policy.Stages)
        foreach (var lead in stage.LeadsTo)
            Line(
                text,
                $"- From stage {stage.Id} to `{lead.Policy}`{Where(policy, lead)}: {Plain(lead.Text)}. {Shown(lead.Basis)}"
            );
        foreach (var reading in policy.Readings)
            Line(
                text,
                $"- Read here as: {Plain(reading.Choices.First(c => c.Id == reading.Chosen).Name)}. {Plain(reading.Question)} "
                    + $"Otherwise: {Plain(string.Join("; ", reading.Choices.Where(c => c.Id != reading.Chosen).Select(c => c.Name)))}"
            );
        foreach (var date in policy.Dates)
            Line(text, $"- Asked for: {Plain(date.Name)}. {Shown(date.Window?.Basis ?? date.Basis)}");
        Line(text, $"- Urgent: {Shown(policy.Urgent.Basis)}");
        if (policy.Hold is { } hold)
            Line(text, $"- Stop and Review: {Shown(hold.Basis)}");
        Line(text, $"- Agreement: {Shown(policy.Confirmation.Basis)}");
        Line(text, $"- Final stage missed: {Shown(policy.FinalMissed.Basis)}");
        Line(text, $"- Told again: {Repetition.Words(policy.FinalMissed.EveryWorkingDays)}");
        foreach (var raisers in policy.Stages.Select(s => s.RaisedBy).OfType<RaiserRule>())
            Line(text, $"- Who raises it: {Shown(raisers.Basis)}");
        foreach (var joint in policy.Stages.Select(s => s.Jointly).OfType<JointRule>())
            Line(text, $"- Two decide together: {Shown(joint.Basis)}");
        foreach (var chair in policy.Stages.Select(s => s.Chair).OfType<ChairRule>())
            Line(text, $"- Chair: {Shown(chair.Basis)}");
        foreach (var form in policy.Forms ?? [])
            Line(
                text,
                $"- Printed{(form.FromStage is { } stage ? $" from stage {stage} on" : "")}: {Plain(form.Title)}. {Shown(form.Basis)}"
            );
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

    private static string Where(Policy policy, LeadRule lead) =>
        (lead.Stage is { } stage ? $", stage {stage}" : "")
        + (lead.When is { } when ? $", where {Plain(ConditionWords.Of(policy, when))}" : "");

    private static string Shown(Basis basis) => Plain(basis.InFull);

    private static string Length(TimeLimit limit)
    {
        var length =
            limit.WorkingDays is { } days ? Count(days, "working day")
            : limit.CalendarDays is { } all ? Count(all, "calendar day")
            : Count(limit.Hours!.Value, "hour");
        var kind = limit.Kind == LimitKind.Maximum ? "maximum" : "target";
        return $"{length} ({kind}{(limit.Basis.Local ? ", local setting" : "")})";
    }

    private static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    private static string Anchor(Policy policy, string from) =>
        from.Split(':') switch
        {
            ["raised"] => "the concern was raised",
            ["previousLimit"] => "the deadline of the limit before",
            ["previousMet"] => "what the limit before is for happened",
            ["opened", var stage] => $"stage {stage} opened",
            ["day", var stage] => $"the day of stage {stage}",
            [CaseDate.Anchor, var date] => $"the day given for “{policy.DateName(date)}”",
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
