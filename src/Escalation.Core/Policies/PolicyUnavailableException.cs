namespace Escalation.Core.Policies;

/// <summary>
/// A policy that the store names cannot be used by this program: its document is missing, or holds what this version of the program does
/// not know. Cases and policies that do not need it go on. The message is fit to be shown.
/// </summary>
public sealed class PolicyUnavailableException : Exception
{
    public PolicyUnavailableException() { }

    public PolicyUnavailableException(string message)
        : base(message) { }

    public PolicyUnavailableException(string message, Exception? innerException)
        : base(message, innerException) { }
}
