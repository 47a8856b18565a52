namespace AzureSurface;

/// <summary>What every body says that is no attribute and no plain data carrier.</summary>
internal static class Absent
{
    public static NotSupportedException Package => new("The Azure packages are not here: this is the surface (AzurePackages=surface), which only compiles.");
}
