using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>See <see cref="IIntakeTrigger"/>.</summary>
internal sealed class TriggerScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder)
    : SignInScheme(options, encoder)
{
    public const string Name = "IntakeTrigger";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(
            Context.Features.Get<IIntakeTrigger>() is { Credential: var credential }
                ? As(new Caller($"intake:{credential}", Roles.Intake, null, null, credential))
                : AuthenticateResult.NoResult()
        );
}
