using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.Raising;

/// <summary>The days that the rules of a procedure count from or run to.</summary>
internal static class RaiseDates
{
    public static IEnumerable<RaiseSection> Of(Policy policy)
    {
        if (policy.Dates.Count > 0)
            yield return new RaiseSection(
                "dates",
                "Days that the procedure counts from",
                [],
                [.. policy.Dates.Select(date => RaiseSection.Group(date.Name, Asked(policy, date)))]
            );
    }

    private static IReadOnlyList<FormPart> Asked(Policy policy, CaseDate date)
    {
        var (field, what) = ($"dates.{date.Id}", Sentence.LowerFirst(date.Name));
        return
        [
            new FormPart.Date(field, "Date")
            {
                What = $"the date of the {what}",
                Optional = true,
                Hint = Hint(policy, date),
                Sentences = new Dictionary<FaultCode, string>
                {
                    [FaultCode.InFuture] = $"{date.Name} must be in the past",
                    [FaultCode.Past] = $"{date.Name} must be today or a day to come",
                },
            },
            new FormPart.Text($"{field}.time", "Time")
            {
                What = $"the time of the {what}",
                Optional = true,
                Hint = "Where it matters. For example, 2:30pm",
            },
        ];
    }

    private static string Hint(Policy policy, CaseDate date)
    {
        var when = date.When is { } condition ? $"Where {ConditionWords.Of(policy, condition)}. " : "";
        var window = date.Window is { } late
            ? $"To be raised within {CountWords.Of(late)}: a later concern is taken too, and marked late."
            : $"{date.Basis.Text}.";
        return when + window;
    }
}
