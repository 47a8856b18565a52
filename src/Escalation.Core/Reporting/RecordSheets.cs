using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>Fills a procedure's forms from a case as its reader may know it.</summary>
public static class RecordSheets
{
    public static IReadOnlyList<RecordSheet> Of(ReadableCase c, Rules rules)
    {
        var filling = new RecordFilling(c, rules);
        return
        [
            .. Under(rules.Policy)
                .SelectMany(p =>
                    RecordForms
                        .For(p)
                        .Where(f => f.FromStage is not { } stage || filling.Reached(p == rules.Policy, stage))
                )
                .Select(f => new RecordSheet(
                    f,
                    [
                        .. f.Sections.Select(s => new FilledSection(
                            s.Heading ?? "",
                            [.. s.Lines.Select(l => new FilledLine(l.Label ?? "", filling.Answer(l)))]
                        )),
                    ]
                )),
        ];
    }

    /// <summary>The policy that a case was led from before the one that it is under now.</summary>
    private static IReadOnlyList<Policy> Under(Policy policy) =>
        policy.Earlier is { } earlier ? [earlier.Policy, policy] : [policy];
}
