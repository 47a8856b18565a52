using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <param name="Due">Local date; the duty falls due at that day's close.</param>
public sealed record AgreedAction(string What, string ByWhom, string Agency, DateOnly Due);
