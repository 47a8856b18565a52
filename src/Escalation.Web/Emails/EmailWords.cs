namespace Escalation.Web.Emails;

/// <summary>What one kind of notice says.</summary>
/// <param name="Subject">After the reference: the stage, what, and by when, so that a list of subjects sorts by case and stage.</param>
/// <param name="Asks">True: the recipient is asked for something, and gets links.</param>
/// <param name="Dated">True: the stage's deadline and how it was counted belong in it.</param>
internal sealed record EmailWords(string Subject, IReadOnlyList<string> Lead, bool Asks = false, bool Dated = false);
