namespace Escalation.Cosmos.Items;

/// <summary>
/// The account throttled a request for longer than allowed, or did not answer. Whether a write took place is not known;
/// to send the same command again is safe, since its id makes a repeat nothing.
/// </summary>
public sealed class StoreBusyException : TimeoutException
{
    public StoreBusyException() { }

    public StoreBusyException(string message)
        : base(message) { }

    public StoreBusyException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>What the account asked to wait, or one second where it said nothing. For an answer's Retry-After.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
