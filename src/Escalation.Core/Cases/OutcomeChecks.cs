using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Whether an outcome may be recorded at a stage: what the policy allows, and what it asks for.</summary>
internal static class OutcomeChecks
{
    /// <summary>Faults that hold for a late response too: who speaks, how and when it was discussed.</summary>
    public static Refusal? Common(CaseChange change, RecordOutcome m)
    {
        var (c, faults) = (change.Case, new Faults());
        if (c.SideOf(m.By.Agency) is null)
            faults.Add("by.agency", FaultCode.AgencyOutside, "Not an agency of this case.");
        if (change.Policy.Methods.All(x => x.Id != m.Method))
            faults.Add(
                "method",
                FaultCode.NotOffered,
                $"One of: {string.Join(", ", change.Policy.Methods.Select(x => x.Id))}."
            );
        var calendar = change.Rules.Calendar;
        if (m.DiscussedOn > calendar.LocalDate(change.Now))
            faults.Add("discussedOn", FaultCode.InFuture, "In the future.");
        var raised = calendar.LocalDate(c.RaisedAt);
        if (m.DiscussedOn < raised)
            faults.Add("discussedOn", FaultCode.BeforeRaised, "Before the concern was raised.", day: raised);
        if (m.Themes is { } themes)
        {
            faults.Terms("themes", themes, change.Policy.Themes);
            faults.Required("lessons", m.Lessons, Faults.LongText);
        }
        for (var i = 0; i < m.Actions.Count; i++)
        {
            if (c.SideOf(m.Actions[i].Agency) is null)
                faults.Add($"actions[{i}].agency", FaultCode.AgencyOutside, "Not an agency of this case.");
            if (m.Actions[i].Due < m.DiscussedOn)
                faults.Add($"actions[{i}].due", FaultCode.BeforeDiscussion, "Before the discussion.");
        }
        return faults.ToRefusal();
    }

    /// <summary>What the present stage allows and requires.</summary>
    /// <param name="adopted">The late response that it takes over; null: it does not.</param>
    public static Refusal? AtStage(CaseChange change, RecordOutcome m, LateResponseRecorded? adopted = null)
    {
        if (NotAllowed(change, m.Outcome, m.By.Agency, m.Chair, m.LinkContact, adopted) is { } refusal)
            return refusal;
        if (change.Policy.Methods.First(x => x.Id == m.Method).Refused is { } why)
            return new Refusal(Codes.MethodNotAccepted, why);
        return Required(change, m);
    }

    /// <summary>What was agreed too late at a stage of both is taken over at a stage of one agency's own too.</summary>
    private static bool IsAgreement(CaseChange change, LateResponseRecorded? adopted) =>
        adopted is not null
        && Outcomes.Has(adopted.Outcome, OutcomeEffect.Agrees)
        && change.Policy.Find(adopted.Stage)?.Outcomes.Contains(adopted.Outcome) == true;

    /// <summary>Whether two decide it together at the present stage.</summary>
    public static bool IsJoint(CaseChange change, string outcome) =>
        outcome == Outcomes.Decided && change.Stage.Jointly is not null && DecidedByNature(change) is null;

