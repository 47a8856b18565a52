using Escalation.Functions.SignIn;
using Escalation.Web.Health;

namespace Escalation.Functions.Health;

/// <summary>On Azure without App Service authentication nobody of the staff can sign in.</summary>
internal sealed class StaffSignInProbe(Platform platform) : IReadinessProbe
{
    public Task<string?> FaultAsync(CancellationToken cancel) =>
        Task.FromResult(
            platform is { OnAzure: true, ChecksPrincipals: false }
                ? "App Service authentication is off: no staff can sign in."
                : null
        );
}
