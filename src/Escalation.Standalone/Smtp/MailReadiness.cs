using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.Problems;

namespace Escalation.Standalone.Smtp;

/// <summary>A host that can send nothing is not ready, whatever its store says.</summary>
internal static class MailReadiness
{
    public static void UseMailReadiness(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IMailer>() is not NoMailer)
            return;
        app.Use((context, next) => context.Request.Path == "/health/ready"
            ? Problem.Of(Codes.Unavailable, $"No mail server is set: every notice waits with the code {NoMailer.Code}.").WriteAsync(context)
            : next(context));
    }
}
