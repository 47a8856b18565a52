using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Tokens;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>
/// A good link being followed: the case as it is at this instant, with what is due carried out in thought only. Nothing
/// here writes.
/// </summary>
/// <param name="Case">As it stands now; <paramref name="Document"/> may still wait for a deadline to be carried out.</param>
public sealed record LinkContext(
    LinkClaims Claims,
    CaseDocument Document,
    Case Case,
    Rules Rules,
    LinkState.Good Standing,
    DateTimeOffset Now
)
{
    public Stage Stage => Rules.Policy.Find(Claims.Stage)!;

    /// <summary>True while the link's stage is the present one of an open case.</summary>
    public bool IsPresent => Case.IsOpen && Case.Stage.Id == Claims.Stage;

    /// <summary>Whether there is anything that whoever holds the link can record at its stage.</summary>
    public bool MayRecord => AllowedOutcomes.For(Case, Rules, Stage.Id, Standing.Agency, Now, Claims.Contact).Count > 0;

    /// <summary>What waits for a confirmation, and for whose.</summary>
    public ConfirmWords Confirm =>
        new(Case.AgenciesOf, agency => AgencyWords.Name(Case, Rules.Directory, Rules.Policy, agency));

    /// <summary>Who sends what this link sends.</summary>
    public string Actor => CaseCommand.LinkActor + Claims.Contact;

    /// <summary>Whether the link still works once its case has come to this.</summary>
    public bool IsGoodFor(Case after) => LinkStates.Of(Claims, after, Rules.Directory, Now) is LinkState.Good;

    /// <summary>What the command would come to, without writing it.</summary>
    public Decision Try(CaseCommand command) => CaseRoom.Try(Document, command, Rules, Now);
}
