using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>A professional as named, told or speaking in a case; removed by retention.</summary>
/// <param name="Agency">Only of a chair: their organisation, as typed.</param>
public sealed record PersonName(string Name, string? Role = null, string? Email = null, string? Agency = null)
{
    /// <summary>Characters of a telephone number, inclusive: with its extension and when to call.</summary>
    internal const int MostOfPhone = 60;

    /// <summary>Telephone number, as typed; null: none was given.</summary>
    public string? Phone { get; init; }
}
