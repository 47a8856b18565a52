namespace Azure.Communication.Email;

/// <summary>What every body says that is no plain data carrier.</summary>
internal static class Absent
{
    public static NotSupportedException Package =>
        new(
            "Azure.Communication.Email is not here: this build has its surface (EmailPackage=surface), which only compiles."
        );
}
