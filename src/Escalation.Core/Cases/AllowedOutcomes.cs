using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>An outcome that may be recorded.</summary>
/// <param name="NeedsChair">True: allowed only with a chair named, because the concern's nature lets that chair decide.</param>
public sealed record AllowedOutcome(string Id, bool NeedsChair);

/// <summary>What an agency may record at a stage, as a form offers it. The same rules decide when it is recorded.</summary>
public static class AllowedOutcomes
{
    /// <param name="stage">A stage that was opened in this case; a closed one answers what it allowed.</param>
    /// <param name="agency">An agency of the case, or the partnership.</param>
    /// <param name="contact">Whose emailed link it would come by; null: it would not come by one.</param>
    public static IReadOnlyList<AllowedOutcome> For(
        Case c,
        Rules rules,
        string stage,
        string agency,
        DateTimeOffset now,
        string? contact = null
    )
    {
        var then = c with { Stages = c.Stages.GetRange(0, c.Stages.FindLastIndex(s => s.Id == stage) + 1) };
        var change = new CaseChange(then, rules, now, CaseChange.NothingFollows);
        var chair = new Speaker(agency, "chair", null);
        return
        [
            .. Outcomes
                .All.Select(o => o.Id)
                .Where(o => OutcomeChecks.NotAllowed(change, o, agency, chair, contact) is null)
                .Select(o => new AllowedOutcome(
                    o,
                    OutcomeChecks.NotAllowed(change, o, agency, null, contact) is not null
                )),
        ];
    }
}
