using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Intake;

/// <summary>
/// An intake key in a field of a posted form, where a plain HTML page can put no header. Whoever sees the page can read it there, so no
/// other role's key is taken this way; and only an endpoint that says so takes one.
/// </summary>
internal sealed class FormKeyScheme(KeyChecks checks) : SignInScheme
{
    public const string Name = "FormKey";

    /// <summary>Marks an endpoint that takes the key so.</summary>
    public sealed record Taken;

    protected override async ValueTask<SignedIn> SignInAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Taken>() is null || !PostedForm.Is(context.Request))
            return new SignedIn.Nothing();
        var (values, _) = await PostedForm.ReadAsync(context);
        if (values?.Typed(PostedForm.IntakeKey) is not { Length: <= 500 } text)
            return new SignedIn.Nothing();
        return await checks.CheckAsync(context, text) switch
        {
            KeyCheck.Stands { Key: { Role: Roles.Intake } key } => new SignedIn.As(KeySignIn.CallerOf(key)),
            KeyCheck.TooMany => new SignedIn.TooMany(),
            _ => new SignedIn.Refused(),
        };
    }
}
