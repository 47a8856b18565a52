namespace Escalation.Core.Cases;

/// <summary>
/// How often a person, and an agency, may do at one stage what others are told of: enough for whoever means it, and not enough to fill a
/// case or a mailbox.
/// </summary>
internal static class CommandLimits
{
    /// <param name="What">As a refusal says it, in the plural.</param>
    /// <param name="Agency">Null: counted for everybody together.</param>
    private sealed record Counted(string What, string Stage, string? Agency, int OfOnePerson, int OfOneAgency)
    {
        public string ByPerson(string actor) => $"{What}/{Stage}/by {actor}";

        public string ByAgency => $"{What}/{Stage}/of {Agency}";
    }

    /// <summary>The case with what the event counts towards.</summary>
    public static Case Count(Case c, Recorded recorded)
    {
        if (recorded.Command is not { } mark || Of(recorded.Event, c) is not { } counted)
            return c;
        return c with { Times = More(More(c.Times, counted.ByPerson(mark.Actor)), counted.ByAgency) };
    }

    /// <summary>Why this event, just added to the case, was once too often; or null.</summary>
    public static Refusal? Exceeded(Case c, Recorded recorded)
    {
        if (recorded.Command is not { } mark || Of(recorded.Event, c) is not { } counted)
            return null;
        if (c.Times[counted.ByPerson(mark.Actor)] > counted.OfOnePerson)
            return Refused(counted, counted.OfOnePerson, "one person");
        return c.Times[counted.ByAgency] > counted.OfOneAgency
            ? Refused(counted, counted.OfOneAgency, counted.Agency is null ? "everybody together" : "one agency")
            : null;
    }

    private static Refusal Refused(Counted counted, int most, string who) =>
        new(
            Codes.TooLarge,
            $"A stage takes {most} {counted.What} from {who}, and stage {counted.Stage} has them. Nothing was recorded. "
                + "The case's deadlines go on, and the present stage's outcome can be recorded by its people; "
                + "for anything else, speak to the business manager."
        );

    private static Counted? Of(CaseEvent e, Case c) =>
        e switch
        {
            LateResponseRecorded x => new("late answers", x.Stage, x.Agency, 3, 6),
            OutcomeRecorded x => new("outcomes", x.Stage, x.Agency, 6, 12),
            ContactDisputed x => new("disputes", x.Stage, x.Agency, 6, 12),
            OutcomeDisputed x => new("disputes", x.Stage, x.Agency, 6, 12),
            DateSet x => new("days set", x.Stage, x.Agency, 6, 12),
            HoldAsked x => new("holds", x.Stage, x.Agency, 3, 6),
            HoldPlaced x => new("holds", x.Stage, x.Agency, 3, 6),
            UrgentRaised x => new("reports of imminent risk", c.Stage.Id, x.Agency, 10, 20),
            SentAgain x => new("repeats of its emails", x.Stage, null, 5, 20),
            HandedOver x => new("hand-overs", x.Stage, x.Contact.Agency, 6, 12),
            ContactChanged x => new("changes of contacts", c.Stage.Id, x.Contact.Agency, 20, 40),
            _ => null,
        };

    private static System.Collections.Immutable.ImmutableDictionary<string, int> More(
        System.Collections.Immutable.ImmutableDictionary<string, int> times,
        string key
    ) => times.SetItem(key, times.GetValueOrDefault(key) + 1);
}
