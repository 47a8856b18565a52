namespace Escalation.Core.Storage;

/// <summary>A record beside the cases, as it was last written.</summary>
/// <param name="Version">1 at the first write.</param>
/// <param name="Body">A text that only its kind's reader knows; the store looks at nothing in it.</param>
public sealed record StoredRecord(string Id, long Version, string Body);
