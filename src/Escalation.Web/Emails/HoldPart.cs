using Escalation.Core.Policies;

namespace Escalation.Web.Emails;

/// <summary>The part that a Stop and Review gives to whoever gets an email of it.</summary>
internal static class HoldPart
{
    /// <summary>Null: the procedure says none of them.</summary>
    public static string? Of(NoticeContext notice) =>
        (notice.Policy.Hold?.Tell ?? [])
            .FirstOrDefault(told => notice.IsOf(told.Tier) && notice.Case.Fulfils(told.When))
            ?.Text;
}
