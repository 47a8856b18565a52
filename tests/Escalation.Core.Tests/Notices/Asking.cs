using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Notices;

/// <summary>Whom a case asked last.</summary>
internal static class Asking
{
    public const string R = Sample.Raising,
        C = Sample.Receiving;

    public static Agency Away(Agency agency, string contact) =>
        agency with
        {
            Contacts =
            [
                .. agency.Contacts.Select(c =>
                    c.Id == contact
                        ? c with
                        {
                            Absences = [new Absence(UkTime.Day("2026-10-01"), UkTime.Day("2026-10-31"))],
                        }
                        : c
                ),
            ],
        };

    /// <summary>The last notice by which the present stage asked this contact.</summary>
    public static Notice AskedOf(CaseStory story, string contact) =>
        story.Case.Notices.Last(n =>
            n.Queued is { Kind: NoticeKinds.StageOpened, Action: NoticeAction.Outcome }
            && n.Queued.Contact == contact
            && n.Queued.Stage == story.Case.Stage.Id
        );

    /// <summary>Whom the last step asked, with links.</summary>
    public static IEnumerable<string> Asked(CaseStory story) =>
        story
            .LatestEvents.OfType<NoticeQueued>()
            .Where(n => n is { Kind: NoticeKinds.StageOpened, Action: NoticeAction.Outcome })
            .Select(n => n.Contact)
            .Order(StringComparer.Ordinal);

    public static CaseStory At(
        string policy,
        string stage,
        Func<OpenCase, OpenCase>? change = null,
        Rules? rules = null,
        bool mailWorks = true
    )
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00", change, rules, mailWorks);
        story.ToStage(stage);
        return story;
    }
}
