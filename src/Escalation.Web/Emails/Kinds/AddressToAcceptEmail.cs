namespace Escalation.Web.Emails.Kinds;

/// <summary>To the business manager: an address outside an agency's domains waits to be accepted.</summary>
internal static class AddressToAcceptEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: an address waits to be accepted",
            [
                $"An email address given for {Agencies(notice)} is not in that agency's domains. "
                    + "Nothing is sent to it until you accept it on the case's page.",
            ]
        );

    private static string Agencies(NoticeContext notice)
    {
        var names = notice
            .Case.Contacts.Where(c => c is { Reachable: true, Accepted: false })
            .Select(c => notice.NameOf(c.Agency))
            .Distinct()
            .ToList();
        return names.Count > 0 ? string.Join(" and ", names) : "an agency";
    }
}
