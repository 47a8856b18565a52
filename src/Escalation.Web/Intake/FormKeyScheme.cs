using System.Text.Encodings.Web;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Intake;

/// <summary>
/// An intake key in a field of a posted form, where a plain HTML page can put no header. Whoever sees the page can read
/// it there, so no other role's key is taken this way; and only an endpoint that says so takes one.
/// </summary>
internal sealed class FormKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    KeyChecks checks
) : SignInScheme(options, encoder)
{
    public const string Name = "FormKey";

    /// <summary>Marks an endpoint that takes the key so.</summary>
    public sealed record TakesKey;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<TakesKey>() is null || !PostedForm.Is(Request))
            return AuthenticateResult.NoResult();
        var (values, _) = await PostedForm.ReadAsync(Context);
        if (values?.Typed(PostedForm.IntakeKey) is not { Length: <= 500 } text)
            return AuthenticateResult.NoResult();
        return await checks.CheckAsync(Context, text) switch
        {
            KeyCheck.Stands { Key: { Role: Roles.Intake } key } => As(KeySignIn.CallerOf(key)),
            KeyCheck.TooMany => TooMany,
            KeyCheck.Stands or KeyCheck.Unknown => Unknown,
            var check => throw new InvalidOperationException($"No answer to {check.GetType().Name}."),
        };
    }
}
