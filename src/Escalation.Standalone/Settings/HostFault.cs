namespace Escalation.Standalone.Settings;

/// <summary>Why a command or the start ended: one line that says what and where, fit to be shown to whoever runs the host.</summary>
public sealed class HostFault : Exception
{
    public HostFault() { }

    public HostFault(string message)
        : base(message) { }

    public HostFault(string message, Exception? innerException)
        : base(message, innerException) { }
}
