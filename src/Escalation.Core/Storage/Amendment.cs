using System.Text.Json.Serialization;
using Escalation.Core.Calendars;
using Escalation.Core.Directory;

namespace Escalation.Core.Storage;

/// <summary>A day that stopped being a working day after the calendar was set: a closure, or a bank holiday declared late.</summary>
/// <param name="Date">Local day.</param>
/// <param name="BankHoliday">False: a closure.</param>
/// <param name="By">Who stored it, as recorded with events: <c>key:ID</c>.</param>
/// <param name="At">When it was stored, UTC.</param>
public sealed record Amendment(DateOnly Date, string Reason, bool BankHoliday, string By, DateTimeOffset At)
{
    public Closure ToClosure() => new(Date, BankHoliday ? $"{Reason} (bank holiday declared late)" : Reason);
}

/// <summary>The feed's JSON with the day it was gathered.</summary>
internal sealed record StoredEdition(DateOnly Date, string Feed);

/// <summary>How far an amendment was carried to a partnership's open cases.</summary>
internal sealed record AmendmentProgress(int Version);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Agency))]
[JsonSerializable(typeof(IReadOnlyList<Amendment>))]
[JsonSerializable(typeof(StoredEdition))]
[JsonSerializable(typeof(AmendmentProgress))]
[JsonSerializable(typeof(IReadOnlyList<OwnVersion>))]
internal sealed partial class PartnershipJson : JsonSerializerContext;
