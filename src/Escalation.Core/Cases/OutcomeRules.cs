using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Outcomes: recorded, late, adopted.</summary>
internal static class OutcomeRules
{
    private const string FieldPrefix = "fields.";

    public static Decision Record(CaseChange change, RecordOutcome m)
    {
        if (OutcomeChecks.Common(change, m) is { } bad)
            return new Decision.Refused(bad);
        if (OutcomeChecks.AtStage(change, m) is { } refused)
            return new Decision.Refused(refused);
        return Apply(change, m, Words(m), adopts: null);
    }

    /// <summary>For a stage that is past, or a case that has ended: recorded, moves nothing, and the present tier is told.</summary>
    public static Decision Late(CaseChange change, RecordOutcome m)
    {
        if (OutcomeChecks.Common(change, m) is { } bad)
            return new Decision.Refused(bad);
        var (c, side) = (change.Case, change.Case.SideOf(m.By.Agency)!.Value);
        var stage = c.Stages.FindLast(s => s.Id == m.Stage);
        var inTime = stage is not null && !(stage.Deadline?.At <= change.Now);
        change.Mark = change.Mark! with { Answer = Answers.StageClosed };
        change.Add(
            new LateResponseRecorded(
                m.Stage,
                m.Outcome,
                side,
                m.By.Agency,
                m.Method!,
                m.DiscussedOn!.Value,
                change.Now,
                inTime,
                c.IsOpen ? c.Stage.Id : null,
                m.Themes
            )
            {
                Words = Words(m),
            }
        );
        return change.Accepted(Answers.StageClosed);
    }

    public static Decision Adopt(CaseChange change, AdoptLateResponse m)
    {
        if (
            change.Case.LateResponses.Find(l => l.Number == m.Number && !l.Adopted)?.Said
                is not { Words: { } words } said
            || !Audience.MayRead(change.Case, change.Policy, said.Stage, m.By.Agency)
        )
            return Decider.Refuse(Codes.NotAllowed, "There is no such late response to adopt.");
        if (change.Stage.Chair is not null)
            return Decider.Refuse(Codes.NotAllowed, "This stage needs its chair named: record the outcome instead.");
        var outcome = new RecordOutcome
        {
            Id = m.Id,
            Actor = m.Actor,
            Stage = m.Stage,
            By = m.By,
            Outcome = said.Outcome,
            Method = said.Method,
            DiscussedOn = said.DiscussedOn,
            Summary = words.Text("summary"),
            RecordKeeper = words.Text("recordKeeper"),
            Outstanding = words.Text("outstanding"),
            Actions = words.Actions ?? [],
            Lessons = words.Text("lessons"),
            Themes = said.Themes,
            Fields = Fields(words),
        };
        if (OutcomeChecks.AtStage(change, outcome, said) is { } refused)
            return new Decision.Refused(
                refused with
                {
                    Reason =
                        (refused.Errors is null ? refused.Reason : "It does not say all that this stage asks for.")
                        + " Record the outcome instead of taking over the late response.",
                }
            );
        return Apply(change, outcome, words with { By = new PersonName(m.By.Name, m.By.Role) }, m.Number);
    }

    private static Decision Apply(CaseChange change, RecordOutcome m, PrivateWords words, int? adopts)
    {
        if (change.Case.Status == CaseStatus.OnHold)
            HoldRules.End(change, HoldEnding.Outcome);
        var c = change.Case;
        var side = c.SideOf(m.By.Agency)!.Value;
        var awaiting = Outcomes.Has(m.Outcome, OutcomeEffect.Agrees) ? ConfirmationRules.Sides(change, side) : [];
        var isJoint = OutcomeChecks.IsJoint(change, m.Outcome);
        var decider = isJoint ? ConfirmationRules.DeciderOf(change, m) : null;
        var deciders = isJoint ? ConfirmationRules.Others(change, decider) : null;
        var waits = awaiting.Count > 0 || isJoint;
        var said = new OutcomeRecorded(
            m.Stage,
            m.Outcome,
            side,
            m.By.Agency,
            m.Method!,
            m.DiscussedOn!.Value,
            change.Now,
            !(c.Stage.DeadlineInForce <= change.Now),
            awaiting,
            waits ? ConfirmationRules.By(change) : null,
            [.. m.Actions.Select(a => a.Due)],
            !string.IsNullOrWhiteSpace(m.Lessons),
            m.Chair?.Agency is { } chair && c.SideOf(chair) is not null ? chair : null,
            Keeper(change, m),
            adopts,
            IsLastAnswer(change, m) ? LimitRules.Again(change, change.Stage, null) : null,
            m.Themes,
            decider,
            deciders
        )
        {
            Words = words,
        };
        var number = change.Add(said);
        if (!waits)
            Conclude(change, said, number, m.To);
        return change.Accepted();
    }

