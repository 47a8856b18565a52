using Escalation.Standalone.Clocks;
using Escalation.Web.Health;
using Escalation.Web.Wording;

namespace Escalation.Standalone.Health;

/// <summary>Whether the clock was moved lately. A wrong clock misses deadlines, or lets them pass.</summary>
internal sealed class ClockHealth(ClockWatch watch) : IHostHealth, IReadinessProbe
{
    public Task<string?> FaultAsync(CancellationToken cancel) =>
        Task.FromResult(
            watch.Jump is { } jump ? $"{Words(jump)} It is told for an hour, in which it has to run steadily." : null
        );

    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(Line(watch.Jump));

    internal static HealthLine Line(ClockJump? jump)
    {
        const string what = "Clock";
        return jump is null
            ? new(what, HealthState.Well, "Runs steadily")
            : new(
                what,
                HealthState.Act,
                Words(jump),
                jump.IsBack
                    ? "Look whether the clock is right now. Escalations on which something was recorded while it was ahead keep those "
                        + "instants: their deadlines are counted from them. "
                        + "Once it has run steadily for an hour, the clock is taken to be right."
                    : "Look whether the clock is right now, or whether the machine was paused. If it is wrong, stop the host before you "
                        + "correct it: deadlines that it says have passed are missed. "
                        + "Once it has run steadily for an hour, it is taken to be right."
            );
    }

    private static string Words(ClockJump jump) =>
        $"The clock jumped {(jump.IsBack ? "back" : "ahead")} by {TimeWords.Span(jump.By)}, "
        + $"from {HealthWords.Moment(jump.From)} to {HealthWords.Moment(jump.To)}.";
}
