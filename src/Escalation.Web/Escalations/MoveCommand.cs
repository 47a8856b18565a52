using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Escalations;

/// <summary>Makes a command of a body, when its sender may speak as it says.</summary>
internal static class MoveCommand
{
    public static (CaseCommand? Command, Refusal? Refusal) Of(HttpContext context, ReadableCase c, MoveBody body)
    {
        var caller = context.Caller();
        if (Missing(body) is { } missing)
            return (null, missing);
        if (NotTheirs(caller, c, body) is { } why)
            return (null, new Refusal(Codes.Forbidden, why));
        if (body is CompleteDutyBody { Duty: var duty } && c.Duties.All(d => d.Id != duty))
            return (null, new Refusal(Codes.NotFound, "The case has no such duty."));
        if (body is ChangeContactBody { Tier: { } tier } && !IsTier(tier))
            return (null, Refusal.Invalid("tier", FaultCode.NotOffered, "Not a tier of the directory."));
        return (
            body.ToCommand(
                new MoveHead(IdOf(context.Request, body), caller.Actor, body.Stage ?? c.Stages[0].Id, body.By!)
            ),
            null
        );
    }

    /// <summary>Why the caller may not say this; null when they may.</summary>
    public static string? NotTheirs(Caller caller, ReadableCase c, MoveBody body)
    {
        if (!caller.SpeaksFor(body.By!.Agency))
            return "A Practitioner acts in the name of its own agency.";
        return
            body is CompleteDutyBody { Duty: var id }
            && caller.IsPractitioner
            && c.Duties.FirstOrDefault(d => d.Id == id) is { } duty
            && duty.Owner != caller.Agency
            && duty.Addressee != caller.Agency
            ? "This duty is another agency's."
            : null;
    }

    private static Refusal? Missing(MoveBody body)
    {
        var errors = new Dictionary<string, Fault[]>(StringComparer.Ordinal);
        if (body.Stage is null && body.NeedsStage)
            errors["stage"] = [new Fault(FaultCode.Required, "Required: the stage you saw.")];
        if (string.IsNullOrWhiteSpace(body.By?.Agency))
            errors["by.agency"] = [new Fault(FaultCode.Required, "Required.")];
        if (string.IsNullOrWhiteSpace(body.By?.Name))
            errors["by.name"] = [new Fault(FaultCode.Required, "Required.")];
        return errors.Count == 0 ? null : Refusal.Invalid(errors);
    }

    /// <summary>The body's, else the header's, else a new one.</summary>
    private static string IdOf(HttpRequest request, MoveBody body) =>
        body.Id
        ?? (request.Headers["Idempotency-Key"] is { Count: > 0 } key ? key.ToString() : Guid.NewGuid().ToString("N"));

    /// <summary>A partnership's own policy may use tiers of its own, in the same pattern.</summary>
    private static bool IsTier(string tier) =>
        tier.Length is > 0 and <= 40 && char.IsAsciiLetterLower(tier[0]) && tier.All(char.IsAsciiLetterOrDigit);
}