    /// <summary>The outcome stands: duties arise, and the case escalates, ends or stays open.</summary>
    /// <param name="to">See <see cref="RecordOutcome.To"/>.</param>
    public static void Conclude(CaseChange change, OutcomeRecorded said, int number, string? to = null)
    {
        DutiesArising.Actions(change, said, number);
        foreach (var when in new[] { $"outcome:{said.Outcome}", "outcome:*", $"outcomeAt:{said.Stage}:{said.Outcome}" })
            DutiesArising.When(change, when, number, said.DiscussedOn, said.RecordKeeper);
        if (said.Lessons)
            DutiesArising.When(change, "learning", number, said.DiscussedOn, said.RecordKeeper);
        switch (Outcomes.Find(said.Outcome)!.Effect)
        {
            case OutcomeEffect.Escalates:
                Escalate(change, said, to);
                break;
            case OutcomeEffect.KeepsOpen:
                MeetByAnswer(change, said);
                break;
            case OutcomeEffect.Agrees:
                // It may have waited for the other side's confirmation: it is in time by its own arrival.
                StageTransitions.End(change, CaseStatus.Resolved, said.Outcome, said.ReceivedAt);
                break;
            case OutcomeEffect.Withdraws:
                StageTransitions.End(change, CaseStatus.Withdrawn, said.Outcome);
                break;
            case OutcomeEffect.Decides:
                StageTransitions.End(change, CaseStatus.Decided, said.Outcome);
                break;
            case OutcomeEffect.EndsUndecided:
                StageTransitions.End(change, CaseStatus.WithoutAgreement, said.Outcome);
                break;
            default:
                throw new InvalidOperationException($"Nothing is known of what {said.Outcome} does.");
        }
    }

    private static void Escalate(CaseChange change, OutcomeRecorded said, string? chosen)
    {
        if (LeadRules.Chosen(change, chosen) is { } lead)
        {
            LeadRules.Lead(change, lead, said.Agency);
            return;
        }
        var next = change.Policy.After(said.Stage)!;
        var to = change.Policy.Find(chosen) ?? next;
        if (to.Id != next.Id)
        {
            SkipRules.Jump(change, to, OpenedBecause.Escalated, said.Agency, words: null);
            return;
        }
        StageTransitions.Close(change, StageEnding.Escalated, ClosedBy.Person);
        StageTransitions.Open(change, to, OpenedBecause.Escalated);
    }

    /// <summary>A response after which no limit is left: its own event says when its people are reminded.</summary>
    private static bool IsLastAnswer(CaseChange change, RecordOutcome m) =>
        m.Outcome == Outcomes.Responded
        && !change
            .Stage.Limits.Skip(change.Case.Stage.Met.Count)
            .Any(l => l.For is LimitFor.Outcome or LimitFor.Decision);

    /// <summary>A response says that all happened that comes before an outcome; a referral, that it was referred.</summary>
    private static void MeetByAnswer(CaseChange change, OutcomeRecorded said)
    {
        LimitRules.Meet(change, said.Agency, LimitFor.Contact);
        LimitRules.Meet(change, said.Agency, LimitFor.Discussion);
        if (said.Outcome == Outcomes.Responded)
            LimitRules.Meet(change, said.Agency, LimitFor.Answer);
        LimitRules.Meet(change, said.Agency, LimitFor.Referral);
    }

    private static string? Keeper(CaseChange change, RecordOutcome m) =>
        string.IsNullOrWhiteSpace(m.RecordKeeper)
            ? null
            : change.Case.Parties.FirstOrDefault(p => OutcomeChecks.IsNamed(change, p.Agency, m.RecordKeeper))?.Agency
                ?? m.By.Agency;

    private static Dictionary<string, string> Fields(PrivateWords words) =>
        (words.Texts ?? new Dictionary<string, string>())
            .Where(t => t.Key.StartsWith(FieldPrefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key[FieldPrefix.Length..], t => t.Value, StringComparer.Ordinal);

    private static PrivateWords Words(RecordOutcome m)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        void Keep(string name, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                texts[name] = text;
        }
        Keep("summary", m.Summary);
        Keep("methodology", m.Methodology);
        Keep("recordKeeper", m.RecordKeeper);
        Keep("outstanding", m.Outstanding);
        Keep("lessons", m.Lessons);
        Keep("comments", m.Comments);
        foreach (var (id, value) in m.Fields)
            Keep(FieldPrefix + id, value);
        return new PrivateWords
        {
            By = new PersonName(m.By.Name, m.By.Role),
            Chair = m.Chair is { } chair ? new PersonName(chair.Name, chair.Role, Agency: chair.Agency) : null,
            Texts = texts,
            Actions = m.Actions.Count > 0 ? m.Actions : null,
        };
    }
}