    /// <summary>Why the outcome cannot be recorded by this agency at the present stage, or null.</summary>
    /// <param name="contact">Whose emailed link it comes by; null: it does not come by one.</param>
    /// <param name="adopted">See <see cref="AtStage"/>.</param>
    public static Refusal? NotAllowed(
        CaseChange change,
        string outcome,
        string agency,
        Speaker? chair,
        string? contact,
        LateResponseRecorded? adopted = null
    )
    {
        var (stage, c) = (change.Stage, change.Case);
        Refusal No(string why) => new(Codes.NotAllowed, why);
        if (c.SideOf(agency) is not { } side)
            return No("Not an agency of this case.");
        if (NotTheirLinks(change, outcome, side, contact) is { } theirs)
            return theirs;
        if (Outcomes.Has(outcome, OutcomeEffect.Escalates))
            return CanEscalate(change)
                ? NotTheirsToEscalate(stage, side) ?? Internal(change, stage, agency)
                : No($"Stage {stage.Id} is the final stage: there is nothing above it.");
        var conference = outcome == Outcomes.Decided ? DecidedByNature(change) : null;
        if (conference is { DecidedBy: { } decider })
            return side is not Side.Partnership || !MayRecord(c, conference, contact)
                    ? No($"{decider} decides here, or the partnership for them: nobody else.")
                : chair is null ? No($"{decider} may decide here: name the chair.")
                : null;
        if (!stage.Outcomes.Contains(outcome) && !IsAgreement(change, adopted))
            return No(
                $"Stage {stage.Id} does not end with '{outcome}'. It allows: {string.Join(", ", Allowed(change))}."
            );
        if (IsJoint(change, outcome))
            return side is Side.Partnership || IsDecider(change, contact)
                ? Internal(change, stage, agency)
                : No(
                    $"Two decide this together, each by a link of their own, or the partnership for them: {stage.DecidedBy}."
                );
        return Outcomes.Find(outcome)!.Recorder switch
        {
            OutcomeRecorder.Raiser when side is not (Side.Raising or Side.Involved) => No(
                "Only the agency that raised the concern can say that it no longer disagrees."
            ),
            OutcomeRecorder.RaiserOrPartnership when side is Side.Receiving => No(
                "Only the agency that raised the concern, or the partnership, can say that it was referred."
            ),
            OutcomeRecorder.Asked when !IsAsked(stage, side) => No(
                $"This is for the stage's own people to record: {stage.DecidedBy ?? stage.Tier}."
            ),
            OutcomeRecorder.Anybody
            or OutcomeRecorder.Raiser
            or OutcomeRecorder.RaiserOrPartnership
            or OutcomeRecorder.Asked => Internal(change, stage, agency),
            _ => throw new InvalidOperationException($"Nobody is known who may record {outcome}."),
        };
    }

    /// <summary>
    /// What somebody who is asked for the partnership may not record by their link: the chair whom the concern's nature lets decide,
    /// anything but that decision; a party's own representative, what ends the case.
    /// </summary>
    private static Refusal? NotTheirLinks(CaseChange change, string outcome, Side side, string? contact)
    {
        if (side is not Side.Partnership || contact is null)
            return null;
        if (
            DecidedByNature(change) is { DecidedByRole: not null, DecidedBy: { } decider } nature
            && outcome != Outcomes.Decided
            && MayRecord(change.Case, nature, contact)
        )
            return new Refusal(
                Codes.NotAllowed,
                $"{decider} decides by this link. Anything else is for the others to record."
            );
        return Outcomes.Find(outcome) is { EndsCase: true } && IsOfAParty(change.Case, contact)
            ? new Refusal(
                Codes.NotAllowed,
                "One agency's representative does not end it alone: whoever takes the decision records it, or the partnership."
            )
            : null;
    }

    private static bool IsOfAParty(Case c, string contact) =>
        c.SideOf(c.Contacts.Find(x => x.Id == contact)?.Agency ?? contact.Split('/')[0])
            is Side.Raising
                or Side.Receiving
                or Side.Involved;

    private static bool IsDecider(CaseChange change, string? contact) =>
        contact is not null && JointDecisions.Of(change.Case, change.Rules.Directory, change.Stage, contact).Count > 0;

    private static Refusal? NotTheirsToEscalate(Stage stage, Side side) =>
        stage.IsEscalatedBy(side.Word())
            ? null
            : new Refusal(Codes.NotAllowed, $"Only the {stage.EscalatedBy!.Side} agency can take this further.");

    /// <summary>
    /// A decision, or an answer, is recorded by the side that the stage asks, or by the partnership; never by one of two parties.
    /// </summary>
    private static bool IsAsked(Stage stage, Side side) =>
        side is Side.Partnership || (stage.Told is Told.Receiving && side is Side.Receiving);

    public static IEnumerable<string> Allowed(CaseChange change) =>
        CanEscalate(change) ? change.Stage.Outcomes.Append(Outcomes.Escalate).Distinct() : change.Stage.Outcomes;

    private static bool CanEscalate(CaseChange change) =>
        LeadRules.CanEscalate(change.Case, change.Rules, change.Case.Stage.Id);

