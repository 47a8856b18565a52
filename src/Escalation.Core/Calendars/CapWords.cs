namespace Escalation.Core.Calendars;

/// <summary>What became of a stage's limits, in words.</summary>
internal static class CapWords
{
    private const string ToNextWorkingDay = "the stage runs to the close of the next working day";

    public static CapExplanation? Explain(WorkingCalendar calendar, DeadlineQuestion question, Reckoning reckoning)
    {
        if (question.Cap is not { } cap)
            return null;
        var why =
            reckoning.CapStanding == Standing.LacksAnchor
                ? $"The cap does not count: this case has no record that {cap.FromWords}"
                : WhyCounting(calendar, question, reckoning);
        var counts = reckoning.SetBy is SetBy.Cap or SetBy.Floor;
        return new(cap.Limit.Basis.ToString(), reckoning.Cap, counts, why);
    }

    /// <summary>Which limits left too little or lacked their anchor as the stage opened, and what counts instead; null when none.</summary>
    public static string? Exceeded(WorkingCalendar calendar, DeadlineQuestion question, Reckoning reckoning)
    {
        var own = reckoning.OwnStanding switch
        {
            Standing.LacksAnchor =>
                $"The stage's own limit has nothing to run from (no record that {question.Own!.FromWords}), "
                    + "so it is counted from the opening.",
            Standing.Extended or Standing.Restarted => OwnExtended(calendar, question, reckoning),
            _ => null,
        };
        var cap = reckoning.CapStanding switch
        {
            Standing.LacksAnchor => $"The cap has nothing to run from (no record that {question.Cap!.FromWords}); "
                + (question.Own is null ? ToNextWorkingDay : "the stage runs its own limit")
                + ".",
            Standing.Extended when reckoning.Cap <= question.Opened => $"The cap ran out on {At(calendar, reckoning)}, "
                + $"before the stage opened; {(reckoning.SetBy == SetBy.Own ? "the stage runs its own limit" : ToNextWorkingDay)}.",
            _ => null,
        };
        return own is null ? cap
            : cap is null ? own
            : $"{own} {cap}";
    }

    private static string OwnExtended(WorkingCalendar calendar, DeadlineQuestion question, Reckoning reckoning)
    {
        var ended = DeadlineWords.Moment(calendar, reckoning.OwnAnchored!.Value);
        var what = $"The stage's own limit, counted from when {question.Own!.FromWords},";
        var instead =
            reckoning.OwnStanding == Standing.Extended
                ? "it is extended to the close of the next working day after the opening"
                : "it is counted from the opening";
        return reckoning.OwnAnchored <= question.Opened
            ? $"{what} ran out on {ended}, before the stage opened, so {instead}."
            : $"{what} would leave less than the close of the next working day, ending on {ended}, so {instead}.";
    }

    private static string WhyCounting(WorkingCalendar calendar, DeadlineQuestion question, Reckoning reckoning)
    {
        var cap = $"The cap, {At(calendar, reckoning)},";
        if (reckoning.SetBy == SetBy.Day)
            return $"{cap} is no earlier than the deadline, which is {question.Until!.Words}";
        if (reckoning.Cap <= question.Opened)
        {
            var passed = $"{cap} had passed when the stage opened, and leaves the close of the next working day";
            return reckoning.SetBy == SetBy.Floor
                ? $"{passed}, so that is the deadline"
                : $"{passed}; the stage's own limit is no later, so it counts";
        }

        if (question.Own is null)
        {
            return reckoning.SetBy == SetBy.Cap
                ? $"{cap} is the deadline: the stage has no limit of its own"
                : $"{cap} would leave less than the close of the next working day, so that is the deadline";
        }

        if (reckoning.Cap == reckoning.Own)
        {
            return reckoning.SetBy == SetBy.Cap
                ? $"{cap} is the same moment as the stage's own limit, and is a maximum, so it counts"
                : $"{cap} is the same moment as the stage's own limit";
        }

        if (reckoning.Cap > reckoning.Own)
            return $"{cap} is later, so the stage's own limit counts";
        var earlier = $"{cap} is earlier than the stage's own limit, {DeadlineWords.Moment(calendar, reckoning.Own)},";
        return reckoning.SetBy switch
        {
            SetBy.Cap => $"{earlier} so it counts",
            SetBy.Floor =>
                $"{earlier} but would leave less than the close of the next working day, so that is the deadline",
            _ => $"{earlier} but a cap never leaves less than that, so the stage's own limit counts",
        };
    }

    private static string At(WorkingCalendar calendar, Reckoning reckoning) =>
        DeadlineWords.Moment(calendar, reckoning.Cap!.Value);
}
