using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.OutcomeForms;

/// <summary>Outcomes as forms offer them.</summary>
public static class OutcomeWords
{
    /// <param name="outcome">As the procedure calls it.</param>
    /// <param name="next">Where it escalates to; null where it moves nothing.</param>
    /// <param name="chair">The chair whom the concern's nature lets decide; null: whoever decides at the stage.</param>
    public static string Choice(OwnWords words, Outcome outcome, Stage stage, Stage? next, string? chair) =>
        outcome switch
        {
            { Effect: OutcomeEffect.Escalates } when next is not null =>
                $"{outcome.Choice}: {words.Escalate} to {StageWords.Inline(next)} now",
            { NamesDecider: true } => $"{outcome.Choice} by {LowerFirst(chair ?? stage.DecidedBy ?? stage.Tier)}",
            _ => outcome.Choice,
        };

    private static string LowerFirst(string text) =>
        text.StartsWith("The ", StringComparison.Ordinal) ? "the" + text[3..] : text;
}
