using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Opening a case from an intake form.</summary>
internal static class OpenRules
{
    /// <summary>The opening's own command id: with its slash, no caller can write it.</summary>
    public const string CommandId = "case/open";

    public static Decision Open(CaseChange change, OpenCase open, string digest)
    {
        var (policy, rules, now) = (change.Policy, change.Rules, change.Now);
        if (open.ConductOfColleague)
            return Decider.Refuse(Codes.NotThisProcess, policy.NotThisProcess);
        if (policy.Elsewhere.FirstOrDefault(e => e.Applies(open.Facts)) is { } elsewhere)
            return new Decision.Refused(
                new Refusal(Codes.NotThisProcess, elsewhere.Text) { Policy = elsewhere.Policy }
            );
        if (OpenChecks.Check(open, rules, now) is { } problem)
            return new Decision.Refused(problem);
        var leavesOut = policy.NotFor(open.Facts);
        if (open.StartAtStage is { } asked && leavesOut.Contains(asked))
            return new Decision.Refused(
                Refusal.Invalid("startAtStage", FaultCode.NotOffered, $"Stage {asked} is not for this concern.")
            );
        policy = change.Under(policy.For(open.Facts, leavesOut));
        var (stage, because) = Start(open, policy);
        if (stage is null)
            return Decider.Refuse(
                Codes.NotAllowed,
                "This procedure takes its stages in order; one may be escalated early."
            );
        change.Mark = new CommandMark(CommandId, digest, Answers.Done, open.Actor);
        var cause = change.Add(Opened(open, rules, leavesOut, now));
        if (stage != policy.FirstStage)
            change.Add(
                new StagesSkipped(
                    policy.FirstStage.Id,
                    stage.Id,
                    [.. policy.Stages.Take(policy.IndexOf(stage.Id)).Select(s => s.Id)],
                    change.Case.Raising.Agency
                )
                {
                    Words = PassedOver(open),
                }
            );
        StageTransitions.Open(change, stage, because);
        if (open.ImminentRisk)
            DutiesArising.When(change, "urgent", cause);
        return change.Accepted();
    }

    /// <summary>
    /// Where the case starts: as asked, straight where imminent risk leads, else at the first stage; null where the
    /// policy forbids it.
    /// </summary>
    private static (Stage? Stage, OpenedBecause Because) Start(OpenCase open, Policy policy)
    {
        if (open.ImminentRisk && open.StartAtStage is null && policy.Skip.UrgentTo is { } urgent)
            return (policy.Find(urgent), OpenedBecause.Urgent);
        if (open.StartAtStage is null || open.StartAtStage == policy.FirstStage.Id)
            return (policy.FirstStage, OpenedBecause.Raised);
        var allowed = policy.CanStartAt(open.StartAtStage, open.ImminentRisk);
        return (allowed ? policy.Find(open.StartAtStage) : null, OpenedBecause.Skipped);
    }

    /// <summary>Null: after none.</summary>
    private static IReadOnlyList<string>? LateAfter(OpenCase open, Rules rules, DateTimeOffset now)
    {
        var late = rules
            .Policy.Dates.Where(d =>
                d.Window is { } window
                && open.Dates.TryGetValue(d.Id, out var day)
                && RaisedAt(open, now) > day.WindowEnd(rules.Calendar, window)
            )
            .Select(d => d.Id)
            .ToList();
        return late.Count > 0 ? late : null;
    }

    private static PrivateWords PassedOver(OpenCase open)
    {
        var words = PrivateWords.Of(new PersonName(open.RaisedBy!.Name!), "reason", open.StartReason);
        return string.IsNullOrWhiteSpace(open.StartConsulted)
            ? words
            : words with
            {
                Texts = new Dictionary<string, string>(words.Texts!) { ["consulted"] = open.StartConsulted },
            };
    }

    private static CaseOpened Opened(OpenCase open, Rules rules, IReadOnlyList<string> leavesOut, DateTimeOffset now)
    {
        var policy = rules.Policy;
        var people = new IntakePeople(rules.Directory, policy.Partnership);
        people.Add("intake/raisedBy", Side.Raising, open.RaisedBy!);
        for (var i = 0; i < open.ReceivedBy.Count; i++)
            people.Add($"intake/receivedBy.{i}", Side.Receiving, open.ReceivedBy[i]);
        for (var i = 0; i < open.Involved.Count; i++)
            people.Add($"intake/involved.{i}", Side.Involved, open.Involved[i]);
        foreach (var (role, person) in open.Named.OrderBy(n => n.Key, StringComparer.Ordinal))
            people.AddNamed($"named/{role}", $"named:{role}", person);
        return new CaseOpened(
            open.Reference,
            policy.Partnership,
            policy.Id,
            policy.Version,
            policy.Hash,
            RaisedAt(open, now),
            open.Person!.Kind,
            people.Parties,
            open.Nature,
            open.Circumstances,
            open.ImminentRisk,
            people.Contacts,
            open.PossibleDuplicates,
            open.IntakeKey,
            leavesOut.Count > 0 ? leavesOut : null,
            open.Dates.Count > 0 ? open.Dates : null,
            LateAfter(open, rules, now)
        )
        {
            Words = people.Words with
            {
                Person = open.Person,
                Texts = Texts(open),
                Others = open.Others.Count > 0 ? open.Others : null,
            },
        };
    }

    /// <summary>Never later than now: a form's clock may be a little ahead of ours.</summary>
    private static DateTimeOffset RaisedAt(OpenCase open, DateTimeOffset now) =>
        (open.RaisedAt is { } said && said < now ? said : now).ToUniversalTime();

    private static Dictionary<string, string> Texts(OpenCase open)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        void Keep(string name, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                texts[name] = text;
        }
        foreach (var text in IntakeText.All)
            Keep(text.Id, text.Of(open));
        for (var i = 0; i < open.Supporting.Count; i++)
            Keep($"supporting.{i}", open.Supporting[i]);
        foreach (var (id, value) in open.Fields)
            Keep($"fields.{id}", value);
        return texts;
    }
}
