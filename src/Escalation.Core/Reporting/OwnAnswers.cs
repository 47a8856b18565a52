using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>What was answered to a policy's own fields: at intake, and with outcomes where stages require it.</summary>
/// <param name="outcomes">Those that the reader of the case may know of, in their order.</param>
internal sealed class OwnAnswers(ReadableCase c, Policy policy, IReadOnlyList<OutcomeRecorded> outcomes)
{
    /// <summary>A choice with all that it offers; nothing where the policy has no such field.</summary>
    public RecordAnswer AtIntake(string id)
    {
        if (FieldOf(id) is not { Kind: FieldKinds.Choice } choice)
            return RecordFilling.Text(GivenAtIntake(id));
        var (value, status) = (c.Intake?.Text($"fields.{id}"), c.Intake?.Text($"fields.{id}.legalStatus"));
        return new RecordAnswer.Ticks([
            .. choice.Options.Select(o =>
                (o.Id == value && status is not null ? $"{o.Name}, legal status: {status}" : o.Name, o.Id == value)
            ),
        ]);
    }

    public (string? Name, IReadOnlyList<string> Texts) NamedAtIntake(string id) =>
        (FieldOf(id)?.Name, GivenAtIntake(id));

    /// <summary>A choice with all that it offers, and of its answers the last.</summary>
    public RecordAnswer AtStages(string id)
    {
        if (AskedOf(id) is not { Kind: FieldKinds.Choice } choice)
            return RecordFilling.Text(GivenAtStages(id));
        var last = Given().LastOrDefault(g => g.Field.Id == id).Answer;
        return new RecordAnswer.Ticks([.. choice.Options.Select(o => (o.Name, o.Id == last))]);
    }

    public (string? Name, IReadOnlyList<string> Texts) NamedAtStages(string id) =>
        (AskedOf(id)?.Name, GivenAtStages(id));

    public IEnumerable<string> AllAtStages() =>
        Given().Select(g => $"{StageName(g.Stage)}: {g.Field.Name}: {g.Field.InWords(g.Answer)}");

    private Field? FieldOf(string id) => policy.Fields.FirstOrDefault(f => f.Id == id);

    private OutcomeField? AskedOf(string id) =>
        policy.Stages.SelectMany(s => s.Requires).FirstOrDefault(f => f.Id == id);

    private IReadOnlyList<string> GivenAtIntake(string id) =>
        SummaryTexts.Field(c, policy, id) is { } words ? [words] : [];

    /// <summary>Each answer, with its stage where several ask.</summary>
    private IReadOnlyList<string> GivenAtStages(string id)
    {
        var several = policy.Stages.Count(s => s.Requires.Any(f => f.Id == id)) > 1;
        return
        [
            .. Given()
                .Where(g => g.Field.Id == id)
                .Select(g => (several ? $"{StageName(g.Stage)}: " : "") + g.Field.InWords(g.Answer)),
        ];
    }

    private IEnumerable<(string Stage, OutcomeField Field, string Answer)> Given() =>
        from said in outcomes
        from field in policy.Find(said.Stage)?.Requires ?? []
        let answer = said.Words?.Text($"fields.{field.Id}")
        where answer is not null
        select (said.Stage, field, answer);

    private string StageName(string stage) => policy.Find(stage)?.Name ?? stage;
}
