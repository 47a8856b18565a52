using System.CommandLine;
using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies show</c>: needs no data folder, so that closures of a partnership are not looked at.</summary>
internal sealed class PoliciesShowCommand : DetailedCommand
{
    private readonly Argument<string> _policy = new("POLICY")
    {
        Description = "A policy document, or the id of a built-in policy",
    };
    private readonly Option<DateTimeOffset?> _raised = new("--raised")
    {
        Description = "When a concern is raised, as 2026-12-23T10:00:00Z; now unless given",
        HelpName = "INSTANT",
    };

    public PoliciesShowCommand()
        : base(
            "show",
            "Show a policy: its ladder, the dates of a case that nobody answers, and every local setting",
            "The dates are counted with the bank holidays that come with the program, and with no closures."
        )
    {
        Add(_policy);
        Add(_raised);
        SetAction(ShowAsync);
    }

    private async Task ShowAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (asked, output) = (parsed.GetRequiredValue(_policy), parsed.InvocationConfiguration.Output);
        var policy = PolicyCatalogue.BuiltIn.Find(asked) ?? await PolicyFile.ReadAsync(asked, cancel);
        var raised = parsed.GetValue(_raised) ?? TimeProvider.System.GetUtcNow();
        var calendar = new StoredCalendar
        {
            Edition = CalendarEdition.BuiltIn,
            Amendments = [],
            Version = 0,
        }.For(policy.WorkingTime);
        await output.WriteAsync(RuleTable.ToMarkdown([policy]));
        await output.WriteLineAsync();
        await output.WriteLineAsync($"If nobody answers a concern raised on {Moment(calendar, raised)}:");
        foreach (var stage in Timeline.IfNobodyAnswers(policy, calendar, raised))
            await output.WriteLineAsync(
                $"- {stage.Name}: {By(calendar, stage, policy.Find(stage.Id)!.Limits.Count > 0)}"
            );
        await output.WriteLineAsync();
        var settings = LocalSetting.Of(policy);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Local settings, which no text prints ({settings.Count}):")
        );
        foreach (var setting in settings)
            await output.WriteLineAsync($"- {setting.Path}: {setting.Text} ({setting.Where})");
    }

    private static string By(WorkingCalendar calendar, TimelineStage stage, bool isPrinted)
    {
        if (stage.Deadline is { } deadline)
            return $"{stage.For.ToString().ToLowerInvariant()} by {Moment(calendar, deadline.At)}";
        var without = isPrinted ? "no limit until a day is set, or for a concern like this" : "no limit printed";
        return $"{without}; what follows waits for a person";
    }

    private static string Moment(WorkingCalendar calendar, DateTimeOffset at) =>
        UkDates.Moment(calendar.LocalDate(at), calendar.LocalTime(at));
}
