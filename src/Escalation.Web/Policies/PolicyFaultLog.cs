using Escalation.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Policies;

/// <summary>Says in the log which policies this program cannot use, once for each. The health page says it as long as it lasts.</summary>
internal static partial class PolicyFaultLog
{
    public static RuleBook RulesOf(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Escalation.Web.Policies");
        var records = services.GetRequiredService<IRecords>();
        return new RuleBook(records, fault => LogFault(log, fault.Key.Id, fault.Key.Version, fault.Reason));
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The policy {Policy}, version {Version}, {Reason} The other policies go on"
    )]
    private static partial void LogFault(ILogger log, string policy, int version, string reason);
}
