namespace Escalation.Functions.Orchestrations;

/// <summary>What one step of the case handler left behind, as an orchestration may know it: no policy and no personal data.</summary>
/// <param name="Stage">The present stage; null when there is no such case.</param>
/// <param name="Deadline">In force; null on hold, after a response and after the end.</param>
/// <param name="NextWake">Null: the case needs no wake any more.</param>
/// <param name="Ended">The case has ended; duties and sends may go on.</param>
/// <param name="Notices">Keys of the notices to try now, oldest first.</param>
/// <param name="At">The instant the step was taken at.</param>
public sealed record CaseStep(string? Stage, DateTimeOffset? Deadline, DateTimeOffset? NextWake, bool Ended, IReadOnlyList<string> Notices, DateTimeOffset At);

/// <param name="Wake">The wake that fired, so that a clock behind the timer's does not find it too early; null for an event.</param>
public sealed record StepToTake(string Reference, DateTimeOffset? Wake);

/// <param name="At">When the case called for it: see <see cref="StepToTake.Wake"/>.</param>
public sealed record NoticeToSend(string Reference, string Key, DateTimeOffset At);

/// <summary>An instance's custom status, for those who query it.</summary>
public sealed record CaseWatch(string? Stage, DateTimeOffset? Deadline, DateTimeOffset? NextWake);
