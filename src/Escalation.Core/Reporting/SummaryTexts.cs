using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>The log's columns that are put together from several texts. Null once retention removed them.</summary>
internal static class SummaryTexts
{
    private const string Level = "levelOfNeed",
        Perceived = "perceivedLevelOfNeed";

    public static string? Concern(ReadableCase c, Policy policy)
    {
        if (c.Intake is not { } intake)
            return null;
        var natures = c.Natures.Select(id => policy.Natures.FirstOrDefault(n => n.Id == id)?.Name ?? id);
        return intake.Text("concern")
            ?? Joined("; ", intake.Text("natureOther") is { } other ? natures.Append(other) : natures);
    }

    /// <summary>"Child in need (section 17), legal status: none; perceived: Child protection (section 47)".</summary>
    public static string? LevelOfNeed(ReadableCase c, Policy policy)
    {
        var (current, perceived) = (Field(c, policy, Level), Field(c, policy, Perceived));
        return Joined("; ", new[] { current, perceived is null ? null : $"perceived: {perceived}" }.OfType<string>());
    }

    /// <param name="nameOf">An agency's name.</param>
    public static string? ActionTaken(
        ReadableCase c,
        Policy policy,
        IReadOnlyList<Recorded> outcomes,
        Func<string, string> nameOf
    )
    {
        var numbers = outcomes.Select(o => o.Number).ToHashSet();
        var stages = outcomes
            .Select(o => (OutcomeRecorded)o.Event)
            .Where(o => o.Words is not null)
            .Select(o => $"{NameOf(o.Stage, policy)}: {o.Words!.Text("summary")}");
        var actions = c
            .Duties.Where(d => d.Action is not null && numbers.Contains(d.Cause))
            .Select(d => Action(d, d.Action!, nameOf));
        return Joined("\n", stages.Concat(actions));
    }

    /// <summary>
    /// "Resolved: Stage 2, Thursday 31 December 2026"; what was agreed or decided stands in <see cref="ActionTaken"/>. Without the stage
    /// where that is not the reader's to know.
    /// </summary>
    public static string Outcome(ReadableCase c, Policy policy, WorkingCalendar calendar)
    {
        var at = c.Stage is { } stage ? $": {NameOf(stage.Id, policy)}" : "";
        if (c.EndedAt is { } ended)
            return $"{EndingOf(c)}{at}{(at.Length > 0 ? "," : ":")} {UkDates.Date(calendar.LocalDate(ended))}";
        return c.Status switch
        {
            CaseStatus.OnHold => $"On hold{at}",
            CaseStatus.AwaitingConfirmation when c.Awaiting is { Deciders.Count: > 0 } =>
                $"Decided, to be confirmed{at}",
            CaseStatus.AwaitingConfirmation => $"Agreed, to be confirmed{at}",
            CaseStatus.Open => $"Still open{at}",
            _ => throw new InvalidOperationException($"No words for the status {c.Status}."),
        };
    }

    private static string? EndingOf(ReadableCase c) =>
        PolicyCounts.Endings.FirstOrDefault(e => e.Id == c.Outcome).Name ?? c.Outcome;

    /// <summary>A field of the policy's own as it was filled in at intake; null: it was not.</summary>
    public static string? Field(ReadableCase c, Policy policy, string id)
    {
        if (
            c.Intake?.Text($"fields.{id}") is not { } value
            || policy.Fields.FirstOrDefault(f => f.Id == id) is not { } field
        )
            return null;
        var words = field.InWords(value);
        return c.Intake.Text($"fields.{id}.legalStatus") is { } status ? $"{words}, legal status: {status}" : words;
    }

    private static string Action(Duty duty, AgreedAction action, Func<string, string> nameOf)
    {
        var done = duty.CompletedOn is { } day ? $"done {UkDates.Date(day)}" : "not yet done";
        return $"{action.What} ({action.ByWhom}, {nameOf(action.Agency)}, by {UkDates.Date(action.Due)}: {done})";
    }

    private static string NameOf(string stage, Policy policy) => policy.Find(stage)?.Name ?? stage;

    private static string? Joined(string separator, IEnumerable<string> parts) =>
        string.Join(separator, parts) is { Length: > 0 } text ? text : null;
}
