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
            .. RecordForms
                .For(rules.Policy)
                .Where(f => f.FromStage is not { } stage || filling.Reached(stage))
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
}
