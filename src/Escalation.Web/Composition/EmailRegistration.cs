using Escalation.Web.Emails;
using Escalation.Web.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Escalation.Web.Composition;

public static class EmailRegistration
{
    /// <summary>
    /// The sending of notices. Needs a <c>CaseHandler</c>, an <c>IMailer</c>, <c>LinkKeys</c> and <see
    /// cref="Links.LinkRegistration.AddLinks"/>.
    /// </summary>
    public static IServiceCollection AddEmails(this IServiceCollection services)
    {
        services.TryAddSingleton<EmailWriter>();
        services.TryAddSingleton(new SecondChannelOptions());
        services.TryAddSingleton<MailState>();
        services.TryAddSingleton<SecondChannel>();
        services.TryAddSingleton<StoreState>();
        services.TryAddSingleton<SendRecords>();
        services.TryAddSingleton<NoticeSender>();
        services.TryAddSingleton<MailTest>();
        services.AddSingleton<IReadinessProbe, StoreProbe>().AddSingleton<IReadinessProbe, MailProbe>();
        services.AddSingleton<IHostHealth, SecondChannelHealth>();
        return services;
    }
}