    /// <summary>
    /// Why an agency has no part in the present stage: it is not in the case, or the stage is internal to the one that
    /// raised the concern.
    /// </summary>
    public static Refusal? NotTheirs(CaseChange change, string agency) =>
        change.Case.SideOf(agency) is null
            ? new Refusal(Codes.NotAllowed, "Not an agency of this case.")
            : Internal(change, change.Stage, agency);

    /// <summary>Why the stage is not this agency's; null when it is no other agency's own.</summary>
    public static Refusal? Internal(CaseChange change, Stage stage, string agency) =>
        change.Case.SideOf(agency) is null || Audience.MayRead(change.Case, change.Policy, stage.Id, agency)
            ? null
            : new Refusal(Codes.NotAllowed, $"Stage {stage.Id} is internal to the agency that raised the concern.");

    private static Term? DecidedByNature(CaseChange change) =>
        change.Policy.Natures.FirstOrDefault(n => n.DecidedBy is not null && change.Case.Natures.Contains(n.Id));

    /// <summary>Whoever has the role, from the intake on or because it was handed to them; or the partnership, without a link.</summary>
    private static bool MayRecord(Case c, Term nature, string? contact) =>
        contact is null
        || nature.DecidedByRole is not { } role
        || c.Contacts.Any(x => x.Id == contact && NamedRole.Of(x.Tier) == role);

    private static Refusal? Required(CaseChange change, RecordOutcome m)
    {
        var (faults, stage) = (new Faults(), change.Stage);
        if (m.To is { } to && !EscalatesTo(change, m.Outcome).Contains(to))
            faults.Add("to", FaultCode.NotOffered, $"One of: {string.Join(", ", EscalatesTo(change, m.Outcome))}.");
        if (change.AtFinalStage && Outcomes.Has(m.Outcome, OutcomeEffect.Escalates))
            faults.Required("to", m.To);
        if (Outcomes.Has(m.Outcome, OutcomeEffect.Agrees))
        {
            faults.Required("recordKeeper", m.RecordKeeper);
            if (change.Policy.Resolved.NeedsAction && m.Actions.Count == 0)
                faults.Add("actions", FaultCode.Required, "An agreed plan needs at least one action with a date.");
            if (change.Policy.Resolved.NeedsOutstanding)
                faults.Required("outstanding", m.Outstanding, Faults.LongText);
        }
        if (stage.Chair is { } rule && !Outcomes.Has(m.Outcome, OutcomeEffect.KeepsOpen))
            Chair(faults, change, rule, m.Chair);
        var asked = AskedFields.Of(change.Case, change.Policy, stage.Id, change.Case.SideOf(m.By.Agency)!.Value);
        foreach (var field in asked.Where(r => r.On.Contains(m.Outcome)))
            AskedFields.Check(faults, field, m.Fields.GetValueOrDefault(field.Id));
        return faults.ToRefusal();
    }

    private static IReadOnlyList<string> EscalatesTo(CaseChange change, string outcome) =>
        Outcomes.Has(outcome, OutcomeEffect.Escalates)
            ?
            [
                .. change.Policy.EscalatesTo(change.Stage.Id).Select(s => s.Id),
                .. LeadRules.From(change.Case, change.Rules, change.Stage.Id).Select(LeadRules.Named),
            ]
            : [];

    private static void Chair(Faults faults, CaseChange change, ChairRule rule, Speaker? chair)
    {
        if (chair is null)
            faults.Add("chair.name", FaultCode.Required, $"Required: {rule.Who}.");
        else if (rule.NotFromParty && string.IsNullOrWhiteSpace(chair.Agency))
            faults.Add(
                "chair.agency",
                FaultCode.Required,
                "Required: the chair comes from an organisation that is not involved."
            );
        else if (rule.NotFromParty && change.Case.Parties.Any(p => IsNamed(change, p.Agency, chair.Agency)))
            faults.Add(
                "chair.agency",
                FaultCode.ChairInvolved,
                "The chair has to come from an organisation that is not involved."
            );
    }

    /// <summary>True when an agency of the case is meant, by its id or by its name.</summary>
    public static bool IsNamed(CaseChange change, string agency, string text)
    {
        bool Same(string? name) => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase);
        return Same(agency)
            || Same(change.Rules.Directory.Find(agency)?.Name)
            || Same(change.Case.Intake?.AgencyNames?.GetValueOrDefault(agency));
    }
}
