namespace Escalation.Core.Storage;

/// <summary>The waking seam: this case's next wake is now <c>at</c>. A hint: lost or doubled, it costs nothing but time.</summary>
public interface IWaker
{
    /// <summary>Called after a write that made it another; a write that leaves it as it was wakes nobody.</summary>
    /// <param name="at">Null: the case needs no wake any more.</param>
    ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel);
}
