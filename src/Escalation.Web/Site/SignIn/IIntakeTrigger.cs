namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Set in <c>HttpContext.Features</c> by a host whose own trigger has already checked an intake credential (on Azure:
/// the function key of the intake trigger). The request is then signed in as <see cref="Roles.Intake"/>, which reaches
/// the opening and nothing else: what is reached is told by the routed endpoint, never by the text of the path.
/// </summary>
public interface IIntakeTrigger
{
    /// <summary>Names the credential, so that two forms never share idempotency keys; recorded as <c>intake:NAME</c>.</summary>
    string Credential { get; }
}
