using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Links.Pages;
using Escalation.Web.Pages;

namespace Escalation.Web.Links;

/// <summary>
/// The small forms: confirm or dispute, adopt a late answer, hand over to a colleague. Each needs something that only a
/// person types.
/// </summary>
internal static class SideForms
{
    public static async Task<Page> ConfirmAsync(
        LinkContext visit,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        var by = new Speaker(visit.Standing.Agency, values["name"], values.Typed("role"));
        CaseCommand? command = values["answer"] switch
        {
            // A reason given with a confirmation is kept with it: nothing that was typed is lost.
            "confirm" => new Confirm(values.Typed("reason"))
            {
                Id = values["id"],
                Actor = visit.Actor,
                Stage = visit.Claims.Stage,
                By = by,
            },
            "dispute" => new Dispute(values.Typed("reason"))
            {
                Id = values["id"],
                Actor = visit.Actor,
                Stage = visit.Claims.Stage,
                By = by,
            },
            _ => null,
        };
        var page = ConfirmPage.Of(visit, LinkForms.NewId);
        if (command is null)
            return Show(
                page with
                {
                    Form = new(
                        values["id"],
                        values,
                        Missing(
                            ("answer", "Select whether you confirm or dispute the outcome"),
                            ("name", values.Typed("name") is null ? "Enter your name" : null)
                        )
                    ),
                },
                400
            );
        return await CarryOutAsync(
            visit,
            command,
            service,
            cancel,
            refusal =>
                Show(
                    page with
                    {
                        Form = new(values["id"], values, Errors(refusal, values)),
                    },
                    LinkForms.StatusOf(refusal)
                )
        );
    }

    public static async Task<Page> AdoptAsync(
        LinkContext visit,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        var number = int.TryParse(
            values["late"],
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var late
        )
            ? late
            : 0;
        var command = new AdoptLateResponse(number)
        {
            Id = values["id"],
            Actor = visit.Actor,
            Stage = visit.Claims.Stage,
            By = new Speaker(visit.Standing.Agency, values["name"], values.Typed("role")),
        };
        return await CarryOutAsync(
            visit,
            command,
            service,
            cancel,
            refusal =>
                LinkForms.Show(
                    StagePage.Of(visit, FormValues.Empty, LinkForms.NewId) with
                    {
                        Adopt = new(values["id"], values, Errors(refusal, values)),
                    },
                    LinkForms.StatusOf(refusal)
                )
        );
    }

    /// <summary>Who hands over is the link's recipient: their name is known.</summary>
    public static async Task<Page> HandOverAsync(
        LinkContext visit,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        var from = visit.Standing.Contact;
        var command = new HandOver(from.Contact, values.Typed("name"), values.Typed("email"), values.Typed("role"))
        {
            Id = values["id"],
            Actor = visit.Actor,
            Stage = visit.Claims.Stage,
            By = new Speaker(from.Agency, from.Person.Name, from.Person.Role),
        };
        return await CarryOutAsync(
            visit,
            command,
            service,
            cancel,
            refusal =>
            {
                var form = new SideForm(values["id"], values, Errors(refusal, values));
                return visit.Claims.Action is LinkAction.Confirm
                    ? Show(ConfirmPage.Of(visit, LinkForms.NewId) with { HandOver = form }, LinkForms.StatusOf(refusal))
                    : LinkForms.Show(
                        StagePage.Of(visit, FormValues.Empty, LinkForms.NewId) with
                        {
                            HandOver = form,
                        },
                        LinkForms.StatusOf(refusal)
                    );
            }
        );
    }

    private static async Task<Page> CarryOutAsync(
        LinkContext visit,
        CaseCommand command,
        LinkService service,
        CancellationToken cancel,
        Func<Refusal, Page> again
    ) =>
        await service.ExecuteAsync(visit, command, cancel) switch
        {
            Handled.Done done => Receipts.Of(visit, done.Document, command.Id),
            Handled.Refused refused => again(refused.Why),
            _ => Refusals.NotALink,
        };

    private static Page Show(ConfirmPage page, int status) => new(status, typeof(ConfirmOutcomePage), page);

    private static FormErrors Missing(params IEnumerable<(string Field, string? Message)> errors) =>
        new([.. errors.Where(e => e.Message is not null).Select(e => new FieldError(e.Field, e.Message!))]);

    private static FormErrors Errors(Refusal refusal, FormValues values) =>
        refusal.Errors is not { Count: > 0 } errors
            ? new([new("", refusal.Reason)])
            : new([.. errors.Select(e => new FieldError(Own(e.Key), Message(Own(e.Key), values, e.Value[0])))]);

    /// <summary>The text of a confirmation is typed as the reason.</summary>
    private static string Own(string field) => field == "text" ? "reason" : FieldFaults.Own(field);

    private static string Message(string field, FormValues values, string message)
    {
        var whose = values["step"] == "handOver" ? "your colleague's" : "your";
        return (field, values.Typed(field), message) switch
        {
            ("name", null, _) => $"Enter {whose} name",
            ("email", null, _) => $"Enter {whose} email address",
            ("reason", null, _) => "Enter why you dispute it",
            ("email", _, "Not an email address.") =>
                "Enter an email address in the correct format, like name@example.org",
            _ => FieldFaults.OfText(
                $"{char.ToUpperInvariant(whose[0])}{whose[1..]} {(field == "email" ? "email address" : field)}",
                message
            ) ?? message,
        };
    }
}
