using System.Text.Json;

namespace Escalation.Core.Storage;

/// <summary>
/// The store has the case, and not its document, or one that cannot be read: its part of the store is damaged, or a newer program wrote it.
/// Other cases are not touched by it.
/// </summary>
public sealed class UnreadableCaseException : JsonException
{
    public UnreadableCaseException() { }

    public UnreadableCaseException(string message)
        : base(message) { }

    public UnreadableCaseException(string message, Exception? innerException)
        : base(message, innerException) { }
}
