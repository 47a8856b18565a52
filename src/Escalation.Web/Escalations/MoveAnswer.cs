using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Escalations;

/// <summary>Carries a command out and answers with the case, or with what happened instead.</summary>
internal static class MoveAnswer
{
    public static async Task<IResult> CarryOutAsync(HttpContext context, CaseHandler handler, string reference, CaseCommand command)
    {
        var now = context.Arrived();
        switch (await handler.ExecuteAsync(reference, command, now, context.RequestAborted))
        {
            case Handled.Refused(var why):
                return Problem.Of(why);
            case Handled.Done done:
                var rules = await handler.RulesAsync(done.Document.Case, now, context.RequestAborted);
                return done.Answer == Answers.StageClosed
                    ? Problem.Of(Codes.StageClosed, Instead(done.Document.Case, command.Stage, rules))
                    : Results.Json(CaseViews.Of(done.Document, rules, context.Caller(), now), ApiJson.Default.CaseView);
            default:
                return SeenCase.None;
        }
    }

    /// <summary>What happened instead, in words: nothing that a person wrote.</summary>
    private static string Instead(Case c, string stage, Rules rules)
    {
        var closed = c.Stages.FindLast(s => s.Id == stage);
        var how = closed switch
        {
            { ClosedAt: { } at, By: "deadline" } => $"Stage {stage} closed on {Moment(at, rules.Calendar)}, because its deadline passed.",
            { ClosedAt: { } at } => $"Stage {stage} closed on {Moment(at, rules.Calendar)}: {closed.Outcome}.",
            _ => $"Stage {stage} was not gone through in this case.",
        };
        var present = c.IsOpen ? $"The case is at stage {c.Stage.Id}; its people were told and can adopt this response" : $"The case has ended ({c.Status}); the business manager was told";
        return $"{how} {present}. Your response is recorded as late and moved nothing.";
    }

    private static string Moment(DateTimeOffset at, WorkingCalendar calendar) => UkDates.Moment(calendar.LocalDate(at), calendar.LocalTime(at));
}
