using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Web.Forms;

namespace Escalation.Standalone.Scheduling;

/// <summary>What is due for the whole store rather than for one case: amendments not yet carried to every case, and retention.</summary>
public sealed partial class DailyMaintenance(
    SqliteCaseStore store,
    CaseHandler handler,
    Amending amending,
    RuleBook rules,
    Drafts drafts,
    ILogger<DailyMaintenance> log
)
{
    /// <summary>Carries the present calendar to the open cases of every partnership. Cut off anywhere, the next call goes on.</summary>
    public async Task<int> ApplyCalendarAsync(DateTimeOffset now, CancellationToken cancel)
    {
        rules.Refresh();
        var looked = 0;
        foreach (var partnership in (await rules.InstalledAsync(cancel)).Partnerships)
            looked += await amending.ApplyAsync(partnership, now, cancel);
        return looked;
    }

    /// <summary>
    /// Removes personal data whose time has come, then empties the log of the database, so that it is in no file any
    /// more: at every run, for what one before could not. A case that fails is passed over until the next run. Drafts of forms whose time
    /// is over go too.
    /// </summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var forgotten = await new PersonalDataRemoval(store, handler).RunAsync(
            now,
            () => true,
            (reference, e) => LogFailed(log, reference, e.GetType().Name),
            cancel
        );
        if (forgotten > 0)
            LogForgotten(log, forgotten);
        await drafts.ClearAsync(cancel);
        if (!await store.EmptyLogAsync(cancel))
            LogKept(log);
        return forgotten;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention: personal data of {Count} cases removed")]
    private static partial void LogForgotten(ILogger log, int count);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Retention: a reader (a backup) kept the database's log from being emptied; "
            + "what was removed may stand in it until the next daily run"
    )]
    private static partial void LogKept(ILogger log);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference}: retention failed ({Exception}); tried again at the next daily run"
    )]
    private static partial void LogFailed(ILogger log, string reference, string exception);
}
