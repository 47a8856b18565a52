using Escalation.Core.Cases;

namespace Escalation.Core.Reporting;

/// <summary>Emails, one per recipient, as they stand: <c>Queued</c> is the sum of the next five.</summary>
public sealed record NoticeMeasures
{
    public int Queued { get; internal set; }
    public int Waiting { get; internal set; }

    /// <summary>Accepted by the mail provider, without a delivery report.</summary>
    public int Sent { get; internal set; }
    public int Delivered { get; internal set; }
    public int Failed { get; internal set; }

    /// <summary>Past its stage before it was sent.</summary>
    public int Superseded { get; internal set; }

    /// <summary>Times a tier had no contact; whoever it fell back to has a notice above.</summary>
    public int NobodyToTell { get; internal set; }

    internal void Count(Notice notice)
    {
        Queued++;
        Waiting += notice.Status == NoticeState.Queued ? 1 : 0;
        Sent += notice.Status == NoticeState.Sent ? 1 : 0;
        Delivered += notice.Status == NoticeState.Delivered ? 1 : 0;
        Failed += notice.Status == NoticeState.Failed ? 1 : 0;
        Superseded += notice.Status == NoticeState.Superseded ? 1 : 0;
    }

    internal void Count(CaseEvent e) => NobodyToTell += e is NobodyToTell ? 1 : 0;

    internal IEnumerable<(string Measure, int Value)> Measures() =>
        [
            ("queued", Queued),
            ("waiting", Waiting),
            ("sent", Sent),
            ("delivered", Delivered),
            ("failed", Failed),
            ("superseded", Superseded),
            ("nobodyToTell", NobodyToTell),
        ];
}
