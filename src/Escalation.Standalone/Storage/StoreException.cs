namespace Escalation.Standalone.Storage;

/// <summary>
/// The data folder or the database in it cannot be used. The message names the path and the reason, fit to be shown to
/// whoever runs the host.
/// </summary>
public sealed class StoreException : Exception
{
    public StoreException() { }

    public StoreException(string message)
        : base(message) { }

    public StoreException(string message, Exception? innerException)
        : base(message, innerException) { }
}
