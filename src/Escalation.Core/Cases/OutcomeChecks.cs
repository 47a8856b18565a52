using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Whether an outcome may be recorded at a stage: what the policy allows, and what it asks for.</summary>
internal static class OutcomeChecks
{
    /// <summary>Faults that hold for a late response too: who speaks, how and when it was discussed.</summary>
    public static Refusal? Common(Turn turn, RecordOutcome m)
    {
        var (c, faults) = (turn.Case, new Faults());
        if (c.SideOf(m.By.Agency) is null)
            faults.Add("by.agency", "Not an agency of this case.");
        if (turn.Policy.Methods.All(x => x.Id != m.Method))
            faults.Add("method", $"One of: {string.Join(", ", turn.Policy.Methods.Select(x => x.Id))}.");
        var calendar = turn.Rules.Calendar;
        if (m.DiscussedOn > calendar.LocalDate(turn.Now))
            faults.Add("discussedOn", "In the future.");
        else if (m.DiscussedOn < calendar.LocalDate(c.RaisedAt))
            faults.Add("discussedOn", "Before the concern was raised.");
        for (var i = 0; i < m.Actions.Count; i++)
        {
            if (c.SideOf(m.Actions[i].Agency) is null)
                faults.Add($"actions[{i}].agency", "Not an agency of this case.");
            if (m.Actions[i].Due < m.DiscussedOn)
                faults.Add($"actions[{i}].due", "Before the discussion.");
        }
        return faults.ToRefusal();
    }

    /// <summary>What the present stage allows and requires.</summary>
    public static Refusal? AtStage(Turn turn, RecordOutcome m)
    {
        if (NotAllowed(turn, m.Outcome, m.By.Agency, m.Chair) is { } refusal)
            return refusal;
        if (turn.Policy.Methods.First(x => x.Id == m.Method).Refused is { } why)
            return new Refusal(Codes.MethodNotAccepted, why);
        return Required(turn, m);
    }

    /// <summary>Why the outcome cannot be recorded by this agency at the present stage, or null.</summary>
    public static Refusal? NotAllowed(Turn turn, string outcome, string agency, Speaker? chair)
    {
        var (stage, c) = (turn.Stage, turn.Case);
        Refusal No(string why) => new(Codes.NotAllowed, why);
        if (outcome == Outcomes.Escalate)
            return turn.AtFinalStage ? No($"Stage {stage.Id} is the final stage: there is nothing above it.") : Internal(turn, agency);
        var byConference = outcome == Outcomes.Decided && DecidedByNature(turn) is not null;
        if (!byConference && !stage.Outcomes.Contains(outcome))
            return No($"Stage {stage.Id} does not end with '{outcome}'. It allows: {string.Join(", ", Allowed(turn))}.");
        if (byConference && !stage.Outcomes.Contains(outcome))
            return chair is null ? No($"Only the {DecidedByNature(turn)} may decide here: name the chair.") : null;
        var side = c.SideOf(agency);
        return outcome switch
        {
            Outcomes.NoLongerDisagrees when side is not (Side.Raising or Side.Involved) => No("Only the agency that raised the concern can say that it no longer disagrees."),
            Outcomes.Decided or Outcomes.Registered or Outcomes.FurtherAction or Outcomes.Responded when side is not Side.Partnership =>
                No($"This is for {stage.DecidedBy ?? stage.Tier} to record, for the partnership."),
            _ => Internal(turn, agency),
        };
    }

    public static IEnumerable<string> Allowed(Turn turn) =>
        turn.AtFinalStage ? turn.Stage.Outcomes : turn.Stage.Outcomes.Append(Outcomes.Escalate).Distinct();

    private static Refusal? Internal(Turn turn, string agency) =>
        turn.Stage.Told is Told.Raising && turn.Case.SideOf(agency) is not (Side.Raising or Side.Partnership)
            ? new Refusal(Codes.NotAllowed, $"Stage {turn.Stage.Id} is internal to the agency that raised the concern.")
            : null;

    private static string? DecidedByNature(Turn turn) =>
        turn.Policy.Natures.FirstOrDefault(n => n.DecidedBy is not null && turn.Case.Natures.Contains(n.Id))?.DecidedBy;

    private static Refusal? Required(Turn turn, RecordOutcome m)
    {
        var (faults, stage) = (new Faults(), turn.Stage);
        if (m.Outcome == Outcomes.Resolved)
        {
            faults.Required("recordKeeper", m.RecordKeeper);
            if (turn.Policy.Resolved.NeedsAction && m.Actions.Count == 0)
                faults.Add("actions", "An agreed plan needs at least one action with a date.");
            if (turn.Policy.Resolved.NeedsOutstanding)
                faults.Required("outstanding", m.Outstanding, Faults.LongText);
        }
        if (stage.Chair is { } rule && m.Outcome != Outcomes.Responded)
            Chair(faults, turn, rule, m.Chair);
        foreach (var field in stage.Requires.Where(r => r.On.Contains(m.Outcome)))
        {
            var value = m.Fields.GetValueOrDefault(field.Id);
            faults.Required($"fields.{field.Id}", value, Faults.LongText);
            if (field.Kind == "yes" && value is not null && value != "yes")
                faults.Add($"fields.{field.Id}", $"{field.Name}: has to be answered yes.");
        }
        return faults.ToRefusal();
    }

    private static void Chair(Faults faults, Turn turn, ChairRule rule, Speaker? chair)
    {
        if (chair is null)
            faults.Add("chair.name", $"Required: {rule.Who}.");
        else if (rule.NotFromParty && string.IsNullOrWhiteSpace(chair.Agency))
            faults.Add("chair.agency", "Required: the chair comes from an organisation that is not involved.");
        else if (rule.NotFromParty && turn.Case.SideOf(chair.Agency) is { } side && side is not Side.Partnership)
            faults.Add("chair.agency", "The chair has to come from an organisation that is not involved.");
    }
}
