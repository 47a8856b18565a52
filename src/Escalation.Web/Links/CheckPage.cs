namespace Escalation.Web.Links;

/// <summary>The answers of an outcome's form before they are recorded.</summary>
public sealed record CheckPage(LinkStageView View, string StageId, bool IsLate, LinkForm Form);
