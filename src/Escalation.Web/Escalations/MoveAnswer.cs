using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Escalations;

/// <summary>Carries a command out and answers with the case, or with what happened instead.</summary>
internal static class MoveAnswer
{
    public static async Task<IResult> CarryOutAsync(
        HttpContext context,
        CaseHandler handler,
        string reference,
        CaseCommand command
    )
    {
        var now = context.Arrived();
        switch (await handler.ExecuteAsync(reference, command, now, context.RequestAborted))
        {
            case Handled.Refused(var why):
                return Problem.Of(why);
            case Handled.Done done:
                var seen = await SeenCase.OfAsync(context, handler, done.Document);
                return done.Answer == Answers.StageClosed
                    ? Problem.Of(Codes.StageClosed, Instead(seen.Case, command.Stage, seen.Rules))
                    : Results.Json(CaseViews.Of(seen, now), ApiJson.Default.CaseView);
            default:
                return SeenCase.None;
        }
    }

    /// <summary>What happened instead, in words: nothing that a person wrote.</summary>
    private static string Instead(ReadableCase c, string stage, Rules rules)
    {
        var closed = c.Stages.LastOrDefault(s => s.Id == stage);
        var how = closed switch
        {
            { ClosedAt: { } at, By: ClosedBy.Deadline } =>
                $"Stage {stage} closed on {Moment(at, rules.Calendar)}, because its deadline passed.",
            { ClosedAt: { } at } => $"Stage {stage} closed on {Moment(at, rules.Calendar)}: {closed.Outcome}.",
            _ => $"Stage {stage} was not gone through in this case.",
        };
        var present = c switch
        {
            { IsOpen: false } => $"The case has ended ({c.Status}); the business manager was told",
            { Stage: { } at } => $"The case is at stage {at.Id}; its people were told and can adopt this response",
            _ =>
                "The case is with the agency that raised the concern; its people were told and can adopt this response",
        };
        return $"{how} {present}. Your response is recorded as late and moved nothing.";
    }

    private static string Moment(DateTimeOffset at, WorkingCalendar calendar) =>
        UkDates.Moment(calendar.LocalDate(at), calendar.LocalTime(at));
}
