using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What an outcome has to carry at a stage of one case.</summary>
public static class AskedFields
{
    /// <summary>Of the stage's own fields those that this side is asked for.</summary>
    public static IEnumerable<OutcomeField> Of(Case c, Policy policy, string stage, Side side) =>
        policy
            .Find(stage)!
            .Requires.Where(field => IsAskedOf(field, side))
            .Where(field =>
                field.UnlessAt is not { } before
                || (IsAskedOf(policy, stage, before, side) && !WasSaid(c, field, before))
            );

    /// <summary>What is wrong with the answer to a field that the outcome has to carry.</summary>
    internal static void Check(Faults faults, OutcomeField field, string? answer)
    {
        var at = $"fields.{field.Id}";
        if (string.IsNullOrWhiteSpace(answer))
        {
            if (!field.Optional)
                faults.Required(at, answer);
            return;
        }
        switch (field.Kind)
        {
            case FieldKinds.Text:
                faults.Optional(at, answer, Faults.LongText);
                break;
            case FieldKinds.Yes when answer != "yes":
                faults.Add(at, FaultCode.Required, $"{field.Name}: has to be answered yes.");
                break;
            case FieldKinds.Choice:
                faults.OneOf(at, answer, field.Options);
                break;
            case FieldKinds.Date when FieldKinds.DateOf(answer) is not { Year: >= 1900 and <= 2200 }:
                faults.Add(at, FaultCode.NotPlausible, "Not a plausible date, YYYY-MM-DD.");
                break;
            case FieldKinds.Yes or FieldKinds.Date:
                break;
            default:
                throw new InvalidOperationException($"Nothing is known of a field of the kind {field.Kind}.");
        }
    }

    private static bool IsAskedOf(OutcomeField field, Side side) =>
        side is Side.Partnership
        || field.AskedOf is not { } of
        || of == side.Word()
        || (of == "raising" && side is Side.Involved);

    /// <summary>Of whoever was asked at the earlier stage; at the partnership's own, of the partnership.</summary>
    private static bool IsAskedOf(Policy policy, string stage, string before, Side side) =>
        policy.Find(before) is not { } earlier
        || Audience.IsAsked(earlier.Told, side)
        || (policy.Find(stage)!.Told is Told.Partnership && side is Side.Partnership);

    /// <summary>Only a person who escalated the earlier stage can have said it there, and only if they were asked.</summary>
    private static bool WasSaid(Case c, OutcomeField field, string before) =>
        c.Stages.Exists(s =>
            s is { Outcome: StageEnding.Escalated, By: ClosedBy.Person, OutcomeBy: { } by }
            && s.Id == before
            && IsAskedOf(field, c.SideOf(by)!.Value)
        );
}
