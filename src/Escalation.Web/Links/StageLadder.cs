using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>A stage of the procedure as this case has it.</summary>
public enum StepState
{
    /// <summary>Closed.</summary>
    Done,

    /// <summary>The case is here.</summary>
    Present,

    /// <summary>A later stage opened without it.</summary>
    PassedOver,

    /// <summary>Opens if the present one does not settle it.</summary>
    Coming,

    /// <summary>The case ended before it.</summary>
    NotNeeded,
}

/// <param name="Line">How it went; null where nothing happened yet.</param>
public sealed record LadderStep(string Name, string Tier, StepState State, string? Line)
{
    public string Words =>
        State switch
        {
            StepState.Done => "Closed",
            StepState.Present => "Now",
            StepState.PassedOver => "Passed over",
            StepState.Coming => "To come",
            _ => "Not needed",
        };

    /// <summary>A sign for the state, beside its words; empty for what did not happen yet.</summary>
    public string Mark =>
        State switch
        {
            StepState.Done => "✓",
            StepState.Present => "➤",
            StepState.PassedOver => "–",
            _ => "",
        };

    public string Style =>
        State switch
        {
            StepState.Done => "done",
            StepState.Present => "now",
            _ => "other",
        };
}

/// <summary>
/// The stages of a case's procedure, passed, present and coming. Nobody's free text; an internal stage of one agency is
/// not on the other's.
/// </summary>
internal static class StageLadder
{
    public static IEnumerable<LadderStep> Of(LinkContext link)
    {
        var (c, policy) = (link.Case, link.Rules.Policy);
        var reached = c.Stages.Max(s => policy.IndexOf(s.Id));
        foreach (var (at, stage) in policy.Stages.Index())
        {
            if (!Audience.MayRead(c, policy, stage.Id, link.Standing.Agency))
                continue;
            var record = c.Stages.FindLast(s => s.Id == stage.Id);
            yield return new LadderStep(
                stage.Name,
                stage.Tier,
                State(c, record, at < reached),
                record is null ? null : Line(link, stage, record)
            );
        }
    }

    private static StepState State(Case c, StageRecord? record, bool isPast) =>
        record switch
        {
            { ClosedAt: not null } => StepState.Done,
            not null => StepState.Present,
            null when isPast => StepState.PassedOver,
            null => c.IsOpen ? StepState.Coming : StepState.NotNeeded,
        };

    private static string Line(LinkContext link, Stage stage, StageRecord record)
    {
        var calendar = link.Rules.Calendar;
        return record.ClosedAt is { } closed
            ? $"It {StageWords.Closed(link.Rules.Policy, record)}, {TimeWords.Moment(calendar, closed)}{(record.Late ? " (late)" : "")}."
            : $"Open since {TimeWords.Moment(calendar, record.OpenedAt)}. Asked: {stage.Tier}.";
    }
}
