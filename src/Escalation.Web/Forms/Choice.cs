namespace Escalation.Web.Forms;

/// <summary>One choice of a list, of radios or of check boxes.</summary>
public sealed record Choice(string Id, string Label, string? Hint = null);
