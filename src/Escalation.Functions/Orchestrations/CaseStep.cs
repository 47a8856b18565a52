namespace Escalation.Functions.Orchestrations;

/// <summary>What a step or a send left behind, as an orchestration may know it: no policy and no personal data.</summary>
/// <param name="Stage">The present stage; null when there is no such case.</param>
/// <param name="Deadline">In force; null on hold, after a response and after the end.</param>
/// <param name="NextWake">Null: the case needs no wake any more.</param>
/// <param name="Notices">Keys of the notices to try now, oldest first.</param>
/// <param name="At">The instant the step was taken at.</param>
public sealed record CaseStep(
    string? Stage,
    DateTimeOffset? Deadline,
    DateTimeOffset? NextWake,
    IReadOnlyList<string> Notices,
    DateTimeOffset At
)
{
    public static CaseStep OfNoCase(DateTimeOffset at) => new(null, null, null, [], at);
}

/// <param name="Wake">The wake that fired, so that a clock behind the timer's does not find it too early; null for an event.</param>
public sealed record StepToTake(string Reference, DateTimeOffset? Wake);

/// <param name="At">When the case called for it: see <see cref="StepToTake.Wake"/>.</param>
public sealed record NoticeToSend(string Reference, string Key, DateTimeOffset At);

/// <summary>An instance's custom status, for those who query it.</summary>
public sealed record CaseWatch(string? Stage, DateTimeOffset? Deadline, DateTimeOffset? NextWake);
