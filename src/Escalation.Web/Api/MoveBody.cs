using Escalation.Core.Cases;

namespace Escalation.Web.Api;

/// <summary>What every move carries.</summary>
public abstract record MoveBody
{
    /// <summary>Absent: the <c>Idempotency-Key</c> header, else one is made, and a repeat is another move.</summary>
    public string? Id { get; init; }

    /// <summary>The stage its sender saw.</summary>
    public string? Stage { get; init; }
    public Speaker? By { get; init; }

    /// <summary>False where the stage does not matter: then it may be left out.</summary>
    internal virtual bool NeedsStage => true;

    internal abstract CaseCommand ToCommand(MoveHead head);
}

/// <summary>A move's id, sender, stage and speaker, once they are known to be there.</summary>
internal sealed record MoveHead(string Id, string Actor, string Stage, Speaker By);
