namespace Escalation.Web.Emails;

internal static class LetterWriter
{
    public static Letter Write(Occasion o, LetterLinks links) => new()
    {
        Subject = o.Case.Reference,
        Name = o.Recipient.Person.Name,
        Lead = [o.Stage.Instruction],
        Links = links.For(o),
    };
}
