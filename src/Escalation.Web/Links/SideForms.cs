using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Links.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Tokens;

namespace Escalation.Web.Links;

/// <summary>
/// The small forms: confirm or dispute, adopt a late answer, contact made or disputed, hand over to a colleague. Each needs something
/// that only a person types.
/// </summary>
internal static class SideForms
{
    public static async Task<Page> ConfirmAsync(
        LinkContext link,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        var by = new Speaker(link.Standing.Agency, values["name"], values.Typed("role"));
        CaseCommand? command = values["answer"] switch
        {
            // A reason given with a confirmation is kept with it: nothing that was typed is lost.
            "confirm" => new Confirm(values.Typed("reason"))
            {
                Id = values["id"],
                Actor = link.Actor,
                Stage = link.Claims.Stage,
                By = by,
            },
            "dispute" => new Dispute(values.Typed("reason"))
            {
                Id = values["id"],
                Actor = link.Actor,
                Stage = link.Claims.Stage,
                By = by,
            },
            _ => null,
        };
        var page = ConfirmPage.Of(link, LinkForms.NewId);
        var form = LinkForm.Confirmation(link, page.Asked, values, LinkForms.NewId());
        if (command is null)
            return Show(page with { Form = form.With([.. NotAnswered(form)], null) }, 400);
        return await CarryOutAsync(
            link,
            command,
            service,
            cancel,
            refusal => Show(page with { Form = form.With([], AtReason(refusal)) }, LinkForms.StatusOf(refusal))
        );
    }

    public static async Task<Page> AdoptAsync(
        LinkContext link,
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
            Actor = link.Actor,
            Stage = link.Claims.Stage,
            By = new Speaker(link.Standing.Agency, values["name"], values.Typed("role")),
        };
        return await CarryOutAsync(
            link,
            command,
            service,
            cancel,
            refusal =>
                LinkForms.Show(
                    StagePage.Of(link, FormValues.Empty, LinkForms.NewId) with
                    {
                        Adopt = LinkForm.Adoption(values, LinkForms.NewId()).With([], refusal),
                    },
                    LinkForms.StatusOf(refusal)
                )
        );
    }

    public static async Task<Page> ContactAsync(
        LinkContext link,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        var disputes = values["step"] == "contactDispute";
        var by = new Speaker(link.Standing.Agency, values["name"], values.Typed("role"));
        CaseCommand command = disputes
            ? new Dispute(values.Typed("reason"))
            {
                Id = values["id"],
                Actor = link.Actor,
                Stage = link.Claims.Stage,
                By = by,
            }
            : new MakeContact(values.Typed("text"))
            {
                Id = values["id"],
                Actor = link.Actor,
                Stage = link.Claims.Stage,
                By = by,
            };
        return await CarryOutAsync(
            link,
            command,
            service,
            cancel,
            refusal =>
            {
                var page = StagePage.Of(link, FormValues.Empty, LinkForms.NewId);
                var again = disputes
                    ? page with
                    {
                        ContactDispute = LinkForm.ContactDispute(values, LinkForms.NewId()).With([], refusal),
                    }
                    : page with
                    {
                        Contact = LinkForm.Contact(values, LinkForms.NewId()).With([], refusal),
                    };
                return LinkForms.Show(again, LinkForms.StatusOf(refusal));
            }
        );
    }

    /// <summary>Who hands over is the link's recipient: their name is known.</summary>
    public static async Task<Page> HandOverAsync(
        LinkContext link,
        FormValues values,
        LinkService service,
        CancellationToken cancel
    )
    {
        var from = link.Standing.Contact;
        var command = new HandOver(from.Contact, values.Typed("name"), values.Typed("email"), values.Typed("role"))
        {
            Id = values["id"],
            Actor = link.Actor,
            Stage = link.Claims.Stage,
            By = new Speaker(from.Agency, from.Person.Name, from.Person.Role),
        };
        return await CarryOutAsync(
            link,
            command,
            service,
            cancel,
            refusal =>
            {
                var form = LinkForm.HandOver(values, LinkForms.NewId()).With([], refusal);
                return link.Claims.Action is LinkAction.Confirm
                    ? Show(ConfirmPage.Of(link, LinkForms.NewId) with { HandOver = form }, LinkForms.StatusOf(refusal))
                    : LinkForms.Show(
                        StagePage.Of(link, FormValues.Empty, LinkForms.NewId) with
                        {
                            HandOver = form,
                        },
                        LinkForms.StatusOf(refusal)
                    );
            }
        );
    }

    private static async Task<Page> CarryOutAsync(
        LinkContext link,
        CaseCommand command,
        LinkService service,
        CancellationToken cancel,
        Func<Refusal, Page> again
    ) =>
        await service.ExecuteAsync(link, command, cancel) switch
        {
            Handled.Done done => Receipts.Of(link, done.Document, command.Id),
            Handled.Refused refused => again(refused.Why),
            _ => Refusals.NotALink,
        };

    private static Page Show(ConfirmPage page, int status) => new(status, typeof(ConfirmOutcomePage), page);

    /// <summary>A confirmation's text is typed where the reason for disputing it would be.</summary>
    private static Refusal AtReason(Refusal refusal) =>
        refusal with
        {
            Errors = refusal.Errors?.ToDictionary(e => e.Key == "text" ? "reason" : e.Key, e => e.Value),
        };

    /// <summary>Neither confirmed nor disputed.</summary>
    private static IEnumerable<FieldError> NotAnswered(LinkForm form) =>
        form
            .Parts.Where(p => p.Name is "answer" or "name" && form.Values.Typed(p.Name) is null)
            .Select(p => new FieldError(p.Name, p.Missing));
}
